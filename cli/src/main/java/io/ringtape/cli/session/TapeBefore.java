package io.ringtape.cli.session;

import io.ringtape.cli.tape.TapeEnds;
import io.ringtape.event.SourceDefinition;
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
 * @param left   that the newest run had a gateway and was not closed, so that it may have left positions and orders;
 *               empty if it was closed, or had no gateway. What it left stands in its events, which are not read.
 */
record TapeBefore(String notice, String damage, String left)
{
    private static final TapeBefore NOTHING = new TapeBefore("", "", "");

    /**
     * Looks at a tape.
     *
     * @param journal directory of the tape, which need not be there.
     * @return how it stands.
     * @throws io.ringtape.journal.TapeException if the directory is no tape.
     */
    static TapeBefore of(final Path journal)
    {
        // One that cannot be looked into cannot be written either: the guard at open says why.
        if (!Files.isDirectory(journal) || !Files.isReadable(journal) || isEmpty(journal))
        {
            return NOTHING;
        }
        final TapeInfo info = Tape.open(journal).info();
        return new TapeBefore(info.end().map(TapeEnds::notice).orElse(""), damage(info), left(info));
    }

    private static String left(final TapeInfo info)
    {
        final List<TapeInfo.Run> runs = info.runs();
        final boolean hadGateway =
            info.sources().stream().anyMatch((source) -> source.kind() == SourceDefinition.Kind.GATEWAY);
        return runs.isEmpty() || runs.get(runs.size() - 1).isClosed() || !hadGateway ? "" :
            "the run before was not closed, this one starts without its positions and open orders, see ringtape " +
                "positions and record --positions: run=" + runs.get(runs.size() - 1).runId();
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
