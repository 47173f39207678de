package io.ringtape.cli.report;

import io.ringtape.bus.BusCounter;
import io.ringtape.bus.CounterSnapshot;
import io.ringtape.bus.CounterSnapshot.Group;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.journal.CountersReading;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what a bus counted for a person. Names come from a file that anybody may have written: what a terminal would
 * take for a command does not get there.
 */
final class TopText
{
    private static final int MOST_NAME = 40;
    private static final List<BusCounter> LANE = List.of(BusCounter.LANE_SEQUENCE, BusCounter.LANE_LAG,
        BusCounter.LANE_SHED, BusCounter.LANE_CONFLATED, BusCounter.LANE_SPILLS, BusCounter.LANE_EVICTIONS,
        BusCounter.LANE_SKIPPED, BusCounter.LANE_FAULTS, BusCounter.LANE_STALLS);
    private static final List<BusCounter> INBOX = List.of(BusCounter.INBOX_DEPTH, BusCounter.INBOX_CAPACITY,
        BusCounter.INBOX_FULL, BusCounter.INBOX_WAITS, BusCounter.INBOX_REFUSED);

    private static final List<BusCounter> GATEWAY = List.of(BusCounter.GATEWAY_WAITING, BusCounter.GATEWAY_SENT,
        BusCounter.GATEWAY_HELD_BACK, BusCounter.GATEWAY_OPEN, BusCounter.GATEWAY_ACCEPTS, BusCounter.GATEWAY_FILLS,
        BusCounter.GATEWAY_REJECTS, BusCounter.GATEWAY_CANCELS, BusCounter.GATEWAY_CANCEL_RETRIES,
        BusCounter.GATEWAY_CANCELLED, BusCounter.GATEWAY_UNJOURNALED);

    private TopText()
    {
    }

    static void write(final TopReport report, final TextOutput text)
    {
        final CountersReading reading = report.reading();
        final Group bus = report.snapshot().bus();
        text.line("Bus " + report.status() + ": pid " + reading.pid() + ", run " + reading.runId() + ", " +
            TopReport.lower(report.snapshot().busState()) + ", up " + Formats.duration(report.uptimeNs()));
        text.pair("as of", Formats.time(report.asOfNs()) + ", " + Formats.duration(report.ageNs()) + " ago" +
            (reading.isWhole() ? "" : ", in the middle of a copy"))
            .pair("cursor", Formats.count(report.cursor()))
            .pair("published", Formats.count(bus.get(BusCounter.PUBLISHED), "event") + ", " +
                Formats.rate(report.eventsPerSecond()) + (report.isRateOfLook() ? "" : " on average"))
            .pair("refused", Formats.count(bus.get(BusCounter.REFUSED)))
            .pair("waits", Formats.count(bus.get(BusCounter.WAITS)))
            .pair("voids", Formats.count(bus.get(BusCounter.VOIDS)))
            .pair("joins", Formats.count(bus.get(BusCounter.JOINS)))
            .pair("ring", Formats.count(bus.get(BusCounter.CAPACITY), "slot"))
            .pair("journal", report.journal().toString());
        lanes(report, text);
        inboxes(report.snapshot().inboxes(), text);
        gateways(report.snapshot().gateways(), text);
        frontiers(report, text);
        text.end();
    }

    private static void lanes(final TopReport report, final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final Group lane : report.snapshot().lanes())
        {
            final List<String> row = new ArrayList<>(List.of(printable(lane.name()),
                TopReport.lower(CounterSnapshot.policy(lane)), TopReport.lower(CounterSnapshot.faultPolicy(lane)),
                TopReport.lower(CounterSnapshot.laneState(lane))));
            row.addAll(counts(lane, LANE));
            rows.add(row);
        }
        text.heading("Lanes").table(header(List.of("lane", "policy", "on fault", "state"), LANE), rows);
        final long uncounted = report.snapshot().bus().get(BusCounter.UNCOUNTED);
        if (uncounted > 0)
        {
            text.line("  and " + Formats.count(uncounted) + " for which there are no counters left");
        }
    }

    private static void inboxes(final List<Group> inboxes, final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final Group inbox : inboxes)
        {
            final List<String> row = new ArrayList<>(List.of(printable(inbox.name())));
            row.addAll(counts(inbox, INBOX));
            rows.add(row);
        }
        if (!rows.isEmpty())
        {
            text.heading("Inboxes").table(header(List.of("inbox"), INBOX), rows);
        }
    }

    private static void gateways(final List<Group> gateways, final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final Group gateway : gateways)
        {
            final List<String> row = new ArrayList<>(
                List.of(printable(gateway.name()), TopReport.isInSafeMode(gateway) ? "on" : "off"));
            row.addAll(counts(gateway, GATEWAY));
            rows.add(row);
        }
        if (!rows.isEmpty())
        {
            text.heading("Gateways").table(header(List.of("gateway", "safe mode"), GATEWAY), rows);
        }
    }

    private static void frontiers(final TopReport report, final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("published", Formats.count(report.cursor()), "0"));
        for (final Group frontier : report.snapshot().frontiers())
        {
            rows.add(List.of(printable(frontier.name()),
                Formats.count(frontier.get(BusCounter.FRONTIER_SEQUENCE)), Formats.count(report.lag(frontier))));
        }
        text.heading("Frontiers").table(List.of("frontier", "sequence", "lag"), rows);
    }

    private static List<String> header(final List<String> words, final List<BusCounter> counters)
    {
        final List<String> header = new ArrayList<>(words);
        counters.forEach((counter) -> header.add(counter.field()));
        return header;
    }

    private static List<String> counts(final Group group, final List<BusCounter> counters)
    {
        return counters.stream().map((counter) -> Formats.count(group.get(counter))).toList();
    }

    private static String printable(final String name)
    {
        final String shown = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\x80-\\x9f]", "?");
        return shown.length() <= MOST_NAME ? shown : shown.substring(0, MOST_NAME - 1) + "~";
    }
}
