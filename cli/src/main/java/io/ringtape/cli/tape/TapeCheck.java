package io.ringtape.cli.tape;

import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.VerifyReport;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Verifies a tape and tells how far it has come.
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
public final class TapeCheck
{
    private TapeCheck()
    {
    }

    /**
     * Verifies a tape.
     *
     * @param journal  directory of the tape.
     * @param progress told how far it has come.
     * @return the verdict.
     * @throws UncheckedIOException if this user may not read all of the tape, which says nothing of it.
     */
    public static VerifyReport run(final Path journal, final Progress progress)
    {
        progress.start("verifying", progress.isDrawn() ? sizeBytes(journal) : Progress.UNKNOWN);
        final TapeReport found = TapeVerifier.verify(
            journal, (events) -> progress.update(events * OrderBookEvent.SIZE_BYTES, events));
        if (found.status() == TapeStatus.UNREADABLE)
        {
            requirePermission(journal);
        }
        return VerifyReport.of(journal, found);
    }

    private static void requirePermission(final Path journal)
    {
        try (Stream<Path> paths = Files.walk(journal))
        {
            for (final Path path : (Iterable<Path>)paths::iterator)
            {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !Files.isReadable(path))
                {
                    throw new AccessDeniedException(path.toString());
                }
            }
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    private static long sizeBytes(final Path journal)
    {
        try
        {
            return Tape.open(journal).sizeBytes();
        }
        catch (final TapeException e)
        {
            // What is wrong with it is for the verdict to say.
            return Progress.UNKNOWN;
        }
    }
}
