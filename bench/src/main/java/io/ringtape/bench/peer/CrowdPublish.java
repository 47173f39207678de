package io.ringtape.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A crowd whose publishers each publish their share of the events, as fast as they get through.
 * <p>
 * Thread safety: one thread owns it and is the first publisher. Allocation: threads and their sources, none for an
 * event.
 */
final class CrowdPublish implements Peer
{
    private final Crowd crowd;
    private final List<Crowd.Source> sources = new ArrayList<>();
    private long next;
    private long before;

    CrowdPublish(final int publishers, final Supplier<Crowd> factory)
    {
        crowd = factory.get();
        for (int i = 0; i < publishers; i++)
        {
            sources.add(crowd.source());
        }
    }

    @Override
    public long firstSequence()
    {
        return next;
    }

    @Override
    public void prepare(final int count)
    {
        before = crowd.tally().sum();
    }

    @Override
    public void run(final int count)
    {
        final int share = count / sources.size();
        final List<Thread> others = new ArrayList<>();
        for (int i = 1; i < sources.size(); i++)
        {
            final Crowd.Source source = sources.get(i);
            final long first = next + (long)i * share;
            others.add(PeerThread.start("publisher-" + i, () -> publish(source, first, share)));
        }
        publish(sources.get(0), next, share);
        others.forEach(PeerThread::join);
        next += count;
        crowd.tally().await(next);
    }

    private static void publish(final Crowd.Source source, final long first, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            source.publish(first + i);
        }
    }

    @Override
    public long checksum()
    {
        return crowd.tally().sum() - before;
    }

    @Override
    public long expected(final long first, final int count)
    {
        return CrowdTally.expected(first, count);
    }

    @Override
    public void close()
    {
        crowd.end();
    }
}
