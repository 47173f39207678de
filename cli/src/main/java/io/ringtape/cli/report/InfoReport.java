package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.SnapshotInfo;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeEnd;
import io.ringtape.journal.TapeInfo;
import io.ringtape.journal.TapeInfo.FileState;
import io.ringtape.journal.TapeInfo.Frontier;
import io.ringtape.journal.TapeOwner;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is on a tape.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal   directory of the tape.
 * @param info      what the tape says of itself.
 * @param snapshots of books, by their names, in order of their sequences.
 */
public record InfoReport(Path journal, TapeInfo info, List<SnapshotInfo> snapshots) implements Report
{
    /**
     * Makes the list its own.
     */
    public InfoReport
    {
        snapshots = List.copyOf(snapshots);
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.text("status", status())
            .number("format", Tape.FORMAT)
            .number("sizeBytes", info.sizeBytes())
            .number("firstSequence", firstSequence())
            .number("lastSequence", lastSequence());
        json.startArray("runs");
        for (final TapeInfo.Run run : info.runs())
        {
            writeRun(json, run);
        }
        json.endArray().startArray("instruments");
        for (final InstrumentDefinition instrument : info.instruments())
        {
            json.startObject().number("instrumentId", instrument.instrumentId()).text("symbol", instrument.symbol())
                .text("bookKind", instrument.bookKind().name())
                .number("priceExponent", instrument.priceExponent())
                .number("quantityExponent", instrument.quantityExponent())
                .textOrNull("tickSize", tick(instrument)).textOrNull("lotSize", lot(instrument))
                .number("multiplier", instrument.multiplier())
                .number("venueInstrumentId", instrument.venueInstrumentId()).endObject();
        }
        json.endArray().startArray("sources");
        for (final SourceDefinition source : info.sources())
        {
            json.startObject().number("sourceId", source.sourceId()).text("kind", kind(source))
                .text("name", source.name()).endObject();
        }
        json.endArray().startArray("settings");
        for (final SettingsDefinition settings : info.settings())
        {
            json.startObject().text("kind", settings.kind().text()).number("version", settings.version())
                .number("bytes", settings.textBytes().length).endObject();
        }
        json.endArray().startArray("unjournaled");
        Unjournaled.writeRanges(json, info.unjournaled());
        json.endArray();
        writeLost(json);
        frontier(json, "journaled", info.journaled());
        frontier(json, "durable", info.durable());
        owner(json);
        json.text("end", info.end().map(InfoReport::end).orElse("damaged"))
            .text("endDetail", info.end().map(TapeEnd::detail).orElse(""));
        json.startArray("snapshots");
        for (final SnapshotInfo snapshot : snapshots)
        {
            json.startObject().number("sequence", snapshot.sequence()).text("name", snapshot.name())
                .number("lengthBytes", snapshot.lengthBytes()).endObject();
        }
        json.endArray().startArray("problems");
        for (final TapeInfo.Problem problem : info.problems())
        {
            json.startObject().text("kind", exitCode(problem).name().toLowerCase(Locale.ROOT))
                .text("text", problem.text()).endObject();
        }
        json.endArray().startArray("notes");
        info.notes().forEach(json::element);
        json.endArray().number("keptEvents", info.keptEvents())
            .text("journal", journal.toString());
    }

    private void writeLost(final JsonOutput json)
    {
        json.startArray("lost");
        for (final TapeInfo.Lost lost : info.lost())
        {
            json.startObject().number("nextRunId", lost.nextRunId()).number("firstSequence", lost.firstSequence())
                .number("lastSequence", lost.lastSequence()).endObject();
        }
        json.endArray();
    }

    private static void writeRun(final JsonOutput json, final TapeInfo.Run run)
    {
        json.startObject().number("runId", run.runId())
            .number("firstSequence", run.firstSequence())
            .number("lastSequence", run.lastSequence());
        if (run.startTimeNs().isPresent())
        {
            json.time("startTime", run.startTimeNs().getAsLong());
        }
        else
        {
            json.absent("startTime");
        }
        json.flag("closed", run.isClosed()).number("sizeBytes", run.sizeBytes()).startArray("files");
        for (final TapeInfo.File file : run.files())
        {
            json.startObject().number("file", file.number()).text("name", file.name())
                .text("state", file.state().text())
                .flag("sealed", file.state() == FileState.SEALED)
                .number("firstSequence", file.firstSequence())
                .number("lastSequence", file.lastSequence())
                .number("endOffset", file.endOffset())
                .number("lengthBytes", file.lengthBytes()).endObject();
        }
        json.endArray().endObject();
    }

    private static void frontier(final JsonOutput json, final String key, final Optional<Frontier> mark)
    {
        if (mark.isEmpty())
        {
            json.absent(key);
            return;
        }
        final Frontier found = mark.get();
        json.startObject(key).number("runId", found.runId()).number("lastSequence", found.lastSequence())
            .number("file", found.fileNumber()).number("endOffset", found.endOffset())
            .text("machineStart", found.machineStart().text()).endObject();
    }

    private void owner(final JsonOutput json)
    {
        if (info.owner().isEmpty())
        {
            json.absent("owner");
            return;
        }
        final TapeOwner owner = info.owner().get();
        json.startObject("owner").number("pid", owner.pid()).text("startedAt", owner.startedAt().toString())
            .endObject();
    }

    @Override
    public void writeText(final TextOutput text)
    {
        InfoText.write(this, text);
    }

    @Override
    public ExitCode exitCode()
    {
        final List<TapeInfo.Problem> problems = info.problems();
        return problems.isEmpty() ? ExitCode.FINE : exitCode(problems.get(0));
    }

    String status()
    {
        return info.problems().isEmpty() ? "ok" : exitCode().name().toLowerCase(Locale.ROOT);
    }

    OptionalLong firstSequence()
    {
        return info.runs().isEmpty() ? OptionalLong.empty() : info.runs().get(0).firstSequence();
    }

    OptionalLong lastSequence()
    {
        return info.runs().isEmpty() ? OptionalLong.empty() :
            info.runs().get(info.runs().size() - 1).lastSequence();
    }

    /** The tick as a decimal of the currency, or {@link Formats#NONE} if it is not known. */
    static String tick(final InstrumentDefinition instrument)
    {
        return instrument.tickSize() == 0 ? Formats.NONE :
            Formats.price(instrument.tickSize(), instrument.priceExponent());
    }

    /** The lot as a decimal of units, or {@link Formats#NONE} if it is not known. */
    static String lot(final InstrumentDefinition instrument)
    {
        return instrument.lotSize() == 0 ? Formats.NONE :
            Formats.quantity(instrument.lotSize(), instrument.quantityExponent());
    }

    static String kind(final SourceDefinition source)
    {
        return source.kind().name().toLowerCase(Locale.ROOT);
    }

    static String end(final TapeEnd end)
    {
        return end.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ExitCode exitCode(final TapeInfo.Problem problem)
    {
        return switch (problem.kind())
        {
            case GAP -> ExitCode.GAP;
            case UNREADABLE -> ExitCode.UNREADABLE;
            default -> ExitCode.DAMAGED;
        };
    }
}
