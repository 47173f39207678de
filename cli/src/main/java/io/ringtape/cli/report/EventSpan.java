package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.util.OptionalLong;

/**
 * From where to where events go, in sequences and in time.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param firstSequence    -1 without events.
 * @param lastSequence     -1 without events.
 * @param firstEventTimeNs the earliest; empty without events.
 * @param lastEventTimeNs  the latest; empty without events.
 */
public record EventSpan(
    long firstSequence, long lastSequence, OptionalLong firstEventTimeNs, OptionalLong lastEventTimeNs)
{
    /** Of no event. */
    public static final EventSpan NONE = new EventSpan(-1, -1, OptionalLong.empty(), OptionalLong.empty());

    void writeTimes(final JsonOutput json)
    {
        time(json, "firstEventTime", firstEventTimeNs);
        time(json, "lastEventTime", lastEventTimeNs);
    }

    void writeText(final TextOutput text)
    {
        text.pair("sequences", firstSequence < 0 ? Formats.NONE :
            Formats.count(firstSequence) + " to " + Formats.count(lastSequence));
        if (firstEventTimeNs.isPresent() && lastEventTimeNs.isPresent())
        {
            final long fromNs = firstEventTimeNs.getAsLong();
            final long toNs = lastEventTimeNs.getAsLong();
            text.pair("event times", Formats.time(fromNs) + " to " + Formats.time(toNs))
                .pair("", Formats.duration(toNs - fromNs));
        }
    }

    private static void time(final JsonOutput json, final String key, final OptionalLong timeNs)
    {
        if (timeNs.isPresent())
        {
            json.time(key, timeNs.getAsLong());
        }
        else
        {
            json.absent(key);
        }
    }
}
