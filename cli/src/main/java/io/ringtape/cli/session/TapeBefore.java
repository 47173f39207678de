package io.ringtape.cli.session;

import io.ringtape.cli.tape.TapeEnds;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tape as it stood before a recording went on with it.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param notice what the process before left behind, which the new run fences off; empty if it closed its run.
 */
record TapeBefore(String notice)
{
    private static final TapeBefore NOTHING = new TapeBefore("");

    /**
     * Looks at a tape.
     *
     * @param journal directory of the tape, which need not be there.
     * @return how it stands.
     * @throws TapeException if the directory is no tape.
     */
    static TapeBefore of(final Path journal)
    {
        if (!Files.isDirectory(journal) || isEmpty(journal))
        {
            return NOTHING;
        }
        return new TapeBefore(notice(Tape.open(journal)));
    }

    // A new run goes on behind the last whole block, also of a damaged one; the damage stays for verify to name.
    private static String notice(final Tape tape)
    {
        try
        {
            return TapeEnds.notice(tape.end());
        }
        catch (final TapeException e)
        {
            return e.getMessage();
        }
    }

    private static boolean isEmpty(final Path journal)
    {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(journal))
        {
            return !entries.iterator().hasNext();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }
}
