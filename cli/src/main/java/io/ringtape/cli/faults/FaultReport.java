package io.ringtape.cli.faults;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.cli.report.Report;
import java.time.LocalDate;
import java.util.List;

/**
 * What became of the rows. Its text is the last line only: what a {@link FaultRunner} notes on the way comes before it.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param rows     in the order of the matrix.
 * @param failures one line each, with what repeats it.
 * @param jdk      that ran them.
 * @param date     of the run.
 * @param stopped  whether it was asked to stop before its end.
 */
public record FaultReport(List<Result> rows, List<Failure> failures, String jdk, LocalDate date, boolean stopped)
    implements Report
{
    private static final String WHAT = "what";

    /**
     * What became of a row.
     *
     * @param id        of the row.
     * @param what      goes wrong.
     * @param rounds    that were run.
     * @param failures  among them.
     * @param seed      of the first round.
     * @param elapsedNs of all rounds.
     * @param note      what of the row could not be tried here, or empty.
     */
    public record Result(String id, String what, long rounds, long failures, long seed, long elapsedNs, String note)
    {
    }

    /**
     * A round that failed.
     *
     * @param id    of the row.
     * @param round from 0.
     * @param seed  of the round.
     * @param what  was wrong, one line.
     */
    public record Failure(String id, long round, long seed, String what)
    {
        String line()
        {
            return "failed: row=" + id + " round=" + round + " seed=" + seed + ": " + what +
                "; repeat with --rows " + id + " --seed " + seed + " --rounds 1";
        }
    }

    /**
     * Copies the lists.
     */
    public FaultReport
    {
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.text("jdk", jdk).text("date", date.toString()).flag("stopped", stopped).startArray("rows");
        for (final Result row : rows)
        {
            json.startObject().text("row", row.id()).text(WHAT, row.what()).number("rounds", row.rounds())
                .number("failures", row.failures()).number("seed", row.seed()).seconds("seconds", row.elapsedNs())
                .text("note", row.note()).endObject();
        }
        json.endArray().startArray("failed");
        for (final Failure failure : failures)
        {
            json.startObject().text("row", failure.id()).number("round", failure.round())
                .number("seed", failure.seed()).text(WHAT, failure.what()).endObject();
        }
        json.endArray();
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line("JDK " + jdk + ", " + date + (stopped ? ", stopped before its end" : "")).end();
    }

    @Override
    public ExitCode exitCode()
    {
        return rows.stream().anyMatch((row) -> row.failures() > 0) ? ExitCode.OUTPUTS_DIFFER : ExitCode.FINE;
    }
}
