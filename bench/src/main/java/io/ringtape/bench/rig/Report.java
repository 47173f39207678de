package io.ringtape.bench.rig;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringtape.bench.peer.Measure;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the rounds print: a table for a person, or one JSON object.
 * <p>
 * Thread safety: immutable.
 * Allocation: not for hot paths.
 *
 * @param plan     of the run.
 * @param machine  that it ran on.
 * @param outcomes of all rows.
 */
public record Report(Plan plan, Machine machine, List<Outcome> outcomes)
{
    private static final String NOTHING = "-";
    private static final String AMOUNT = "%.1f";
    private static final String RATIO = "%.2f";
    private static final String BETWEEN_COLUMNS = "  ";
    private static final List<String> HEADINGS = List.of("row", "ours beside", "ours", "peer", "unit",
        "compared", "ratio", "low", "high", "goal", "verdict", "kept/dropped");
    /** Columns of words; the others hold numbers and stand to the right. */
    private static final List<String> WORDS = List.of("row", "ours beside", "unit", "compared", "verdict");

    /**
     * What was measured where, with which flags.
     *
     * @return lines that end with a line feed.
     */
    public String heading()
    {
        return "machine   " + machine.processor() + ", " + machine.processors() + " processors, " +
            machine.system() + ", " + machine.jdk() + "\n" +
            "flags     " + String.join(" ", machine.flags()) + "\n" +
            "plan      rounds=" + plan.rounds() + " forks=" + plan.forks() + " turnMs=" + plan.turnMs() +
            " warmUpMs=" + plan.warmUpMs() + " band=" + plan.band() + "\n\n";
    }

    /**
     * The table, one line an outcome.
     *
     * @return lines that end with a line feed.
     */
    public String table()
    {
        final List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        for (final Outcome outcome : outcomes)
        {
            final Statistics.Interval ratio = outcome.ratio();
            final Measure measure = outcome.measure();
            lines.add(List.of(outcome.row().id(), outcome.peer().name(),
                number(outcome.ours(), AMOUNT), number(outcome.theirs(), AMOUNT), measure.unit(), measure.text(),
                number(ratio.median(), RATIO), number(ratio.low(), RATIO), number(ratio.high(), RATIO),
                goal(measure, outcome.peer().goal()), outcome.verdict().text(),
                outcome.kept() + "/" + outcome.dropped()));
        }
        final StringBuilder table = new StringBuilder();
        for (final List<String> line : lines)
        {
            final StringBuilder padded = new StringBuilder();
            for (int column = 0; column < line.size(); column++)
            {
                final int at = column;
                final int width = lines.stream().mapToInt((other) -> other.get(at).length()).max().orElse(0);
                final String text = line.get(column);
                final String space = " ".repeat(width - text.length());
                final boolean isWords = WORDS.contains(HEADINGS.get(column));
                padded.append(isWords ? text + space : space + text).append(BETWEEN_COLUMNS);
            }
            table.append(padded.toString().stripTrailing()).append('\n');
        }
        return table + reasons();
    }

    /**
     * Everything as one JSON object on one line.
     *
     * @return the object.
     */
    public String json()
    {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text))
        {
            json.writeStartObject();
            writeMachine(json);
            writePlan(json);
            json.writeArrayFieldStart("rows");
            for (final Outcome outcome : outcomes)
            {
                writeOutcome(json, outcome);
            }
            json.writeEndArray();
            json.writeNumberField("droppedRounds", droppedRounds());
            json.writeEndObject();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Rounds of all rows in which the machine was not as usual.
     *
     * @return 0 or more.
     */
    public int droppedRounds()
    {
        return outcomes.stream()
            .collect(Collectors.toMap((outcome) -> outcome.row().id(), Outcome::dropped, Math::max))
            .values().stream().mapToInt(Integer::intValue).sum();
    }

    private String reasons()
    {
        return outcomes.stream()
            .filter((outcome) -> !outcome.reason().isEmpty())
            .map((outcome) -> outcome.row().id() + " is not measurable here: " + outcome.reason() + '\n')
            .distinct()
            .collect(Collectors.joining());
    }

    private void writeMachine(final JsonGenerator json) throws IOException
    {
        json.writeObjectFieldStart("machine");
        json.writeStringField("processor", machine.processor());
        json.writeNumberField("processors", machine.processors());
        json.writeStringField("system", machine.system());
        json.writeStringField("jdk", machine.jdk());
        json.writeStringField("flags", String.join(" ", machine.flags()));
        json.writeEndObject();
    }

    private void writePlan(final JsonGenerator json) throws IOException
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
        json.writeStartObject();
        json.writeStringField("id", outcome.row().id());
        json.writeStringField("what", outcome.row().what());
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

    private static String goal(final Measure measure, final double goal)
    {
        return Double.isNaN(goal) ? NOTHING : measure.relation() + " " + number(goal, RATIO);
    }

    private static String number(final double value, final String pattern)
    {
        return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, pattern, value);
    }
}
