package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.SnapshotInfo;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeEnd;
import io.ringtape.journal.TapeInfo;
import io.ringtape.journal.TapeInfo.File;
import io.ringtape.journal.TapeInfo.FileState;
import io.ringtape.journal.TapeInfo.Frontier;
import io.ringtape.journal.TapeInfo.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes what is on a tape for a person.
 */
final class InfoText
{
    private static final int MOST_FILES = 40;
    private static final int MOST_INSTRUMENTS = 20;
    private static final int MOST_SETTINGS = 20;

    private InfoText()
    {
    }

    static void write(final InfoReport report, final TextOutput text)
    {
        final TapeInfo info = report.info();
        text.line("Tape of " + Formats.count(info.runs().size(), "run") + ", " + Formats.bytes(info.sizeBytes()));
        for (final TapeInfo.Problem problem : info.problems())
        {
            text.line("PROBLEM: " + problem.text());
        }
        for (final TapeInfo.Lost lost : info.lost())
        {
            text.line(lost.text());
        }
        info.notes().forEach(text::line);
        final long kept = info.keptEvents().orElse(0);
        if (kept > 0)
        {
            text.line(Formats.count(kept, "event") + " of a gateway on no tape yet: the next record puts " +
                (kept == 1 ? "it" : "them") + " on tape first");
        }
        text.pair("journal", report.journal().toString())
            .pair("format", Integer.toString(Tape.FORMAT))
            .pair("sequences", span(report.firstSequence(), report.lastSequence()))
            .pair("journaled", frontier(info.journaled()))
            .pair("durable", frontier(info.durable()))
            .pair("end", info.end().map(InfoText::end).orElse("damaged"))
            .pair("written by", info.owner()
                .map((owner) -> "pid " + owner.pid() + ", started " + owner.startedAt()).orElse("nobody"));
        writeSnapshots(report.snapshots(), text);
        writeRuns(info.runs(), text);
        writeFiles(info.runs(), text);
        writeDefinitions(info, text);
        text.end();
    }

    private static void writeSnapshots(final List<SnapshotInfo> snapshots, final TextOutput text)
    {
        if (!snapshots.isEmpty())
        {
            final long bytes = snapshots.stream().mapToLong(SnapshotInfo::lengthBytes).sum();
            text.pair("snapshots", Formats.count(snapshots.size()) + ", " + Formats.bytes(bytes) +
                ", the newest at sequence " + Formats.count(snapshots.get(snapshots.size() - 1).sequence()));
        }
    }

    private static String end(final TapeEnd end)
    {
        return end.detail().isEmpty() ? InfoReport.end(end) : end.detail();
    }

    private static String frontier(final Optional<Frontier> mark)
    {
        return mark.map((found) -> found.runId() < 0 ? "nothing" : "sequence " + Formats.count(found.lastSequence()) +
            " of run " + found.runId() + switch (found.machineStart())
            {
                case THIS -> "";
                case ANOTHER -> ", before the machine started again";
                case UNKNOWN -> ", at an unknown start of the machine";
            }).orElse("unknown");
    }

    private static void writeRuns(final List<Run> runs, final TextOutput text)
    {
        if (runs.isEmpty())
        {
            return;
        }
        final List<List<String>> rows = new ArrayList<>();
        for (final Run run : runs)
        {
            rows.add(List.of(Long.toString(run.runId()),
                run.startTimeNs().isPresent() ? Formats.time(run.startTimeNs().getAsLong()) : Formats.NONE,
                span(run.firstSequence(), run.lastSequence()), run.isClosed() ? "yes" : "no",
                Formats.count(run.files().size()), Formats.bytes(run.sizeBytes())));
        }
        text.heading("Runs").table(List.of("run", "started", "sequences", "closed", "files", "size"), rows);
    }

    private static void writeFiles(final List<Run> runs, final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final Run run : runs)
        {
            for (final File file : run.files())
            {
                rows.add(List.of(run.runId() + "/" + file.name(), span(file.firstSequence(), file.lastSequence()),
                    file.state().text(), file.endOffset().isPresent() ?
                    Formats.count(file.endOffset().getAsLong()) : Formats.NONE, Formats.count(file.lengthBytes())));
            }
        }
        if (rows.isEmpty())
        {
            return;
        }
        final int most = Math.min(MOST_FILES, rows.size());
        text.heading("Files").table(List.of("run/file", "sequences", "state", "end", "length"),
            rows.subList(rows.size() - most, rows.size()));
        if (rows.size() > most)
        {
            text.line("  and " + Formats.count(rows.size() - most) + " before them, see --json");
        }
        final long removed = runs.stream().flatMap((run) -> run.files().stream())
            .filter((file) -> file.state() == FileState.REMOVED).count();
        if (removed > 0)
        {
            text.line("  " + Formats.count(removed, "file") + " removed");
        }
    }

    private static void writeDefinitions(final TapeInfo info, final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final SourceDefinition source : info.sources())
        {
            rows.add(List.of(source.name(), InfoReport.kind(source), Integer.toString(source.sourceId())));
        }
        if (!rows.isEmpty())
        {
            text.heading("Sources of the newest run").table(List.of("source", "kind", "id"), rows);
        }
        writeSettings(info.settings(), text);
        final List<InstrumentDefinition> instruments = info.instruments();
        final List<List<String>> shown = new ArrayList<>();
        final InstrumentNames names =
            new InstrumentNames(instruments.stream().map(InstrumentDefinition::symbol).toList());
        for (final InstrumentDefinition one : instruments.subList(0, Math.min(MOST_INSTRUMENTS, instruments.size())))
        {
            shown.add(List.of(names.name(one.symbol(), one.instrumentId()),
                one.bookKind().name().toLowerCase(Locale.ROOT),
                InfoReport.tick(one), InfoReport.lot(one), Formats.count(one.multiplier()),
                Integer.toString(one.instrumentId())));
        }
        if (!shown.isEmpty())
        {
            text.heading("Instruments of the newest run").table(
                List.of("instrument", "kind", "tick", "lot", "multiplier", "id"), shown);
        }
        if (instruments.size() > MOST_INSTRUMENTS)
        {
            text.line("  and " + Formats.count(instruments.size() - MOST_INSTRUMENTS) + " more, see --json");
        }
    }

    private static void writeSettings(final List<SettingsDefinition> settings, final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final SettingsDefinition one : settings.subList(Math.max(0, settings.size() - MOST_SETTINGS),
            settings.size()))
        {
            rows.add(List.of(one.kind().text(),
                one.kind().hasVersion() ? Long.toString(one.version()) : Formats.NONE,
                Formats.count(one.textBytes().length)));
        }
        if (!rows.isEmpty())
        {
            text.heading("Settings of the newest run").table(List.of("settings", "version", "bytes"), rows);
        }
        if (settings.size() > MOST_SETTINGS)
        {
            text.line("  and " + Formats.count(settings.size() - MOST_SETTINGS) + " before them, see --json");
        }
    }

    private static String span(final OptionalLong first, final OptionalLong last)
    {
        if (first.isPresent() && last.isPresent() && last.getAsLong() < first.getAsLong())
        {
            return "none";
        }
        return (first.isPresent() ? Formats.count(first.getAsLong()) : "?") + " to " +
            (last.isPresent() ? Formats.count(last.getAsLong()) : "?");
    }
}
