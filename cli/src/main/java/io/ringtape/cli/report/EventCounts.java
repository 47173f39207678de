package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * How many events passed the handlers, and of which kind.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param events         all of the run, own ones included.
 * @param byType         how many of each type, see {@link TypeCount#of}.
 * @param instruments    distinct ones, of all runs.
 * @param orders         own orders that passed the risk gate.
 * @param rejects        own orders that it rejected.
 * @param rejectsByCheck how many each check rejected, see {@link CheckCount#of}.
 */
public record EventCounts(
    long events, List<TypeCount> byType, int instruments, long orders, long rejects, List<CheckCount> rejectsByCheck)
{
    /**
     * Makes the lists its own.
     */
    public EventCounts
    {
        byType = List.copyOf(byType);
        rejectsByCheck = List.copyOf(rejectsByCheck);
    }

    void writeTypes(final JsonOutput json)
    {
        json.startObject("eventsByType");
        for (final TypeCount type : byType)
        {
            json.number(type.type(), type.count());
        }
        json.endObject();
        CheckCount.writeJson(json, rejectsByCheck);
    }

    void writeOrders(final TextOutput text)
    {
        text.pair("own orders", Formats.count(orders) + " sent, " + Formats.count(rejects) + " rejected by risk");
        if (!rejectsByCheck.isEmpty())
        {
            text.pair("rejects by", CheckCount.text(rejectsByCheck));
        }
    }

    void writeTypes(final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final TypeCount type : byType)
        {
            rows.add(List.of(type.type(), Formats.count(type.count()), Formats.percent(type.count(), events)));
        }
        if (!rows.isEmpty())
        {
            text.heading("Events by type").table(List.of("type", "events", "share"), rows);
        }
    }
}
