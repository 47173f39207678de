package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two marks of a tape, open for writing.
 *
 * @param journaled set after each document.
 * @param durable   set after each force.
 */
record WriterMarks(MarkFile journaled, MarkFile durable) implements AutoCloseable
{
    static WriterMarks open(final Path tape, final BootId bootId) throws IOException
    {
        final MarkFile journaled = MarkFile.open(tape, MarkFile.JOURNALED, bootId);
        try
        {
            return new WriterMarks(journaled, MarkFile.open(tape, MarkFile.DURABLE, bootId));
        }
        catch (final IOException | RuntimeException e)
        {
            journaled.close();
            throw e;
        }
    }

    /**
     * Sets the marks to the end of the tape as it was found: what was lost before is named by the header of the next
     * run. What was lost with the machine is named by its manifest, and known by the journaled mark alone until then.
     * The durable mark follows only where the tape is forced from here on, and is then true: the end is forced.
     *
     * @param tape   its directory.
     * @param end    of the last run, or of none.
     * @param isLost whether the journaled mark has to stay for what was lost with the machine.
     * @param parts  that the writer is made with.
     * @throws TapeException if the device does not take what it is to hold.
     */
    void reset(final Path tape, final RunEnd end, final boolean isLost, final TapeParts parts)
    {
        if (!isLost)
        {
            store(journaled, end);
        }
        if (parts.config().durability().kind() == Durability.Kind.PAGE_CACHE)
        {
            if (!durable.isSet())
            {
                store(durable, RunEnd.NONE);
            }
            durable.mend();
            return;
        }
        try
        {
            if (end.runId() >= 0)
            {
                final Path run = tape.resolve(RunDirectory.name(end.runId()));
                final Path file = run.resolve(RollFiles.name(end.fileNumber()));
                if (Files.exists(file))
                {
                    parts.device().force(file);
                    parts.device().force(run);
                }
            }
            parts.device().force(tape);
            store(durable, end);
            parts.device().force(durable);
        }
        catch (final IOException e)
        {
            throw Tape.failed("tape cannot be forced to the device", tape, e);
        }
    }

    static void store(final MarkFile mark, final RunEnd end)
    {
        mark.store(end.runId(), end.fileNumber(), end.endOffset(), end.lastSequence(), end.crc());
    }

    @Override
    public void close()
    {
        journaled.close();
        durable.close();
    }
}
