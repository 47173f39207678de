package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.journal.TapeCopy;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What {@code repair} copied.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal directory of the tape that was read.
 * @param to      directory of the copy.
 * @param copy    what is in it.
 * @param kept    events that a gateway kept for the next run, which went along; empty if that cannot be told.
 */
public record RepairReport(Path journal, Path to, TapeCopy copy, OptionalLong kept) implements Report
{
    @Override
    public void writeJson(final JsonOutput json)
    {
        json.number("events", copy.events())
            .number("runs", copy.runs())
            .number("firstSequence", copy.firstSequence())
            .number("lastSequence", copy.lastSequence())
            .text("problem", copy.problem())
            .text("leftBehind", copy.leftBehind())
            .number("keptEvents", kept)
            .text("journal", journal.toString())
            .text("to", to.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line("Copied " + Formats.count(copy.events(), "event") + " of " + Formats.count(copy.runs(), "run"))
            .pair("journal", journal.toString())
            .pair("copy", to.toString())
            .pair("sequences", copy.events() == 0 ? Formats.NONE :
                Formats.count(copy.firstSequence()) + " to " + Formats.count(copy.lastSequence()))
            .pair("problem", copy.problem().isEmpty() ? "none, the tape is whole" : copy.problem());
        if (!copy.leftBehind().isEmpty())
        {
            text.pair("left out", copy.leftBehind());
        }
        if (kept.isEmpty())
        {
            text.pair("kept", "copied as it is, and not readable, see ringtape info");
        }
        else if (kept.getAsLong() > 0)
        {
            text.pair("kept", Formats.count(kept.getAsLong(), "event") + " of a gateway, for the next record");
        }
        text.end();
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }
}
