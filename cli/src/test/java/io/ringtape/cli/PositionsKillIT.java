package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.session.PacedRecording;
import io.ringtape.cli.session.PaperRecording;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a killed process held and had open at its venue, against sums over the own events of its tape. */
@Timeout(120)
final class PositionsKillIT
{
    private static final long LIMIT_NS = 60_000_000_000L;
    private static final Pattern HELD = Pattern.compile("\"instrument\":\"([^\"]+)\",\"position\":\"([^\"]+)\"");
    private static final Pattern OPEN = Pattern.compile("\"clientOrderId\":(\\d+),.*?\"quantity\":\"([^\"]+)\"");

    private final SortedMap<String, String> held = new TreeMap<>();
    private final SortedMap<Long, String> open = new TreeMap<>();
    private final Map<Long, Integer> instruments = new TreeMap<>();

    private final TestTapes tapes = new TestTapes(PositionsKillIT.class);

    @Test
    void shouldNameWhatAKilledProcessLeftOpenAndWhatItHeld() throws IOException, InterruptedException
    {
        recordAndKill();

        final CommandRun dead = CommandRun.of("positions", tapes.directory(), "--json");

        assertEquals(0, dead.exitCode(), dead.err());
        sum(Tape.open(tapes.directory()));
        assertEquals(held, found(HELD, dead.out()));
        assertEquals(open.toString(), found(OPEN, dead.out()).toString());
    }

    @Test
    void shouldWarnOfItOnceAndOfItsOpenOrdersToWhoIsTold() throws IOException, InterruptedException
    {
        recordAndKill();
        final long last = Tape.open(tapes.directory()).verify().lastSequence();
        final CommandRun dead = CommandRun.of("positions", tapes.directory(), "--json");
        final Path copy = tapes.directory().resolveSibling("copy");
        final Path positions = tapes.directory().resolveSibling("positions.json");
        final String file = positions.toString();
        assertEquals(0, CommandRun.of("positions", tapes.directory(), "--out", file).exitCode());
        // The made-up session is of a later day than the pairs, which is refused.
        Files.writeString(positions, Files.readString(positions).replaceFirst("\\d{4}-\\d\\d-\\d\\d", "2012-06-21"));
        assertEquals(0, CommandRun.of("repair", tapes.directory(), "--to", copy.toString()).exitCode());
        final String messages = LobsterPairs.write(Files.createDirectories(tapes.directory().resolveSibling("pairs")),
            2, (pair) -> 34_200 + pair + ".0", (pair) -> 34_200 + pair + ".5");

        final CommandRun flat = CommandRun.of("record", tapes.directory(), "--json", messages);
        final CommandRun again = CommandRun.of("record", tapes.directory(), "--json", messages);
        final CommandRun told = CommandRun.of("record", copy, "--json", "--positions", file, messages);

        assertEquals("ringtape: the run before was not closed, this one starts without its positions and open " +
            "orders, which may be at the venue still; ringtape positions --at-sequence " + last + " lists them, and " +
            "--out makes a file for record --positions: run=1\n", flat.err());
        assertEquals("", again.err());
        assertEquals("ringtape: the run before was not closed, this one starts without its open orders, which may " +
            "be at the venue still; ringtape positions --at-sequence " + last + " lists them: run=1\n",
            told.err().lines().findFirst().orElse("") + "\n");
        assertEquals(dead.out(), CommandRun.of("positions", tapes.directory(), "--json", "--at-sequence",
            Long.toString(last)).out());
        assertEquals(0, told.exitCode(), told.err());
    }

    private void recordAndKill() throws IOException, InterruptedException
    {
        final Process child = PacedRecording.start(PaperRecording.class, tapes.directory());
        try
        {
            PacedRecording.record(child, 30_000);
            awaitTraded(child, tapes);
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }
    }

    /** Until a position and an open order are on the tape of the process, which then waits for input. */
    private static void awaitTraded(final Process child, final TestTapes tapes)
    {
        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        String seen = "";
        while (!seen.contains("\"clientOrderId\"") || !Pattern.compile("\"position\":\"-?[1-9]").matcher(seen).find())
        {
            assertTrue(child.isAlive() && System.nanoTime() - deadlineNs < 0, seen);
            idle.idle();
            seen = CommandRun.of("positions", tapes.directory(), "--json").out();
        }
    }

    private void sum(final Tape tape)
    {
        final Map<Integer, Long> positions = new TreeMap<>();
        final Map<Long, Long> quantities = new TreeMap<>();
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = tape.read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    take(reader.event(i, event), positions, quantities);
                    tell(reader.definitions(), event, positions, quantities);
                }
            }
        }
    }

    private void take(
        final OrderBookEvent event, final Map<Integer, Long> positions, final Map<Long, Long> quantities)
    {
        final long id = event.orderId();
        switch (event.type())
        {
            case EventType.OWN_NEW ->
            {
                positions.putIfAbsent(event.instrumentId(), 0L);
                quantities.put(id, event.quantity());
                instruments.put(id, event.instrumentId());
            }
            case EventType.OWN_FILL ->
            {
                final long change = event.side() == Side.BID ? event.quantity() : -event.quantity();
                positions.merge(event.instrumentId(), change, Long::sum);
                quantities.computeIfPresent(id, (order, left) -> left == event.quantity() ? null :
                    Long.valueOf(left - event.quantity()));
            }
            case EventType.OWN_CANCELLED, EventType.OWN_REJECTED -> quantities.remove(id);
            default ->
            {
                // Changes neither.
            }
        }
    }

    private void tell(
        final Definitions definitions, final OrderBookEvent event, final Map<Integer, Long> positions,
        final Map<Long, Long> quantities)
    {
        if (event.type() >= EventType.OWN_NEW && event.type() <= EventType.OWN_CANCELLED)
        {
            positions.forEach((id, quantity) -> held.put(definitions.instrument(id).symbol(),
                Formats.quantity(quantity, definitions.instrument(id).quantityExponent())));
            open.clear();
            quantities.forEach((id, quantity) -> open.put(id, Formats.quantity(
                quantity, definitions.instrument(instruments.get(id)).quantityExponent())));
        }
    }

    private static SortedMap<String, String> found(final Pattern pattern, final String json)
    {
        return pattern.matcher(json).results().map((one) -> Map.entry(one.group(1), one.group(2)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> second, TreeMap::new));
    }
}
