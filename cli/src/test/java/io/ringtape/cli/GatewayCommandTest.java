package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.capture.RealCaptures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code record --gateway}, from the command line to the tape and what reads it. */
@Timeout(120)
final class GatewayCommandTest
{
    private static final Path DIRECTORY = Path.of("target", "gateway-command");
    private static final Path TAPE = DIRECTORY.resolve("tape");

    @BeforeEach
    void clear() throws IOException
    {
        IoUtil.delete(DIRECTORY.toFile(), true);
        Files.createDirectories(DIRECTORY);
    }

    @Test
    void shouldTradeOnPaperTwiceTheSameAndReplayWhatTheVenueAnswered() throws IOException
    {
        final String capture = RealCaptures.find("lobster", "LOBSTER_SampleFile_AMZN_2012-06-21_1.zip").toString();
        final CommandRun first = record("--gateway", "simulated", "--json", capture);
        final CommandRun second = record("--gateway", "simulated", "--json", capture);
        final CommandRun replayed = CommandRun.of("replay", TAPE, "--json");

        assertEquals(0, first.exitCode(), first.err());
        assertEquals("", first.err());
        for (final String field : new String[] {"eventHash", "outputHash", "bookHash", "orders", "fills", "cancelled"})
        {
            assertEquals(field(first.out(), field), field(second.out(), field), field);
        }
        assertFalse(field(first.out(), "fills").equals("0"), first.out());
        for (final String state : new String[] {"queued", "published", "journaled", "sent"})
        {
            assertEquals(field(first.out(), "orders"), field(first.out(), state), state);
        }
        assertEquals("0", field(first.out(), "openAtEnd"));
        assertTrue(replayed.out().contains("\"matches\":true"), replayed.out());
        assertEquals(0, CommandRun.of("verify", TAPE).exitCode());
        assertEquals(0, CommandRun.of("info", TAPE).exitCode());
        final CommandRun latencies =
            CommandRun.of("latencies", TAPE, "--out", DIRECTORY.resolve("latencies.txt").toString());
        assertEquals(0, latencies.exitCode(), latencies.err());
        final CommandRun backtest = CommandRun.of("backtest", TAPE, "--json");
        assertEquals(0, backtest.exitCode(), backtest.err());
    }

    @Test
    void shouldSayWhatTheVenueAnswered() throws IOException
    {
        final String capture = RealCaptures.find("lobster", "LOBSTER_SampleFile_AMZN_2012-06-21_1.zip").toString();

        final CommandRun run = record("--gateway", "loopback", capture);

        assertTrue(Pattern.compile("\n +gateway +([1-9][0-9,]*) queued, \\1 published, \\1 journaled, \\1 sent\n")
            .matcher(run.out()).find(), run.out());
        assertTrue(Pattern.compile("\n +answers +[1-9][0-9,]* accepted, 0 fills, [1-9][0-9,]* cancelled, 0 rejected\n")
            .matcher(run.out()).find(), run.out());
    }

    @Test
    void shouldStopTheOrdersOfAGateway() throws IOException
    {
        final String capture = RealCaptures.find("lobster", "LOBSTER_SampleFile_AMZN_2012-06-21_1.zip").toString();
        record("--gateway", "loopback", capture);
        CommandRun.of("kill", TAPE);

        final CommandRun run = record("--gateway", "loopback", "--json", capture);

        assertTrue(run.out().contains("\"orders\":0,"), run.out());
    }

    @Test
    void shouldRefuseWhatDoesNotFitTogether()
    {
        assertRefused("--gateway must be one of none, loopback, simulated: --gateway=nasdaq", "--gateway", "nasdaq");
        assertRefused("--write-ahead must be one of off, journaled, durable: --write-ahead=yes",
            "--gateway", "loopback", "--write-ahead", "yes");
        assertRefused("--write-ahead needs a gateway: --write-ahead=journaled --gateway=none",
            "--write-ahead", "journaled");
        assertRefused("--gateway needs --on-tape-failure=halt, no order is to leave without a tape: " +
            "--gateway=loopback", "--gateway", "loopback", "--on-tape-failure", "go-on");
        assertRefused("--write-ahead=durable needs --durability, batch or an interval: --durability=page-cache",
            "--gateway", "loopback", "--write-ahead", "durable");
        assertRefused("--write-ahead=durable needs a --durability below 10 s, after which a lane that waits counts " +
            "as stalled: --durability=10000ms", "--gateway", "loopback", "--write-ahead", "durable", "--durability",
            "10000ms");
    }

    @Test
    void shouldNameADamagedSideFile() throws IOException
    {
        final String capture = RealCaptures.find("lobster", "LOBSTER_SampleFile_AMZN_2012-06-21_1.zip").toString();
        record("--gateway", "loopback", capture);
        final Path file = TAPE.resolve("gateway-side");
        final byte[] bytes = Files.readAllBytes(file);
        bytes[4096 + 20] ^= 1;
        Files.write(file, bytes);

        final CommandRun run = record(capture);

        assertEquals(2, run.exitCode());
        assertEquals("ringtape: side file of the gateway is damaged: file=" + file + " slot=1\n", run.err());
    }

    private static void assertRefused(final String message, final String... args)
    {
        final String[] all = new String[args.length + 1];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "none.csv";

        final CommandRun run = CommandRun.of("record", TAPE, all);

        assertEquals(64, run.exitCode());
        assertEquals("ringtape: " + message + "\n", run.err());
        assertFalse(Files.exists(TAPE));
    }

    private static CommandRun record(final String... args)
    {
        return CommandRun.of("record", TAPE, args);
    }

    private static String field(final String json, final String name)
    {
        final Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^,\"}]*)").matcher(json);
        assertTrue(matcher.find(), name + " in " + json);
        return matcher.group(1);
    }
}
