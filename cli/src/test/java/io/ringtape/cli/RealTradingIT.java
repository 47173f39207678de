package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.capture.RealCaptures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The market maker over real captures, from the command line: its recording is replayed to the same orders, another
 * parameter makes a first difference, and a backtest writes the same page each time.
 */
@Timeout(300)
final class RealTradingIT
{
    private static final String MAKER = "MarketMaker";
    private static final Pattern DIFFERS = Pattern.compile("Differs: first at sequence=\\d+ handler=" + MAKER +
        " field=quantity recorded=2 replayed=3\n");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"lobster, LOBSTER_SampleFile_AMZN_2012-06-21_5.zip", "databento, orderbooks_mbo_2024-05-08*.dbn.zst"})
    void shouldTradeTheSameInARecordingAReplayAndABacktest(final String folder, final String name) throws IOException
    {
        final Path tape = directory.resolve("tape");
        final Path capture = RealCaptures.find(folder, name);
        final String parameters = parameters("two.json", 2);
        final String others = parameters("three.json", 3);

        final CommandRun recorded = CommandRun.of("record", tape, capture.toString(), "--strategy", MAKER, "--params",
            parameters, "--gateway", "simulated", "--json");
        final CommandRun replayed = CommandRun.of("replay", tape, "--strategy", MAKER, "--json");
        final CommandRun changed = CommandRun.of("replay", tape, "--strategy", MAKER, "--params", others);

        assertEquals(0, recorded.exitCode(), recorded.err());
        assertTrue(Long.parseLong(field(recorded, "orders")) > 0, recorded.out());
        assertEquals(0, replayed.exitCode(), replayed.out() + replayed.err());
        assertEquals("true", field(replayed, "matches"));
        assertEquals(field(recorded, "orders"), field(replayed, "orders"));
        assertEquals(field(recorded, "outputHash"), field(replayed, "outputHash"));
        assertEquals(5, changed.exitCode(), changed.err());
        assertTrue(DIFFERS.matcher(changed.out()).find(), changed.out());
        assertArrayEquals(page(tape, parameters, "a.html"), page(tape, parameters, "b.html"));
    }

    private byte[] page(final Path tape, final String parameters, final String name) throws IOException
    {
        final Path page = directory.resolve(name);
        final CommandRun run = CommandRun.of("backtest", tape, "--params", parameters, "--out", page.toString());
        assertEquals(0, run.exitCode(), run.err());
        return Files.readAllBytes(page);
    }

    private String parameters(final String name, final int lots) throws IOException
    {
        return Files.writeString(directory.resolve(name), "{\"lots\": " + lots + ", \"max-lots\": 20}").toString();
    }

    private static String field(final CommandRun run, final String name)
    {
        final Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(run.out());
        assertTrue(matcher.find(), name + " in " + run.out());
        return matcher.group(1);
    }
}
