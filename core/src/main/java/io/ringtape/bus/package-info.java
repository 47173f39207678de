/**
 * The bus: one ring of events in one off-heap buffer, one writer, and lanes of handlers that read it.
 * <p>
 * One thread publishes ({@link io.ringtape.bus.Writer}); everybody else hands events to its inboxes
 * ({@link io.ringtape.bus.Inbox}). Each {@link io.ringtape.bus.Lane} is one thread with handlers in a fixed order, or
 * runs inline on the writer's thread. Sequencer, barriers and sequences are the Disruptor's as they are; the loop of a
 * lane, the faults and the close are ours. Timers that handlers ask for, and heartbeats, come from the writer, which has
 * the time from the events that it publishes. Start reading at {@link io.ringtape.bus.EventBus}, then {@code Writer} and
 * {@code LaneRunner}.
 */
@NullMarked
package io.ringtape.bus;

import org.jspecify.annotations.NullMarked;
