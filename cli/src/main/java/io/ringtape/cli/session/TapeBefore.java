package io.ringtape.cli.session;

import io.ringtape.cli.tape.TapeEnds;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A tape as it stood before a recording went on with it.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param notice what the process before left behind, which the new run fences off; empty if it closed its run.
 * @param damage what is damaged or missing, as far as headers, manifests, marks and the end of the newest run tell it:
 *               no closed run is read; empty if nothing is known.
 */
record TapeBefore(String notice, String damage)
{
    private static final TapeBefore NOTHING = new TapeBefore("", "");

    /**
     * Looks at a tape.
     *
     * @param journal directory of the tape, which need not be there.
     * @return how it stands.
     * @throws io.ringtape.journal.TapeException if the directory is no tape.
     */
    static TapeBefore of(final Path journal)
    {
        if (!Files.isDirectory(journal) || isEmpty(journal))
        {
            return NOTHING;
        }
        final TapeInfo info = Tape.open(journal).info();
        return new TapeBefore(info.end().map(TapeEnds::notice).orElse(""), damage(info));
    }

    // A new run goes on behind the last whole block, also of a damaged one; the damage stays for verify to name.
    private static String damage(final TapeInfo info)
    {
        final List<TapeInfo.Problem> problems = info.problems();
        return problems.isEmpty() ? "" :
            problems.get(0).text() + (problems.size() == 1 ? "" : "; problems=" + problems.size());
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
