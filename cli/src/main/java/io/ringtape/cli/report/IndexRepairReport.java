package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.journal.IndexRepair;
import java.nio.file.Path;

/**
 * Which indexes {@code repair --indexes} made anew.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal directory of the tape.
 * @param repair  what was made.
 */
public record IndexRepairReport(Path journal, IndexRepair repair) implements Report
{
    @Override
    public void writeJson(final JsonOutput json)
    {
        json.number("files", repair.files()).startArray("rebuilt");
        for (final String index : repair.rebuilt())
        {
            json.startObject().text("index", index).endObject();
        }
        json.endArray().text("problem", repair.problem()).text("journal", journal.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line("Made the index of " + Formats.count(repair.rebuilt().size(), "file") + " anew, of " +
            Formats.count(repair.files()) + " that were looked at")
            .pair("journal", journal.toString());
        repair.rebuilt().forEach((index) -> text.pair("index", index));
        text.pair("problem", repair.problem().isEmpty() ? "none, all indexes are right" : repair.problem()).end();
    }

    @Override
    public ExitCode exitCode()
    {
        return repair.problem().isEmpty() ? ExitCode.FINE : ExitCode.DAMAGED;
    }
}
