package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the place at which the reading of a tape stopped: the runs that follow, each read by itself, so
 * that a user hears what of the tape is still good.
 */
final class LaterRuns
{
    private final RunChain chain;
    private final TapeMarks marks;
    private final boolean live;
    private final List<String> whole = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private @Nullable Stretch open;
    private long events;

    /** Whole runs with events, in a row. */
    private record Stretch(long firstRun, long lastRun, long firstSequence, long lastSequence)
    {
        boolean isFollowedBy(final Stretch next)
        {
            return next.firstSequence == lastSequence + 1;
        }

        Stretch with(final Stretch next)
        {
            return new Stretch(firstRun, next.lastRun, firstSequence, next.lastSequence);
        }

        String text()
        {
            return (firstRun == lastRun ? "run=" + firstRun : "runs=" + firstRun + ".." + lastRun) + " sequences=" +
                firstSequence + ".." + lastSequence;
        }
    }

    private LaterRuns(final RunChain chain, final TapeMarks marks, final boolean live)
    {
        this.chain = chain;
        this.marks = marks;
        this.live = live;
    }

    /**
     * Reads the runs.
     *
     * @param chain    the runs.
     * @param from     index of the first one to read; one without a header is where the reading stopped.
     * @param marks    of the tape.
     * @param live     whether a writer may be adding to the newest one.
     * @param progress told after each block how many events were read here.
     * @return one line; empty if there are none.
     * @throws TapeException if reading failed.
     */
    static String read(
        final RunChain chain,
        final int from,
        final TapeMarks marks,
        final boolean live,
        final LongConsumer progress)
    {
        final LaterRuns runs = new LaterRuns(chain, marks, live);
        for (int i = from; i < chain.size(); i++)
        {
            if (i > from || chain.headOrNull(i) != null)
            {
                runs.read(i, progress);
            }
        }
        return runs.text();
    }

    private void read(final int index, final LongConsumer progress)
    {
        final RunHead head = chain.headOrNull(index);
        final RunDirectory run = chain.directory(index);
        if (head == null)
        {
            broken.add("run=" + run.runId() + " from its header on");
            return;
        }
        final long first = head.run().firstSequence();
        long next = first;
        try (RunReader reader = new RunReader(run, 0, head, chain.fence(index), marks, live && isNewest(index),
            new Walker(Walker.DEFAULT_WINDOW_BYTES)))
        {
            while (reader.nextBlock())
            {
                next = reader.nextSequence();
                events += reader.count();
                progress.accept(events);
            }
            ManifestCheck.check(chain, index, reader.trailer() == null ? Set.of() : Set.of(run.runId()),
                ManifestCheck.end(reader));
            if (next > first)
            {
                add(new Stretch(run.runId(), run.runId(), first, next - 1));
            }
        }
        catch (final TapeException e)
        {
            if (e.kind() == Kind.IO)
            {
                throw e;
            }
            broken.add("run=" + run.runId() + " from sequence=" + next + " on");
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", run.path(), e);
        }
    }

    private boolean isNewest(final int index)
    {
        return index == chain.size() - 1;
    }

    private void add(final Stretch next)
    {
        final Stretch before = open;
        if (before != null && before.isFollowedBy(next))
        {
            open = before.with(next);
            return;
        }
        end();
        open = next;
    }

    private void end()
    {
        final Stretch ended = open;
        if (ended != null)
        {
            whole.add(ended.text());
            open = null;
        }
    }

    private String text()
    {
        end();
        final List<String> parts = new ArrayList<>();
        if (!whole.isEmpty())
        {
            parts.add("whole behind it: " + String.join(", ", whole));
        }
        if (!broken.isEmpty())
        {
            parts.add("not whole behind it: " + String.join(", ", broken));
        }
        return String.join("; ", parts);
    }
}
