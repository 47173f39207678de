package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.replay.Difference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What {@code replay} did.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal         directory of the tape.
 * @param run             what was replayed: the counts are those of the events on tape, hashes of outputs and books
 *                        those of the handlers now.
 * @param comparison      what the outputs were compared with.
 * @param withoutTrailer  ids of the runs that were not closed and have no trailer to compare hashes with.
 * @param firstDifference empty if every output was the recorded one, and every hash that was compared.
 * @param notice          what was found wrong with the tape or its snapshots, empty if nothing was: a torn tail.
 * @param snapshot        the sequence of the snapshot behind which the handlers were fed; empty if from a run's start.
 */
public record ReplayReport(
    Path journal,
    RunSummary run,
    Comparison comparison,
    List<Long> withoutTrailer,
    Optional<Difference> firstDifference,
    String notice,
    OptionalLong snapshot)
    implements Report
{
    /**
     * Makes the list its own.
     */
    public ReplayReport
    {
        withoutTrailer = List.copyOf(withoutTrailer);
    }

    /**
     * What a replay from the start of a run did.
     *
     * @param journal         directory of the tape.
     * @param run             what was replayed.
     * @param comparison      what the outputs were compared with.
     * @param withoutTrailer  ids of the runs that were not closed and have no trailer to compare hashes with.
     * @param firstDifference empty if every output was the recorded one, and every hash that was compared.
     * @param notice          what was found wrong with the tape, empty if nothing was.
     */
    public ReplayReport(
        final Path journal, final RunSummary run, final Comparison comparison, final List<Long> withoutTrailer,
        final Optional<Difference> firstDifference, final String notice)
    {
        this(journal, run, comparison, withoutTrailer, firstDifference, notice, OptionalLong.empty());
    }

    /**
     * What the outputs of a replay are compared with.
     */
    public enum Comparison
    {
        /** With the outputs on tape and the hashes in the trailer of every run. */
        WITH_HASHES("every output and every hash is the recorded one"),
        /** With the outputs on tape; a run cut by a kill, or still being written, has no trailer. */
        NO_TRAILER("every output is the recorded one; no trailer to compare hashes with"),
        /** With the outputs on tape; the hashes in a trailer are those of a whole run. */
        PART("every output is the recorded one; a part of the run: outputs are compared, hashes are not");

        private final String verdict;

        Comparison(final String verdict)
        {
            this.verdict = verdict;
        }
    }

    /**
     * Whether the replay made what is on tape.
     *
     * @return true if there is no difference.
     */
    public boolean matches()
    {
        return firstDifference.isEmpty();
    }

    /**
     * Whether there was a trailer to compare hashes with.
     *
     * @return true if every run was replayed whole and has one.
     */
    public boolean trailer()
    {
        return comparison == Comparison.WITH_HASHES;
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        run.writeJson(json);
        json.flag("matches", matches()).flag("trailer", trailer()).number("snapshotSequence", snapshot);
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
        json.startArray("runsWithoutTrailer");
        withoutTrailer.forEach((runId) -> json.element(OptionalLong.of(runId)));
        json.endArray().text("notice", notice).text("journal", journal.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line("Replayed " + run.headline());
        text.line(verdict());
        if (snapshot.isPresent())
        {
            text.line("Started behind the snapshot at sequence " + Formats.count(snapshot.getAsLong()));
        }
        if (!notice.isEmpty())
        {
            text.line(notice);
        }
        text.pair("journal", journal.toString());
        if (matches())
        {
            run.writeText(text, "replayed");
        }
        else
        {
            run.writeDiffering(text);
        }
        text.end();
    }

    @Override
    public ExitCode exitCode()
    {
        return matches() ? ExitCode.FINE : ExitCode.OUTPUTS_DIFFER;
    }

    @Override
    public String warning()
    {
        return run.books().counts().warning();
    }

    private String verdict()
    {
        // A run that was killed before its first event has no trailer, and nothing that one would be of.
        return firstDifference
            .map((difference) -> "Differs: first at " + difference)
            .orElse("Matches: " + (run.counts().events() == 0 ? "there is no event to compare" : comparison.verdict +
                (comparison == Comparison.NO_TRAILER ? runs() : "")));
    }

    private String runs()
    {
        return withoutTrailer.isEmpty() ? "" : withoutTrailer.stream().map((runId) -> "run=" + runId)
            .collect(Collectors.joining(", ", ": ", ""));
    }
}
