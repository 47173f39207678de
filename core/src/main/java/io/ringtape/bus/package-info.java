/**
 * The bus: one ring of events in one off-heap buffer, one writer, and lanes of handlers that read it.
 * <p>
 * One thread publishes ({@link io.ringtape.bus.Writer}); everybody else hands events to its inboxes
 * ({@link io.ringtape.bus.Inbox}), which fail or wait where they are full, see {@link io.ringtape.bus.BackPressure}. As
 * an option every thread publishes by itself ({@link io.ringtape.bus.SharedWriter}), without a promise of order between
 * threads. Each {@link io.ringtape.bus.Lane} is one thread with handlers in a fixed order, or
 * runs inline on the writer's thread; by its {@link io.ringtape.bus.OverflowPolicy} the ring waits for it, or it copies
 * what it reads and may be evicted, to lose what it missed, to get it merged, or to read it from the
 * {@link io.ringtape.bus.History}. Sequencer, barriers and sequences are the Disruptor's as they are; the loop of a
 * lane, the gates that may be evicted, the faults and the close are ours. A lane that is attached while the bus
 * runs first reads what it missed from the {@link io.ringtape.bus.History}; so does a handler that joins a lane, which
 * takes it over between two batches. Timers that handlers ask for, and heartbeats, come from the writer, which has the
 * time from the events that it publishes. What all of them count is copied to {@link io.ringtape.bus.BusCounters}, for
 * somebody else to look at. Start reading at {@link io.ringtape.bus.EventBus}, then {@code Writer},
 * {@code LaneRunner}, {@code LateLane} and {@code Handover}.
 *
 * <h2>The contract of a lane</h2>
 * What is the lane's is the same for all its handlers; what is the handler's may differ from one to the next.
 * <table>
 * <caption>Who decides what</caption>
 * <tr><th>of the lane</th><th>of the handler</th></tr>
 * <tr><td>order of the handlers, thread, idle strategy, batch limit</td><td>name, unique on the bus</td></tr>
 * <tr><td>{@link io.ringtape.bus.OverflowPolicy}</td><td>{@link io.ringtape.event.Interest}, of event handlers; a range
 *     handler gets all there is</td></tr>
 * <tr><td>{@link io.ringtape.bus.FaultPolicy}</td><td>whether it is stateless, so that a call may be skipped</td></tr>
 * <tr><td>after which lanes and {@link io.ringtape.bus.Frontier frontiers} it runs</td><td>whether it belongs on the
 *     order lane, {@link io.ringtape.event.OrderLaneHandler}</td></tr>
 * </table>
 * A lane that others run after gates and halts: it never leaves while the bus runs, so nobody waits for a lane that is
 * gone. A layout that breaks a rule is refused by {@link io.ringtape.bus.EventBusBuilder#build()}, which names it.
 *
 * <h2>What each overflow policy promises</h2>
 * A lane falls behind where the writer needs a slot that the lane has not read. What conflates says how it does then:
 * as one that gates, or as one that sheds.
 * <table>
 * <caption>When a lane falls behind</caption>
 * <tr><th>for</th><th>gate</th><th>spill</th><th>shed</th><th>conflate</th></tr>
 * <tr><td>the writer</td><td>waits; {@code tryPublish} answers {@link io.ringtape.bus.Writer#FULL}</td><td>evicts the
 *     lane and goes on</td><td>the same</td><td>waits, or evicts the lane and goes on</td></tr>
 * <tr><td>the lane gets</td><td>each event once and in order, in place</td><td>each event once and in order, copied:
 *     from the ring while it keeps up, from the {@link io.ringtape.bus.History} until it is near again</td><td>what it
 *     keeps up with, copied; of the rest the exact sequences, by {@code onShed}, in order with the events</td><td>what
 *     the {@link io.ringtape.event.Conflater} leaves, and the latest state of what it merged, by sequence; if it sheds,
 *     {@code onShed} too, as its conflater does</td></tr>
 * <tr><td>other lanes see</td><td>no new event while the writer waits</td><td>nothing</td><td>nothing</td><td>what they
 *     see of a lane that gates, or nothing</td></tr>
 * <tr><td>it is counted as</td><td>lag, stalls</td><td>evictions, spills</td><td>evictions, shed</td>
 *     <td>conflated; if it sheds, evictions and shed</td></tr>
 * <tr><td>who may have it</td><td>every lane; one that is inline or attached, the order lane, the recorder of a history
 *     and one that others run after must</td><td>a lane with a thread that no other runs after, on a bus with a
 *     history</td><td>a lane with a thread that no other runs after</td><td>the same, with event handlers only, with a
 *     conflater of its own, and no fault policy that skips</td></tr>
 * </table>
 * On each lane what was published is delivered, merged, shed or void, and no event is two of these.
 *
 * <h2>What each fault policy promises</h2>
 * A handler fails by throwing, in {@code onStart}, {@code onEvent}, {@code onRange}, {@code onBatchEnd}, {@code onShed}
 * or {@code onStop}, or in a call of a {@link io.ringtape.bus.JoinListener}. A lane fails also where its conflater
 * throws, or where it has spilled and the history does not go on. Every fault goes to the
 * {@link io.ringtape.bus.FaultListener}, with lane, handler, call ({@link io.ringtape.bus.FaultPhase}) and sequence.
 * <table>
 * <caption>After a fault</caption>
 * <tr><th>for</th><th>halt</th><th>detach</th><th>skip</th></tr>
 * <tr><td>the writer</td><td>fails at once with the cause, also where it waits on a full ring</td><td>goes on; the
 *     lane's gate is gone before anything else</td><td>goes on</td></tr>
 * <tr><td>the failing lane</td><td>ends: handlers before the failing one have the event, it and those behind it do
 *     not</td><td>the same</td><td>goes on: the handlers behind the failing one get the event</td></tr>
 * <tr><td>other lanes</td><td>end behind the batch that they are in; with {@code finishOnHalt} behind what is
 *     published</td><td>notice nothing</td><td>notice nothing</td></tr>
 * <tr><td>an {@link java.lang.Error}, {@link java.lang.OutOfMemoryError} and {@link java.lang.StackOverflowError} among
 *     them</td><td>halts</td><td>detaches</td><td>halts</td></tr>
 * <tr><td>{@code onEvent}, {@code onBatchEnd}, {@code onShed} and the calls of a join</td><td>halts</td>
 *     <td>detaches</td><td>skips that call of that handler</td></tr>
 * <tr><td>{@code onRange}, and the conflater</td><td>halts</td><td>detaches</td><td>not on a lane that skips</td></tr>
 * <tr><td>start and stop</td><td>halts</td><td>detaches</td><td>halts: there is nothing to skip</td></tr>
 * <tr><td>a history that does not go on</td><td>halts</td><td>detaches</td><td>halts: to skip a range would be a
 *     gap</td></tr>
 * <tr><td>who may have it</td><td>every lane; the order lane must</td><td>a lane that no other runs after</td>
 *     <td>a lane of stateless event handlers that no other runs after</td></tr>
 * </table>
 * A handler that does not throw but hangs is no fault: the ring fills, {@code tryPublish} answers
 * {@link io.ringtape.bus.Writer#FULL}, and the watchdog names it, see
 * {@link io.ringtape.bus.EventBusBuilder#stallLimit(long, StallListener)}. A handler that publishes or polls by the
 * writer, waits for a lane or closes its bus gets an exception, which is a fault like any other.
 */
@NullMarked
package io.ringtape.bus;

import org.jspecify.annotations.NullMarked;
