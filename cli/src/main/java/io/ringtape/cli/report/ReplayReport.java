package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.replay.Difference;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code replay} did.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal         directory of the tape.
 * @param run             what was replayed.
 * @param matches         whether every output was the recorded one, and every hash that the trailer holds.
 * @param trailer         whether the run has a trailer to compare hashes with; one cut by a kill has none.
 * @param firstDifference empty if it matches.
 * @param notice          what was found wrong with the tape, empty if nothing was: a torn tail.
 */
public record ReplayReport(
    Path journal, RunSummary run, boolean matches, boolean trailer, Optional<Difference> firstDifference,
    String notice)
    implements Report
{
    @Override
    public void writeJson(final JsonOutput json)
    {
        run.writeJson(json);
        json.flag("matches", matches).flag("trailer", trailer);
        if (firstDifference.isPresent())
        {
            final Difference first = firstDifference.get();
            json.startObject("firstDifference").number("sequence", first.sequence()).text("handler", first.handler())
                .text("field", first.field()).text("recorded", first.recorded()).text("replayed", first.replayed())
                .endObject();
        }
        else
        {
            json.absent("firstDifference");
        }
        json.text("notice", notice).text("journal", journal.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line("Replayed " + Formats.count(run.events(), "event") + " of " +
            Formats.count(run.instruments().size(), "instrument") + " in " + Formats.duration(run.elapsedNs()) + ", " +
            Formats.count(run.eventsPerSecond()) + " events/s");
        text.line(verdict());
        if (!notice.isEmpty())
        {
            text.line(notice);
        }
        text.pair("journal", journal.toString());
        run.writeText(text);
        text.end();
    }

    @Override
    public ExitCode exitCode()
    {
        return matches ? ExitCode.FINE : ExitCode.OUTPUTS_DIFFER;
    }

    private String verdict()
    {
        if (matches)
        {
            return trailer ? "Matches: every output and every hash is the recorded one" :
                "Matches: every output is the recorded one; the run has no trailer to compare hashes with";
        }
        return firstDifference
            .map((difference) -> "Differs: first at " + difference)
            .orElse("Differs: the outputs are the recorded ones, the hashes are not those of the trailer");
    }
}
