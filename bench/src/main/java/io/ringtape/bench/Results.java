package io.ringtape.bench;

import io.ringtape.bench.report.Report;
import io.ringtape.bench.rig.Matrix;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps what a run has measured so far: says each row's verdicts, and writes the files anew, as the row ends. Whatever
 * ends the run, at most the row that it is at is lost.
 */
final class Results implements Matrix.Listener
{
    private final Function<Matrix.Measured, Report> reports;
    private final Optional<OutputDirectory> files;
    private final PrintStream progress;
    private Optional<Report> last = Optional.empty();
    private int said;

    Results(
        final Function<Matrix.Measured, Report> reports,
        final Optional<OutputDirectory> files,
        final PrintStream progress)
    {
        this.reports = reports;
        this.files = files;
        this.progress = progress;
    }

    @Override
    public void onRow(final Matrix.Measured measured) throws IOException
    {
        final Report report = reports.apply(measured);
        last = Optional.of(report);
        report.outcomes().stream().skip(said).forEach((outcome) -> progress.println("  " + Report.line(outcome)));
        said = report.outcomes().size();
        if (files.isPresent())
        {
            last = Optional.of(files.get().write(report));
        }
    }

    /** What there is, as it was told last; empty if nothing began. */
    Optional<Report> report()
    {
        return last;
    }
}
