package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tape spans, found by a skim of its last files.
 */
final class TapeSpan
{
    private TapeSpan()
    {
    }

    /**
     * The last sequence on tape, as far as it is whole.
     *
     * @param chain the runs.
     * @param marks of the tape.
     * @return -1 if the tape is empty.
     */
    static long lastSequence(final RunChain chain, final TapeMarks marks)
    {
        final int last = chain.size() - 1;
        if (last < 0)
        {
            return -1;
        }
        final RunEnd closed = marks.isOfAnotherBoot() ? closedEnd(chain.directory(last)) : null;
        return closed == null ? skim(chain, marks, last, true).nextSequence() - 1 : closed.lastSequence();
    }

    private static @Nullable RunEnd closedEnd(final RunDirectory run)
    {
        try
        {
            return ClosedRun.end(run);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", run.path(), e);
        }
    }

    /**
     * How the tape ends.
     *
     * @param chain the runs.
     * @param marks of the tape, read before.
     * @return the end.
     */
    static TapeEnd end(final RunChain chain, final TapeMarks marks)
    {
        final int last = chain.size() - 1;
        if (last < 0)
        {
            return TapeEnd.of(null, 0, -1);
        }
        final RunReader skimmed = skim(chain, marks, last, chain.owner().isPresent());
        return TapeEnd.of(skimmed.tail(), chain.directory(last).runId(), skimmed.nextSequence() - 1);
    }

    /**
     * Where the whole part of a tape ends after a new start of the machine: with the trailer of a run that was closed,
     * else where the first thing is wrong behind what was forced. Of what was not forced any page may be gone, of a
     * file that was finished too, so all of that is read.
     *
     * @param tape  to read.
     * @param marks of the tape.
     * @return the end of the last run, or of none.
     * @throws IOException if it cannot be read.
     */
    static RunEnd wholeEnd(final Tape tape, final TapeMarks marks) throws IOException
    {
        final Walker walker = new Walker(Walker.DEFAULT_WINDOW_BYTES);
        final RunChain chain = RunChain.read(tape, walker);
        for (int i = chain.size() - 1; i >= 0; i--)
        {
            final RunHead head = chain.headOrNull(i);
            if (head != null)
            {
                return wholeEnd(chain, i, head, marks, walker);
            }
        }
        return RunEnd.NONE;
    }

    private static RunEnd wholeEnd(
        final RunChain chain, final int index, final RunHead head, final TapeMarks marks, final Walker walker)
        throws IOException
    {
        final RunDirectory directory = chain.directory(index);
        final RunEnd closed = ClosedRun.end(directory);
        if (closed != null)
        {
            return closed;
        }
        final Mark mark = marks.durable();
        final Mark durable = mark == null || mark.runId() != directory.runId() ? null : mark;
        final int file = durable == null ? 0 :
            (int)Math.max(0, Math.min(durable.fileNumber() - directory.files().get(0).number(),
                directory.files().size() - 1L));
        final IndexSeek entries = new IndexSeek(
            TapeRange.sequences(durable == null ? 0 : Math.max(0, durable.lastSequence()), Long.MAX_VALUE));
        try (RunReader reader = new RunReader(directory, file, head, null, marks, false, walker))
        {
            RunEnd end = end(reader);
            try
            {
                while (reader.nextBlock())
                {
                    end = end(reader);
                    entries.skip(reader, false);
                }
                return end(reader);
            }
            catch (final TapeException e)
            {
                if (e.kind() == TapeException.Kind.IO)
                {
                    throw e;
                }
                // What is damaged is for readers to name; the tape goes on behind what is whole.
                return end;
            }
        }
    }

    private static RunEnd end(final RunReader reader)
    {
        return new RunEnd(reader.head().run().runId(), reader.file().number(), reader.acceptedEnd(), reader.lastCrc(),
            reader.nextSequence() - 1);
    }

    /**
     * The times of the runs, for a message.
     *
     * @param chain the runs.
     * @param marks of the tape.
     * @return first and last receive time of each, at most the last few runs.
     */
    static String times(final RunChain chain, final TapeMarks marks)
    {
        final StringBuilder text = new StringBuilder("runs=").append(chain.size());
        for (int i = Math.max(0, chain.size() - 4); i < chain.size(); i++)
        {
            final long last = maxReceiveTimeNs(chain, marks, i);
            text.append(" run=").append(chain.directory(i).runId()).append(" lastTime=")
                .append(last == DocumentLayout.NO_TIME ? "none" : time(last));
        }
        return text.toString();
    }

    static String time(final long epochNs)
    {
        return Instant.ofEpochSecond(0, epochNs).toString();
    }

    /** The greatest receive time of a run. */
    static long maxReceiveTimeNs(final RunChain chain, final TapeMarks marks, final int index)
    {
        return skim(chain, marks, index, true).maxReceiveTimeNs();
    }

    private static RunReader skim(
        final RunChain chain, final TapeMarks marks, final int index, final boolean live)
    {
        final RunHead head = chain.head(index);
        final RunDirectory directory = chain.directory(index);
        final Walker walker = new Walker(Walker.DEFAULT_WINDOW_BYTES);
        try (walker)
        {
            final RunEnd fence = chain.fence(index);
            final int file = RunSeek.fileIndex(chain, index, Long.MAX_VALUE, Long.MAX_VALUE, walker);
            final RunReader reader = new RunReader(directory, file, head, fence, marks, live, walker);
            reader.checking(false);
            boolean more = true;
            while (more)
            {
                more = reader.nextBlock();
            }
            return reader;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", directory.path(), e);
        }
    }
}
