package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.journal.SnapshotInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What {@code snapshot} made.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal   directory of the tape.
 * @param madeCount snapshots that were made now.
 * @param all       that are there now, in order of their sequences.
 */
public record SnapshotReport(Path journal, int madeCount, List<SnapshotInfo> all) implements Report
{
    /**
     * Makes the list its own.
     */
    public SnapshotReport
    {
        all = List.copyOf(all);
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.number("made", madeCount)
            .number("snapshots", all.size())
            .number("firstSequence", all.isEmpty() ? OptionalLong.empty() : OptionalLong.of(all.get(0).sequence()))
            .number("lastSequence", newest())
            .number("bytes", bytes())
            .text("journal", journal.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line("Made " + Formats.count(madeCount, "snapshot"))
            .pair("journal", journal.toString())
            .pair("snapshots", Formats.count(all.size()) + ", " + Formats.bytes(bytes()))
            .pair("newest", newest().isEmpty() ? Formats.NONE : "sequence " + Formats.count(newest().getAsLong()))
            .end();
    }

    private OptionalLong newest()
    {
        return all.isEmpty() ? OptionalLong.empty() : OptionalLong.of(all.get(all.size() - 1).sequence());
    }

    private long bytes()
    {
        return all.stream().mapToLong(SnapshotInfo::lengthBytes).sum();
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }
}
