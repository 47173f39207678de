package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.nio.file.Path;

/**
 * What {@code limits} did: a recording has put other limits in force.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal directory of the tape.
 * @param version of the limits.
 * @param before  version of those that the tape had last; 0 for defaults.
 * @param change  number of the change.
 */
public record LimitsReport(Path journal, long version, long before, long change) implements Report
{
    @Override
    public void writeJson(final JsonOutput json)
    {
        json.number("version", version).number("versionBefore", before).number("change", change)
            .text("journal", journal.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line("Limits of version " + Formats.count(version) + " are in force, before " +
            (before == 0 ? "the defaults" : "version " + Formats.count(before))).pair("journal", journal.toString())
            .end();
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }
}
