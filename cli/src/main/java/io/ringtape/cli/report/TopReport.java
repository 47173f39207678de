package io.ringtape.cli.report;

import io.ringtape.bus.BusCounter;
import io.ringtape.bus.BusCounter.Scope;
import io.ringtape.bus.CounterSnapshot;
import io.ringtape.bus.CounterSnapshot.Group;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.journal.CountersReading;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a bus counted when it was looked at.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal directory of the tape that it records onto.
 * @param reading what it said.
 * @param nowNs   when it was looked at, ns since the epoch, UTC.
 * @param before  what it said at the look before; empty if there was none.
 */
public record TopReport(Path journal, CountersReading reading, long nowNs, Optional<CountersReading> before)
    implements Report
{
    // These stand elsewhere in the object, or as words.
    private static final Set<BusCounter> NOT_AS_NUMBERS = Set.of(BusCounter.LOOKS, BusCounter.TIME, BusCounter.STATE,
        BusCounter.LANE_POLICY, BusCounter.LANE_FAULT_POLICY, BusCounter.LANE_STATE, BusCounter.GATEWAY_SAFE_MODE);

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.text("status", status())
            .number("pid", reading.pid())
            .text("startedAt", reading.startedAt().toString())
            .number("runId", reading.runId())
            .time("asOf", asOfNs())
            .seconds("ageSeconds", ageNs())
            .seconds("uptimeSeconds", uptimeNs())
            .flag("whole", reading.isWhole())
            .number("eventsPerSecond", eventsPerSecond());
        json.startObject("bus").text("state", lower(snapshot().busState()));
        numbers(json, snapshot().bus());
        json.endObject();
        named(json, "lanes", snapshot().lanes(), (lane) ->
            json.text("policy", lower(CounterSnapshot.policy(lane)))
                .text("faultPolicy", lower(CounterSnapshot.faultPolicy(lane)))
                .text("state", lower(CounterSnapshot.laneState(lane))));
        named(json, "inboxes", snapshot().inboxes(), (inbox) ->
        {
            // Numbers are all there is.
        });
        named(json, "gateways", snapshot().gateways(), (gateway) -> json.flag("safeMode", isInSafeMode(gateway)));
        json.startArray("frontiers");
        for (final Group frontier : snapshot().frontiers())
        {
            json.startObject().text("name", frontier.name());
            numbers(json, frontier);
            json.number("lag", lag(frontier)).endObject();
        }
        json.endArray().text("journal", journal.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        TopText.write(this, text);
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }

    CounterSnapshot snapshot()
    {
        return reading.snapshot();
    }

    /**
     * How the bus ended, or whether it lives.
     *
     * @return {@code closed} or {@code halted} where the bus said so, else {@code alive} or {@code dead}.
     */
    String status()
    {
        return switch (snapshot().busState())
        {
            case "CLOSED" -> "closed";
            case "HALTED" -> "halted";
            default -> reading.isAlive() ? "alive" : "dead";
        };
    }

    long asOfNs()
    {
        return snapshot().bus().get(BusCounter.TIME);
    }

    long ageNs()
    {
        return Math.max(0L, nowNs - asOfNs());
    }

    long uptimeNs()
    {
        return Math.max(0L, asOfNs() - reading.createdNs());
    }

    long cursor()
    {
        return snapshot().bus().get(BusCounter.CURSOR);
    }

    long lag(final Group frontier)
    {
        return Math.max(0L, cursor() - frontier.get(BusCounter.FRONTIER_SEQUENCE));
    }

    /**
     * The rate since the look before, if that was of the same process and run and an earlier copy; else since the
     * start.
     */
    long eventsPerSecond()
    {
        final Optional<CountersReading> base = base();
        return base.isEmpty() ? Formats.perSecond(published(reading), uptimeNs()) :
            Formats.perSecond(published(reading) - published(base.get()),
                asOfNs() - base.get().snapshot().bus().get(BusCounter.TIME));
    }

    boolean isRateOfLook()
    {
        return base().isPresent();
    }

    static boolean isInSafeMode(final Group gateway)
    {
        return gateway.get(BusCounter.GATEWAY_SAFE_MODE) != 0;
    }

    static String lower(final String word)
    {
        return word.toLowerCase(Locale.ROOT);
    }

    private Optional<CountersReading> base()
    {
        return before.filter((earlier) -> earlier.pid() == reading.pid() && earlier.runId() == reading.runId());
    }

    private static long published(final CountersReading of)
    {
        return of.snapshot().bus().get(BusCounter.PUBLISHED);
    }

    private static void named(
        final JsonOutput json, final String key, final List<Group> groups, final Consumer<Group> words)
    {
        json.startArray(key);
        for (final Group group : groups)
        {
            json.startObject().text("name", group.name());
            words.accept(group);
            numbers(json, group);
            json.endObject();
        }
        json.endArray();
    }

    private static void numbers(final JsonOutput json, final Group group)
    {
        final Scope scope = group.scope();
        for (final BusCounter counter : BusCounter.values())
        {
            if (counter.scope() == scope && !NOT_AS_NUMBERS.contains(counter))
            {
                json.number(counter.field(), group.get(counter));
            }
        }
    }
}
