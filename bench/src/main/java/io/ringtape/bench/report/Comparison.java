package io.ringtape.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringtape.bench.report.StoredResult.Ratio;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Two results side by side. Only ratios are compared, since times of two runs say what two moments of a machine were.
 * <p>
 * Thread safety: immutable.
 * Allocation: not for hot paths.
 */
public final class Comparison
{
    private static final List<String> HEADINGS =
        List.of("row", "ours beside", "goal", "A (95 %)", "B (95 %)", "change", "intervals");
    private static final List<String> WORDS =
        List.of("row", "ours beside", "goal", "A (95 %)", "B (95 %)", "intervals");

    private final StoredResult first;
    private final StoredResult second;
    private final List<Pair> pairs = new ArrayList<>();

    /**
     * Compares.
     *
     * @param first  A.
     * @param second B.
     */
    public Comparison(final StoredResult first, final StoredResult second)
    {
        this.first = first;
        this.second = second;
        first.ratios().forEach((ratio) -> pairs.add(new Pair(Optional.of(ratio), find(second, ratio))));
        second.ratios().stream().filter((ratio) -> find(first, ratio).isEmpty())
            .forEach((ratio) -> pairs.add(new Pair(Optional.empty(), Optional.of(ratio))));
    }

    private static Optional<Ratio> find(final StoredResult result, final Ratio like)
    {
        return result.ratios().stream()
            .filter((ratio) -> ratio.id().equals(like.id()) && ratio.peer().equals(like.peer())).findFirst();
    }

    /**
     * The comparison for a person.
     *
     * @return where both were measured, in what that differs, and a line for each row and peer; ends with a line feed.
     */
    public String text()
    {
        final List<List<String>> lines = new ArrayList<>();
        for (final Pair pair : pairs)
        {
            final Ratio any = pair.any();
            lines.add(List.of(any.id(), any.peer(), Numbers.goal(any.relation(), any.goal()),
                pair.a().map(Ratio::text).orElse(Numbers.NOTHING), pair.b().map(Ratio::text).orElse(Numbers.NOTHING),
                pair.hasChange() ? String.format(Locale.ROOT, "%+.1f %%", 100 * pair.change()) : Numbers.NOTHING,
                pair.judgement()));
        }
        final List<String> differing = differing();
        return origin("A", first) + origin("B", second) +
            (differing.isEmpty() ? "" : "differ    " + String.join(", ", differing) + "\n") + "\n" +
            TextTable.of(HEADINGS, WORDS, lines);
    }

    private static String origin(final String name, final StoredResult result)
    {
        return name + "         " + result.file() + ": " + result.date() + ", " + result.machine().jdk() + ", " +
            result.machine().text() + result.incomplete().map((part) -> ", incomplete: " + part).orElse("") + "\n";
    }

    /** What makes even ratios hard to compare. */
    private List<String> differing()
    {
        final List<String> differing = new ArrayList<>();
        if (first.machine().isOther(second.machine()))
        {
            differing.add("machine");
        }
        if (!first.machine().jdk().equals(second.machine().jdk()))
        {
            differing.add("jdk");
        }
        if (!first.machine().flags().equals(second.machine().flags()))
        {
            differing.add("flags");
        }
        if (first.isOfOtherPlan(second))
        {
            differing.add("plan");
        }
        return differing;
    }

    /**
     * The comparison as one JSON object on one line; what one of both does not have is null.
     *
     * @return the object.
     */
    public String json()
    {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text))
        {
            json.writeStartObject();
            writeOrigin(json, "a", first);
            writeOrigin(json, "b", second);
            json.writeArrayFieldStart("differ");
            for (final String what : differing())
            {
                json.writeString(what);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("rows");
            for (final Pair pair : pairs)
            {
                writePair(json, pair);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeOrigin(final JsonGenerator json, final String name, final StoredResult result)
        throws IOException
    {
        json.writeObjectFieldStart(name);
        json.writeStringField("file", result.file().toString());
        json.writeStringField("date", result.date());
        json.writeStringField("incomplete", result.incomplete().orElse(null));
        json.writeStringField("jdk", result.machine().jdk());
        json.writeStringField("machine", result.machine().text());
        json.writeEndObject();
    }

    private static void writePair(final JsonGenerator json, final Pair pair) throws IOException
    {
        json.writeStartObject();
        json.writeStringField("id", pair.any().id());
        json.writeStringField("peer", pair.any().peer());
        writeRatio(json, "A", pair.a());
        writeRatio(json, "B", pair.b());
        ReportJson.writeNumber(json, "change", pair.hasChange() ? pair.change() : Double.NaN);
        if (pair.isComparable())
        {
            json.writeBooleanField("overlap", pair.overlaps());
        }
        else
        {
            json.writeNullField("overlap");
        }
        json.writeStringField("judgement", pair.judgement());
        json.writeEndObject();
    }

    private static void writeRatio(final JsonGenerator json, final String suffix, final Optional<Ratio> ratio)
        throws IOException
    {
        ReportJson.writeNumber(json, "ratio" + suffix, ratio.map(Ratio::ratio).orElse(Double.NaN));
        ReportJson.writeNumber(json, "low" + suffix, ratio.map(Ratio::low).orElse(Double.NaN));
        ReportJson.writeNumber(json, "high" + suffix, ratio.map(Ratio::high).orElse(Double.NaN));
    }

    /** One row and peer in both. */
    private record Pair(Optional<Ratio> a, Optional<Ratio> b)
    {
        Ratio any()
        {
            return a.or(() -> b).orElseThrow();
        }

        boolean isComparable()
        {
            return a.filter(Ratio::isMeasured).isPresent() && b.filter(Ratio::isMeasured).isPresent();
        }

        /** Of what is 0 in A, as an allocation may be, there is no share. */
        boolean hasChange()
        {
            return isComparable() && a.orElseThrow().ratio() != 0;
        }

        /** How much larger the ratio of B is, 0.1 for a tenth; that of A is below 0 where a stage saves time. */
        double change()
        {
            return difference() / Math.abs(a.orElseThrow().ratio());
        }

        double difference()
        {
            return b.orElseThrow().ratio() - a.orElseThrow().ratio();
        }

        boolean overlaps()
        {
            return a.orElseThrow().low() <= b.orElseThrow().high() && b.orElseThrow().low() <= a.orElseThrow().high();
        }

        String judgement()
        {
            if (a.isEmpty() || b.isEmpty())
            {
                return a.isEmpty() ? "only in B" : "only in A";
            }
            if (!isComparable())
            {
                return "not measurable";
            }
            if (overlaps())
            {
                return "overlap";
            }
            return difference() > 0 == any().isMoreBetter() ? "apart, B better" : "apart, B worse";
        }
    }
}
