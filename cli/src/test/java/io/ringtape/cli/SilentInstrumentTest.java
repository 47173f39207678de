package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A capture of one instrument, without heartbeats, that is silent for a while with orders open. */
@Timeout(60)
final class SilentInstrumentTest
{
    private static final Path DIRECTORY = Path.of("target", "silent-instrument");
    private static final Path TAPE = DIRECTORY.resolve("tape");
    private static final int PAIRS = 100;
    private static final int SILENCE_MS = 1_060;
    private static final String SILENCE_ENDS_NS = "1340285402550000000";
    /** An order each pair, and one more that rests on the other side. */
    private static final int ORDERS = PAIRS + 1;
    private static final int ORDERS_BEFORE = PAIRS / 2 + 1;
    private static final int CAUSE = 10;

    private String messages = "";

    @BeforeEach
    void clear() throws IOException
    {
        clean();
        Files.createDirectories(DIRECTORY);
        messages = LobsterPairs.write(
            DIRECTORY, PAIRS, (pair) -> time(addedAt(pair)), (pair) -> time(addedAt(pair) + 1));
    }

    @AfterEach
    void clean()
    {
        IoUtil.delete(DIRECTORY.toFile(), true);
    }

    @Test
    void shouldStopAtTheEventThatEndsTheSilence() throws IOException
    {
        final String limits = limits(SILENCE_MS - 1);

        final CommandRun recorded = record(limits);
        final CommandRun replayed = CommandRun.of("replay", TAPE, "--json", "--strategy", "MarketMaker");
        final CommandRun tested = backtest(limits);

        assertEquals(0, recorded.exitCode(), recorded.err());
        final List<String> events = events();
        final List<String> kills = events.stream().filter((line) -> line.contains(",control,")).toList();
        assertEquals(1, kills.size(), kills::toString);
        assertTrue(kills.get(0).endsWith(",kill all reason=stale instrument=TEST"), kills.get(0));
        // Its cause is the first event behind the silence; a line of the dump is the header.
        final int cause = Integer.parseInt(kills.get(0).split(",", -1)[CAUSE]);
        assertTrue(events.get(cause + 1).startsWith(cause + ",order-add," + SILENCE_ENDS_NS + ","),
            events.get(cause + 1));
        assertEquals(List.of(), events.subList(cause, events.size()).stream()
            .filter((line) -> line.contains(",own-new,")).toList());
        assertEquals(0, replayed.exitCode(), replayed.out());
        assertTrue(replayed.out().contains("\"matches\":true"), replayed.out());
        for (final CommandRun run : List.of(recorded, replayed, tested))
        {
            assertTrue(run.out().contains("\"orders\":" + ORDERS_BEFORE + ","), run.out());
            assertTrue(run.out().contains("\"rejectsByCheck\":{\"killed\":1}"), run.out());
        }
    }

    @Test
    void shouldGoOnBehindASilenceThatTheLimitsAllow() throws IOException
    {
        final String limits = limits(SILENCE_MS);

        final CommandRun recorded = record(limits);
        final CommandRun tested = backtest(limits);

        for (final CommandRun run : List.of(recorded, tested))
        {
            assertEquals(0, run.exitCode(), run.err());
            assertTrue(run.out().contains("\"orders\":" + ORDERS + ","), run.out());
            assertTrue(run.out().contains("\"rejectsByCheck\":{}"), run.out());
        }
    }

    private CommandRun record(final String limits)
    {
        return CommandRun.of("record", TAPE, "--json", "--strategy", "MarketMaker", "--limits", limits, messages);
    }

    private static CommandRun backtest(final String limits)
    {
        return CommandRun.of("backtest", TAPE, "--json", "--latency-ns", "0", "--limits", limits);
    }

    private static List<String> events()
    {
        final CommandRun dump = CommandRun.of("dump", TAPE, "--format", "csv");
        assertEquals(0, dump.exitCode(), dump.err());
        return dump.out().lines().toList();
    }

    private static String limits(final int staleMs) throws IOException
    {
        final String usual = LimitsFiles.limits(1, 1_000, "TEST");
        return write("limits-" + staleMs, usual.substring(0, usual.length() - 1) +
            ", \"kill-on\": [\"gap\", \"stale\"], \"stale-ms\": " + staleMs + "}");
    }

    /** In hundredths of a second: an event each 10 ms, and none for 1,060 ms in the middle. */
    private static int addedAt(final int pair)
    {
        return 2 * (pair - 1) + (pair <= PAIRS / 2 ? 50 : 155);
    }

    private static String time(final int centiseconds)
    {
        return String.format(Locale.ROOT, "%d.%02d", 34_200 + centiseconds / 100, centiseconds % 100);
    }

    private static String write(final String name, final String text) throws IOException
    {
        return Files.writeString(DIRECTORY.resolve(name), text).toString();
    }
}
