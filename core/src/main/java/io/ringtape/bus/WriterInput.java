package io.ringtape.bus;

/**
 * Where the writer's thread gets events from: a feed line, a decoder, a source of control events.
 * <p>
 * Inputs are polled in a fixed order, see {@link InputStage}. A poll does a bounded piece of work and never blocks but
 * on a full ring. One that throws halts the bus; where that is halted already, its {@link BusHaltedException} ends the
 * polling as it is.
 * <p>
 * Thread safety: called on the writer's thread only.
 * Allocation: an implementation on a hot path allocates nothing once warm.
 */
@FunctionalInterface
public interface WriterInput
{
    /**
     * Publishes what is there now.
     *
     * @param writer of the bus.
     * @return how much work was done; 0 if there was none, which lets the writer idle.
     */
    int poll(Writer writer);
}
