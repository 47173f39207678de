package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;

/**
 * What a session took: time, room on tape, and memory.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param elapsedNs    from the first event to the last.
 * @param journalBytes of the files that hold the events that were recorded or read, each up to the end of its last
 *                     document; so it is the same of a run that was recorded, and of a replay of that run alone.
 * @param tapeBytes    of all files of the tape, those of other runs and those beside the events among them.
 * @param maxHeapBytes the largest heap in use.
 */
public record SessionCost(long elapsedNs, long journalBytes, long tapeBytes, long maxHeapBytes)
{
    /**
     * The rate.
     *
     * @param events in the time.
     * @return events a second, rounded.
     */
    public long eventsPerSecond(final long events)
    {
        return Formats.perSecond(events, elapsedNs);
    }

    void writeJson(final JsonOutput json, final long events)
    {
        json.seconds("seconds", elapsedNs)
            .number("eventsPerSecond", eventsPerSecond(events))
            .number("journalBytes", journalBytes)
            .number("maxHeapBytes", maxHeapBytes)
            .number("tapeBytes", tapeBytes);
    }

    /** Says what was done with the bytes, for example {@code recorded}, so that nobody takes them for the tape's. */
    void writeTape(final TextOutput text, final String done)
    {
        text.pair("tape", Formats.bytes(journalBytes) + " " + done + ", " + Formats.bytes(tapeBytes) + " in all");
    }

    void writeHeap(final TextOutput text)
    {
        text.pair("largest heap", Formats.bytes(maxHeapBytes));
    }
}
