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
 * @param notice    what the process before left behind, which the new run fences off; empty if it closed its run.
 * @param sizeBytes of all files.
 */
record TapeBefore(String notice, long sizeBytes)
{
    private static final TapeBefore NOTHING = new TapeBefore("", 0);

    /**
     * Looks at a tape.
     *
     * @param journal directory of the tape, which need not be there.
     * @return how it stands.
     * @throws TapeException if the directory is no tape.
     */
    static TapeBefore of(final Path journal)
    {
        // One that cannot be looked into cannot be written either: the guard at open says why.
        if (!Files.isDirectory(journal) || !Files.isReadable(journal) || isEmpty(journal))
        {
            return NOTHING;
        }
        final Tape tape = Tape.open(journal);
        return new TapeBefore(notice(tape), tape.sizeBytes());
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
