package io.ringtape.cli.faults;

import io.ringtape.cli.output.Formats;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the rows of a run as lines that line up, each as soon as its row has ended: so the widths are those of what is
 * to be run, and not of what came of it.
 */
final class FaultTable
{
    private static final String GAP = "  ";
    private static final double NANOS_PER_SECOND = 1e9;

    private final int idWidth;
    private final int whatWidth;
    private final int roundsWidth;
    private final int failuresWidth;
    private final int seedWidth;

    FaultTable(final List<FaultRow> rows, final FaultRequest request)
    {
        final int counts =
            width(0, rows.stream().map((row) -> Formats.count(request.roundsOf(row))).toList());
        idWidth = width("row".length(), rows.stream().map(FaultRow::id).toList());
        whatWidth = width("what".length(), rows.stream().map(FaultRow::what).toList());
        roundsWidth = Math.max("rounds".length(), counts);
        failuresWidth = Math.max("failures".length(), counts);
        seedWidth = width("seed".length(), List.of(Long.toString(request.seed())));
    }

    String header()
    {
        return line("row", "what", "rounds", "failures", "seed", "seconds");
    }

    /** A row that has ended, what of it could not be tried, and each of its failures. */
    List<String> lines(final FaultReport.Result row, final List<FaultReport.Failure> failures)
    {
        final List<String> lines = new ArrayList<>();
        lines.add(line(row.id(), row.what(), Formats.count(row.rounds()), Formats.count(row.failures()),
            Long.toString(row.seed()), Formats.decimal(row.elapsedNs() / NANOS_PER_SECOND, 1)));
        if (!row.note().isEmpty())
        {
            lines.add(row.id() + ": " + row.note());
        }
        failures.stream().map(FaultReport.Failure::line).forEach(lines::add);
        return lines;
    }

    private String line(
        final String id, final String what, final String rounds, final String failures, final String seed,
        final String seconds)
    {
        return GAP + id + spaces(idWidth, id) + GAP + what + spaces(whatWidth, what) +
            GAP + spaces(roundsWidth, rounds) + rounds + GAP + spaces(failuresWidth, failures) + failures +
            GAP + spaces(seedWidth, seed) + seed + GAP + spaces("seconds".length(), seconds) + seconds;
    }

    private static String spaces(final int width, final String text)
    {
        return " ".repeat(Math.max(0, width - text.length()));
    }

    private static int width(final int least, final List<String> texts)
    {
        return texts.stream().mapToInt(String::length).reduce(least, Math::max);
    }
}
