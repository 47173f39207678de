package io.ringtape.cli.session;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.tape.TapeEnds;
import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A tape as it stood before a recording went on with it.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param notice      what the process before left behind, which the new run fences off; empty if it closed its run.
 * @param damage      what is damaged or missing, as far as headers, manifests, marks and the end of the newest run
 *                    tell it: no closed run is read; empty if nothing is known.
 * @param left        the newest run that has events, where it had a gateway and was not closed, so that it may have
 *                    left positions and orders. What it left stands in its events, which are not read.
 * @param instruments of the newest run, as far as it is whole.
 */
record TapeBefore(
    String notice, String damage, Optional<TapeInfo.Run> left, List<InstrumentDefinition> instruments)
{
    private static final TapeBefore NOTHING = new TapeBefore("", "", Optional.empty(), List.of());

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
        return new TapeBefore(info.end().map(TapeEnds::notice).orElse(""), damage(info), left(info),
            info.instruments());
    }

    /**
     * What to tell of instruments that a run counts otherwise than the run before did: what one of them says of money
     * is not what the other says.
     *
     * @param definitions of the run.
     * @return one line; empty if there is none.
     */
    String redefined(final Definitions definitions)
    {
        final Map<String, InstrumentDefinition> known = new HashMap<>();
        instruments.forEach((instrument) -> known.putIfAbsent(instrument.symbol(), instrument));
        final TreeSet<String> symbols = new TreeSet<>();
        for (int id = 0; id < definitions.instrumentCount(); id++)
        {
            final InstrumentDefinition now = definitions.instrument(id);
            final InstrumentDefinition then = known.getOrDefault(now.symbol(), now);
            if (then.tickSize() != now.tickSize() || then.lotSize() != now.lotSize() ||
                then.multiplier() != now.multiplier())
            {
                symbols.add(now.symbol());
            }
        }
        return Formats.instruments(
            "tick, lot or multiplier are others than in the run before, see record --instruments", symbols);
    }

    /**
     * What to tell of orders and positions that may be left of the run before. How many orders are open only a read of
     * the whole run tells, which a start does not wait for.
     *
     * @param hasPositions whether the recording was given positions to start with.
     * @return one line; empty if nothing is left.
     */
    String leftNotice(final boolean hasPositions)
    {
        return left.map((run) -> "the run before was not closed, this one starts without its " +
            (hasPositions ? "" : "positions and ") +
            "open orders, which may be at the venue still; ringtape positions" +
            // From the first event of the new run on that is what it shows by itself.
            (run.lastSequence().isPresent() ? " --at-sequence " + run.lastSequence().getAsLong() : "") +
            " lists them" + (hasPositions ? "" : ", and --out makes a file for record --positions") + ": run=" +
            run.runId()).orElse("");
    }

    private static Optional<TapeInfo.Run> left(final TapeInfo info)
    {
        final boolean hadGateway =
            info.sources().stream().anyMatch((source) -> source.kind() == SourceDefinition.Kind.GATEWAY);
        // A run that was killed ahead of its first event has left nothing, but what the run before it had left.
        return info.runs().stream().filter((run) -> hadGateway && hasEvents(run)).reduce((earlier, run) -> run)
            .filter((run) -> !run.isClosed());
    }

    private static boolean hasEvents(final TapeInfo.Run run)
    {
        return run.lastSequence().orElse(0) >= run.firstSequence().orElse(0);
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
