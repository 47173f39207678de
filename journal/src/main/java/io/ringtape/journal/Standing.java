package io.ringtape.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a writer stands with its outages: replaced as a whole, so that any thread reads it without a lock.
 *
 * @param run            that is written, or that failed last.
 * @param firstSequence  of the run.
 * @param durableBefore  the durable sequence when the run was started.
 * @param contiguousFrom the first sequence behind the last outage that ended.
 * @param durableFrom    the first sequence behind the last one that was journaled and never got durable.
 * @param ended          what was not journaled in outages that ended.
 * @param count          of sequences that were not journaled, those of the present outage included.
 * @param awayFrom       the first sequence of the present outage that was not journaled; -1 if there is none.
 * @param awayTo         the last one.
 */
record Standing(
    RunWriter run,
    long firstSequence,
    long durableBefore,
    long contiguousFrom,
    long durableFrom,
    List<MissingRange> ended,
    long count,
    long awayFrom,
    long awayTo)
{
    static Standing of(final RunWriter run, final long firstSequence)
    {
        return new Standing(
            run, firstSequence, firstSequence - 1, firstSequence, firstSequence, List.of(), 0, -1, -1);
    }

    /** Sequences were used that are not journaled. */
    Standing without(final long from, final long to)
    {
        return new Standing(run, firstSequence, durableBefore, contiguousFrom, durableFrom, ended,
            count + to - from + 1, awayFrom < 0 ? from : awayFrom, to);
    }

    /** The tape came back. */
    Standing with(final RunWriter next, final long nextFirst, final long journaledSequence)
    {
        final long durable = durableSequence();
        return new Standing(next, nextFirst, durable, awayFrom < 0 ? contiguousFrom : nextFirst,
            awayFrom < 0 && durable == journaledSequence ? durableFrom : nextFirst, ranges(), count, -1, -1);
    }

    long durableSequence()
    {
        final long durable = run.keeper().durableSequence();
        // A run that has forced nothing yet has nothing to say of what was before it.
        return durable < firstSequence ? durableBefore : durable;
    }

    List<MissingRange> ranges()
    {
        if (awayFrom < 0)
        {
            return ended;
        }
        final List<MissingRange> all = new ArrayList<>(ended);
        all.add(new MissingRange(awayFrom, awayTo));
        return List.copyOf(all);
    }
}
