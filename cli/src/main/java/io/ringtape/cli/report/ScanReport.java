package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.nio.file.Path;

/**
 * What {@code replay --scan} read. Its JSON has the keys of a replay that scripts rely on; what only handlers know is
 * null.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal       directory of the tape.
 * @param events        all that were read, own ones included.
 * @param instruments   distinct ones, of all runs.
 * @param firstSequence -1 without events.
 * @param lastSequence  -1 without events.
 * @param orders        own orders on tape.
 * @param rejects       own orders on tape that risk rejected.
 * @param eventEnds     input events that ended a venue event.
 * @param eventHash     over the input events.
 * @param outputHash    over the own events.
 * @param cost          in time, room and memory.
 * @param notice        what was found wrong with the tape, empty if nothing was: a torn tail.
 */
public record ScanReport(
    Path journal, long events, int instruments, long firstSequence, long lastSequence, long orders, long rejects,
    long eventEnds, long eventHash, long outputHash, SessionCost cost, String notice)
    implements Report
{
    @Override
    public void writeJson(final JsonOutput json)
    {
        json.number("events", events)
            .number("instruments", instruments)
            .number("firstSequence", firstSequence)
            .number("lastSequence", lastSequence)
            .number("orders", orders)
            .number("rejects", rejects)
            .hash("eventHash", eventHash)
            .hash("outputHash", outputHash)
            .absent("bookHash")
            .absent("unknownOrders")
            .absent("liveOrders")
            .number("eventEnds", eventEnds)
            .absent("crossedEventEnds");
        cost.writeJson(json, events);
        json.absent("matches")
            .absent("trailer")
            .absent("firstDifference")
            .text("notice", notice)
            .text("journal", journal.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line("Scanned " + Formats.count(events, "event") + " of " +
            Formats.count(instruments, "instrument") + " in " + Formats.duration(cost.elapsedNs()) + ", " +
            Formats.count(cost.eventsPerSecond(events)) + " events/s; no handler ran");
        if (!notice.isEmpty())
        {
            text.line(notice);
        }
        text.pair("journal", journal.toString())
            .pair("sequences", events == 0 ? Formats.NONE :
                Formats.count(firstSequence) + " to " + Formats.count(lastSequence));
        cost.writeTape(text, "scanned");
        text.pair("own orders", Formats.count(orders) + " sent, " + Formats.count(rejects) + " rejected by risk")
            .pair("venue events", Formats.count(eventEnds) + " ended");
        cost.writeHeap(text);
        text.pair("event hash", Formats.hash(eventHash))
            .pair("output hash", Formats.hash(outputHash))
            .end();
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }
}
