package io.ringtape.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringtape.bench.peer.Growth;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.rig.Costs;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Plan;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A report as one JSON object; what is not known is null.
 */
final class ReportJson
{
    private ReportJson()
    {
    }

    static String of(final Report report)
    {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text))
        {
            json.writeStartObject();
            json.writeStringField("date", report.date().toString());
            json.writeStringField("command", report.command());
            json.writeStringField("incomplete",
                report.measured().incomplete().isEmpty() ? null : report.measured().incomplete());
            writeMachine(json, report.machine());
            writePlan(json, report.plan());
            json.writeArrayFieldStart("rows");
            for (final Outcome outcome : report.outcomes())
            {
                writeOutcome(json, outcome);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("costs");
            for (final Costs costs : report.costs())
            {
                writeCosts(json, costs, report.percentiles(costs.row()));
            }
            json.writeEndArray();
            json.writeNumberField("droppedRounds", report.droppedRounds());
            json.writeEndObject();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeMachine(final JsonGenerator json, final Machine machine) throws IOException
    {
        json.writeStringField("jdk", machine.jdk());
        json.writeStringField("flags", String.join(" ", machine.flags()));
        json.writeObjectFieldStart("machine");
        json.writeStringField("processor", machine.processor());
        json.writeNumberField("processors", machine.processors());
        if (machine.memoryBytes() == Machine.UNKNOWN_BYTES)
        {
            json.writeNullField("memoryBytes");
        }
        else
        {
            json.writeNumberField("memoryBytes", machine.memoryBytes());
        }
        json.writeStringField("system", machine.system());
        json.writeStringField("fileSystem", machine.fileSystem());
        json.writeEndObject();
    }

    private static void writePlan(final JsonGenerator json, final Plan plan) throws IOException
    {
        json.writeObjectFieldStart("plan");
        json.writeNumberField("rounds", plan.rounds());
        json.writeNumberField("forks", plan.forks());
        json.writeNumberField("turnMs", plan.turnMs());
        json.writeNumberField("warmUpMs", plan.warmUpMs());
        json.writeNumberField("band", plan.band());
        json.writeNumberField("seed", plan.seed());
        json.writeEndObject();
    }

    private static void writeOutcome(final JsonGenerator json, final Outcome outcome) throws IOException
    {
        final Row row = outcome.row();
        json.writeStartObject();
        json.writeStringField("id", row.id());
        json.writeStringField("what", row.what());
        json.writeStringField("peer", outcome.peer().name());
        json.writeStringField("compared", outcome.measure().text());
        json.writeStringField("unit", outcome.measure().unit());
        writeNumber(json, "ours", outcome.ours());
        writeNumber(json, "theirs", outcome.theirs());
        writeNumber(json, "ratio", outcome.ratio().median());
        writeNumber(json, "low", outcome.ratio().low());
        writeNumber(json, "high", outcome.ratio().high());
        writeNumber(json, "goal", outcome.peer().goal());
        json.writeStringField("goalRelation", outcome.measure().relation());
        json.writeStringField("verdict", outcome.verdict().text());
        if (!outcome.reason().isEmpty())
        {
            json.writeStringField("reason", outcome.reason());
        }
        json.writeNumberField("keptRounds", outcome.kept());
        json.writeNumberField("droppedRounds", outcome.dropped());
        json.writeEndObject();
    }

    private static void writeCosts(
        final JsonGenerator json, final Costs costs, final List<Percentiles> percentiles) throws IOException
    {
        final Row row = costs.row();
        json.writeStartObject();
        json.writeStringField("id", row.id());
        json.writeStringField("unit", row.measure().unit());
        final Optional<Growth> growth = Growth.of(row);
        if (growth.isPresent())
        {
            json.writeStringField("family", growth.get().family());
            json.writeNumberField("size", growth.get().size());
            json.writeStringField("sizeUnit", growth.get().unit());
        }
        json.writeArrayFieldStart("peers");
        for (int i = 0; i < costs.perEvent().size(); i++)
        {
            json.writeStartObject();
            json.writeStringField("peer", costs.peer(i));
            writeNumber(json, "perEvent", costs.perEvent().get(i).median());
            writeNumber(json, "low", costs.perEvent().get(i).low());
            writeNumber(json, "high", costs.perEvent().get(i).high());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!percentiles.isEmpty())
        {
            json.writeObjectFieldStart("percentilesNs");
            for (final Percentiles of : percentiles)
            {
                json.writeObjectFieldStart(costs.peer(of.peer()));
                json.writeNumberField("p50", of.p50());
                json.writeNumberField("p90", of.p90());
                json.writeNumberField("p99", of.p99());
                json.writeNumberField("p99.9", of.p999());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** A number, null for none. */
    static void writeNumber(final JsonGenerator json, final String name, final double value)
        throws IOException
    {
        if (Double.isNaN(value))
        {
            json.writeNullField(name);
        }
        else
        {
            json.writeNumberField(name, value);
        }
    }
}
