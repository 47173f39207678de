/**
 * The bus: one ring of events in one off-heap buffer, one writer, and lanes of handlers that read it.
 * <p>
 * One thread publishes ({@link io.ringtape.bus.Writer}); everybody else hands events to its inboxes
 * ({@link io.ringtape.bus.Inbox}). Each {@link io.ringtape.bus.Lane} is one thread with handlers in a fixed order, or
 * runs inline on the writer's thread. Sequencer, barriers and sequences are the Disruptor's as they are; the loop of a
 * lane, the faults and the close are ours. A lane that is attached while the bus runs first reads what it missed from
 * the {@link io.ringtape.bus.History}. Start reading at {@link io.ringtape.bus.EventBus}, then {@code Writer},
 * {@code LaneRunner} and {@code LateLane}.
 */
@NullMarked
package io.ringtape.bus;

import org.jspecify.annotations.NullMarked;
