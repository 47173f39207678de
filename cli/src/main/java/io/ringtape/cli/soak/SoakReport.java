package io.ringtape.cli.soak;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.cli.report.Report;
import java.time.LocalDate;
import java.util.List;

/**
 * What became of a soak.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param seed      of all that was chosen.
 * @param totals    what happened on the way.
 * @param rows      what each handler got.
 * @param broken    promises that were not kept, one line each; empty if all were.
 * @param elapsedNs from the first event to the close, without the look at the tape.
 * @param setting   where and when it ran.
 * @param stopped   whether it was asked to stop before its end.
 */
public record SoakReport(
    long seed, Totals totals, List<Row> rows, List<String> broken, long elapsedNs, Setting setting, boolean stopped)
    implements Report
{
    /**
     * Where and when it ran.
     *
     * @param jdk  that ran it.
     * @param date of the run.
     */
    public record Setting(String jdk, LocalDate date)
    {
    }

    /**
     * What happened on the way.
     *
     * @param published   events on the ring.
     * @param fromInboxes of them, handed over by other threads.
     * @param tapeBytes   that the tape takes.
     * @param joined      lanes that were attached.
     * @param handlers    that a running lane took over, so that they were of its own.
     * @param left        lanes and handlers that did when they were asked to.
     * @param faults      that handlers were made to have.
     */
    public record Totals(
        long published, long fromInboxes, long tapeBytes, long joined, long handlers, long left, long faults)
    {
    }

    /**
     * What a handler got.
     *
     * @param handler       lane and name; late ones together by where they started.
     * @param policy        of the lane: overflow, then fault.
     * @param lanes         that the row is of; of handlers that join a lane, how many they are.
     * @param counts        of events.
     * @param evictions     how often the ring went on without the lane.
     * @param spills        how often the lane went on from the tape; it may be evicted again while it is there.
     * @param longestWaitNs of the writer on a full ring while this lane was the furthest behind.
     */
    public record Row(
        String handler, String policy, int lanes, SoakCounts counts, long evictions, long spills, long longestWaitNs)
    {
    }

    /**
     * Copies the lists.
     */
    public SoakReport
    {
        rows = List.copyOf(rows);
        broken = List.copyOf(broken);
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.number("seed", seed).number("events", totals.published()).number("fromInboxes", totals.fromInboxes())
            .seconds("seconds", elapsedNs)
            .number("eventsPerSecond", Formats.perSecond(totals.published(), elapsedNs))
            .number("tapeBytes", totals.tapeBytes()).number("joined", totals.joined())
            .number("handlersJoined", totals.handlers()).number("left", totals.left())
            .number("faults", totals.faults()).text("jdk", setting.jdk()).text("date", setting.date().toString())
            .flag("stopped", stopped).startArray("handlers");
        for (final Row row : rows)
        {
            final SoakCounts counts = row.counts();
            json.startObject().text("handler", row.handler()).text("policy", row.policy()).number("lanes", row.lanes())
                .number("delivered", counts.delivered()).number("missing", counts.missing())
                .number("repeated", counts.repeated()).number("outOfOrder", counts.outOfOrder())
                .number("torn", counts.torn()).number("shed", counts.shed()).number("conflated", counts.conflated())
                .number("evictions", row.evictions()).number("spills", row.spills())
                .number("longestWriterWaitNs", row.longestWaitNs()).endObject();
        }
        json.endArray().startArray("broken");
        for (final String line : broken)
        {
            json.element(line);
        }
        json.endArray();
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.table(List.of("handler", "policy", "lanes", "delivered", "missing", "repeated", "out of order", "torn",
            "shed", "conflated", "evictions", "spills", "writer wait"), rows.stream().map(SoakReport::cells).toList());
        text.line(Formats.count(totals.published(), "event") + " in " + Formats.duration(elapsedNs) + ", " +
            Formats.rate(Formats.perSecond(totals.published(), elapsedNs)) + ", " +
            Formats.count(totals.fromInboxes()) + " of them through inboxes; tape " +
            Formats.bytes(totals.tapeBytes()) + "; " + Formats.count(totals.joined(), "lane") + " joined, " +
            Formats.count(totals.handlers(), "handler") + " a running one, " +
            Formats.count(totals.left()) + " left, " + Formats.count(totals.faults(), "fault") + " of handlers.");
        for (final String line : broken)
        {
            text.line("broken: " + line);
        }
        text.line((broken.isEmpty() ? "Every promise was kept" : "Promises were broken") + ", seed " + seed + ", JDK " +
            setting.jdk() + ", " + setting.date() + (stopped ? ", stopped before its end." : ".")).end();
    }

    private static List<String> cells(final Row row)
    {
        final SoakCounts counts = row.counts();
        return List.of(row.handler(), row.policy(), Integer.toString(row.lanes()), Formats.count(counts.delivered()),
            Formats.count(counts.missing()), Formats.count(counts.repeated()), Formats.count(counts.outOfOrder()),
            Formats.count(counts.torn()), Formats.count(counts.shed()), Formats.count(counts.conflated()),
            Formats.count(row.evictions()), Formats.count(row.spills()), Formats.duration(row.longestWaitNs()));
    }

    @Override
    public ExitCode exitCode()
    {
        return broken.isEmpty() ? ExitCode.FINE : ExitCode.OUTPUTS_DIFFER;
    }
}
