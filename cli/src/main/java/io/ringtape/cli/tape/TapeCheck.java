package io.ringtape.cli.tape;

import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.VerifyReport;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeVerifier;
import java.nio.file.Path;

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
     */
    public static VerifyReport run(final Path journal, final Progress progress)
    {
        progress.start("verifying", progress.isDrawn() ? sizeBytes(journal) : Progress.UNKNOWN);
        return VerifyReport.of(journal, TapeVerifier.verify(
            journal, (events) -> progress.update(events * OrderBookEvent.SIZE_BYTES, events)));
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
