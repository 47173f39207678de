package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.journal.Retention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code retain} removed, or would.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal   directory of the tape.
 * @param isRemoved whether it was done.
 * @param retention what went, or would.
 */
public record RetainReport(Path journal, boolean isRemoved, Retention retention) implements Report
{
    @Override
    public void writeJson(final JsonOutput json)
    {
        json.flag("removed", isRemoved).startArray("files");
        for (final Retention.File file : retention.files())
        {
            json.startObject().number("runId", file.runId()).text("name", file.name())
                .number("firstSequence", file.firstSequence())
                .number("lastSequence", file.lastSequence())
                .number("lengthBytes", file.lengthBytes()).endObject();
        }
        json.endArray()
            .number("bytes", bytes())
            .number("firstSequence", retention.firstSequence())
            .number("sizeBytes", retention.sizeBytes())
            .flag("withinLimit", retention.isWithinLimit())
            .text("journal", journal.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line((isRemoved ? "Removed " : "Would remove ") + Formats.count(retention.files().size(), "file") + ", " +
            Formats.bytes(bytes()) + (isRemoved ? "" : "; --run does it"));
        if (!retention.isWithinLimit())
        {
            text.line("The limit is not reached: the next file must stay, as a mark stands in it, it is not sealed, " +
                "or it is the newest one");
        }
        text.pair("journal", journal.toString())
            .pair("first left", "sequence " + Formats.count(retention.firstSequence()))
            .pair("size left", Formats.bytes(retention.sizeBytes()))
            .end();
        if (!retention.files().isEmpty())
        {
            final List<List<String>> rows = new ArrayList<>();
            for (final Retention.File file : retention.files())
            {
                rows.add(List.of(file.runId() + "/" + file.name(), Formats.count(file.firstSequence()) + " to " +
                    Formats.count(file.lastSequence()), Formats.bytes(file.lengthBytes())));
            }
            text.heading("Files").table(List.of("run/file", "sequences", "length"), rows).end();
        }
    }

    private long bytes()
    {
        return retention.files().stream().mapToLong(Retention.File::lengthBytes).sum();
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }
}
