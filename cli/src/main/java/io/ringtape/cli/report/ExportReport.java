package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.nio.file.Path;

/**
 * What {@code export} wrote.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param file          that was written.
 * @param events        in it.
 * @param firstSequence -1 without events.
 * @param lastSequence  -1 without events.
 * @param eventHash     over its input events as one chain.
 * @param bytes         its length.
 * @param notice        how the tape ends, empty if there is nothing to say.
 */
public record ExportReport(
    Path file, long events, long firstSequence, long lastSequence, long eventHash, long bytes, String notice)
    implements Report
{
    @Override
    public void writeJson(final JsonOutput json)
    {
        json.number("events", events)
            .number("firstSequence", firstSequence)
            .number("lastSequence", lastSequence)
            .hash("eventHash", eventHash)
            .number("bytes", bytes)
            .text("notice", notice)
            .text("file", file.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line("Exported " + Formats.count(events, "event") + ", " + Formats.bytes(bytes));
        if (!notice.isEmpty())
        {
            text.line(notice);
        }
        text.pair("file", file.toString())
            .pair("sequences", events == 0 ? Formats.NONE :
                Formats.count(firstSequence) + " to " + Formats.count(lastSequence))
            .pair("event hash", Formats.hash(eventHash))
            .end();
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }
}
