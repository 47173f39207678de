package io.ringtape.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Plan;
import io.ringtape.bench.rig.Statistics;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
            writeMachine(json, report.machine());
            writePlan(json, report.plan());
            json.writeArrayFieldStart("rows");
            for (final Outcome outcome : report.outcomes())
            {
                writeOutcome(json, outcome);
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
        json.writeStringField("system", machine.system());
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
        json.writeStringField("compared", row.measure().text());
        json.writeStringField("unit", row.measure().unit());
        writeInterval(json, "ours", "oursLow", "oursHigh", outcome.ours());
        writeInterval(json, "theirs", "theirsLow", "theirsHigh", outcome.theirs());
        writeInterval(json, "ratio", "low", "high", outcome.ratio());
        writeNumber(json, "goal", outcome.peer().goal());
        json.writeStringField("goalRelation", row.measure().relation());
        json.writeStringField("verdict", outcome.verdict().text());
        json.writeNumberField("keptRounds", outcome.kept());
        json.writeNumberField("droppedRounds", outcome.dropped());
        final Optional<Row.Growth> growth = row.growth();
        if (growth.isPresent())
        {
            json.writeStringField("family", growth.get().family());
            json.writeNumberField("size", growth.get().size());
            json.writeStringField("sizeUnit", growth.get().unit());
        }
        json.writeEndObject();
    }

    private static void writeInterval(final JsonGenerator json, final String median, final String low,
        final String high, final Statistics.Interval interval) throws IOException
    {
        writeNumber(json, median, interval.median());
        writeNumber(json, low, interval.low());
        writeNumber(json, high, interval.high());
    }

    private static void writeNumber(final JsonGenerator json, final String name, final double value)
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
