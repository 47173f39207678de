package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.event.EventType;
import io.ringtape.risk.RiskCheck;
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
 * @param rejects        own orders that it, a gateway or a venue rejected.
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
        if (hasAnswers())
        {
            json.startObject("answers").number("accepted", accepted()).number("fills", fills())
                .number("cancelled", cancelled()).number("rejected", rejectedByVenue());
            json.endObject();
        }
    }

    /** Orders, answers and rejects; behind each whose they are. */
    void writeOrders(final TextOutput text, final String whose)
    {
        text.pair("own orders", Formats.count(orders) + " sent, " + Formats.count(rejects - rejectedByVenue()) +
            " rejected by risk" + whose);
        if (hasAnswers())
        {
            text.pair("answers", Formats.count(accepted()) + " accepted, " + Formats.count(fills(), "fill") + ", " +
                Formats.count(cancelled()) + " cancelled, " + Formats.count(rejectedByVenue()) + " rejected" +
                whose);
        }
        if (!rejectsByCheck.isEmpty())
        {
            text.pair("rejects by", CheckCount.text(rejectsByCheck) + whose);
        }
    }

    void writeTypes(final TextOutput text, final String whose)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final TypeCount type : byType)
        {
            rows.add(List.of(type.type(), Formats.count(type.count()), Formats.percent(type.count(), events)));
        }
        if (!rows.isEmpty())
        {
            text.heading("Events by type" + whose).table(List.of("type", "events", "share"), rows);
        }
    }

    /**
     * Own orders that a gateway's venue accepted.
     *
     * @return 0 or more.
     */
    public long accepted()
    {
        return count(EventType.OWN_ACCEPTED);
    }

    /**
     * Fills of own orders.
     *
     * @return 0 or more.
     */
    public long fills()
    {
        return count(EventType.OWN_FILL);
    }

    /**
     * Own orders that the venue says are gone before they were filled.
     *
     * @return 0 or more.
     */
    public long cancelled()
    {
        return count(EventType.OWN_CANCELLED);
    }

    /**
     * Own orders that passed the gate, and that a gateway or its venue rejected.
     *
     * @return 0 or more, part of {@link #rejects()}.
     */
    public long rejectedByVenue()
    {
        return rejectsByCheck.stream().filter((check) -> check.check().equals(RiskCheck.VENUE.text()) ||
            check.check().equals(RiskCheck.GATEWAY.text())).mapToLong(CheckCount::count).sum();
    }

    private boolean hasAnswers()
    {
        return accepted() + fills() + cancelled() + rejectedByVenue() > 0;
    }

    private long count(final int type)
    {
        final String name = EventType.name(type);
        return byType.stream().filter((each) -> each.type().equals(name)).mapToLong(TypeCount::count).sum();
    }
}
