package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;

/**
 * One way to carry events from a thread that writes them to a thread that reads them: a bus, a queue, a ring, or the
 * bare machine. {@link Throughput}, {@link PingPong} and {@link OpenLoop} measure it.
 * <p>
 * Every carrier has room for {@link Work#CAPACITY} events, writes each in place as eight longs, reads all eight, gives
 * room back after {@link Work#READ_EVENTS} at the latest, and spins on both sides. The sequences of a carrier start
 * with 0 and have no gaps.
 * <p>
 * Thread safety: one thread at a time publishes; the reading thread is the carrier's own. Allocation: none for an event
 * but what the measured library itself allocates.
 */
interface Carrier extends AutoCloseable
{
    /**
     * Publishes events in packets of the size that the carrier was made with, each written in place and published at
     * once; waits with a spin where there is no room.
     *
     * @param first sequence of the events.
     * @param count a multiple of the packet's size.
     */
    void publish(long first, int count);

    @Override
    void close();

    /** Makes carriers. */
    @FunctionalInterface
    interface Factory
    {
        /**
         * Makes a carrier whose reading thread is started.
         *
         * @param directory that it may write to.
         * @param packet    events of a packet.
         * @param readers   each of which gets every event; one, but for carriers that fan out.
         * @return the carrier.
         */
        Carrier open(Path directory, int packet, List<EventReader> readers);
    }
}
