package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;

/**
 * A carrier that is given events as fast as it takes them.
 * <p>
 * Thread safety: one thread owns it and writes. Allocation: none once made, but the carrier's.
 */
final class Throughput implements Peer
{
    private final Tally[] tallies;
    private final Carrier carrier;
    private long next;

    /**
     * A carrier that runs.
     *
     * @param directory for the carrier.
     * @param packet    events of a packet.
     * @param readers   each of which reads every event.
     * @param factory   makes the carrier.
     */
    Throughput(final Path directory, final int packet, final int readers, final Carrier.Factory factory)
    {
        tallies = Tally.some(readers);
        carrier = factory.open(directory, packet, List.of(tallies));
    }

    @Override
    public long firstSequence()
    {
        return next;
    }

    @Override
    public void run(final int count)
    {
        Tally.begin(tallies, count);
        carrier.publish(next, count);
        next += count;
        Tally.await(tallies);
    }

    @Override
    public long checksum()
    {
        return Tally.sum(tallies);
    }

    @Override
    public void close()
    {
        carrier.close();
    }
}
