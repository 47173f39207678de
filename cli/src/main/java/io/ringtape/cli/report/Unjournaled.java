package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.journal.MissingRange;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a recording used while its tape was away.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param ranges of sequences that are on no tape; none also where only the end of the run was lost.
 * @param cause  what failed first; empty if nothing did.
 */
public record Unjournaled(List<MissingRange> ranges, String cause)
{
    /** All is on tape. */
    public static final Unjournaled NOTHING = new Unjournaled(List.of(), "");

    /**
     * Makes the list its own.
     */
    public Unjournaled
    {
        ranges = List.copyOf(ranges);
    }

    /**
     * How many events are on no tape.
     *
     * @return 0 or more.
     */
    public long events()
    {
        return ranges.stream().mapToLong(MissingRange::count).sum();
    }

    void writeJson(final JsonOutput json)
    {
        json.number("unjournaledEvents", events()).startArray("unjournaled");
        writeRanges(json, ranges);
        json.endArray();
    }

    static void writeRanges(final JsonOutput json, final List<MissingRange> ranges)
    {
        for (final MissingRange range : ranges)
        {
            json.startObject().number("firstSequence", range.firstSequence())
                .number("lastSequence", range.lastSequence()).endObject();
        }
    }

    String warning()
    {
        return cause.isEmpty() ? "" : "THE TAPE IS INCOMPLETE: unjournaledEvents=" + events() + (ranges.isEmpty() ? "" :
            " sequences=" + ranges.stream().map(MissingRange::text).collect(Collectors.joining(","))) + ": " + cause;
    }

    ExitCode exitCode()
    {
        if (ranges.isEmpty())
        {
            return cause.isEmpty() ? ExitCode.FINE : ExitCode.IO_ERROR;
        }
        return ExitCode.GAP;
    }
}
