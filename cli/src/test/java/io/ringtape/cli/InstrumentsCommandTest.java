package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.capture.CaptureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tick, lot and multiplier that a user gives are on tape, and everything that checks or counts goes by them. */
@Timeout(60)
final class InstrumentsCommandTest
{
    private static final Path DIRECTORY = Path.of("target", "instruments-command");
    private static final Path TAPE = DIRECTORY.resolve("tape");
    private static final String FUTURE = "{\"tick\": 0.25, \"lot\": 1, \"multiplier\": 50}";
    private static final String ES = "{\"instruments\": {\"ESM4\": " + FUTURE + "}}";
    private static final String UNKNOWN = "tick size unknown, the check tick is off and the multiplier may be wrong, " +
        "see record --instruments: count=1 instruments=ESM4";
    private static final String TRADER = FuturesPair.Trader.class.getName();

    private String messages = "";

    @BeforeEach
    void clear() throws IOException
    {
        clean();
        Files.createDirectories(DIRECTORY);
        messages = FuturesPair.write(DIRECTORY, "ESM4");
    }

    @AfterEach
    void clean()
    {
        IoUtil.delete(DIRECTORY.toFile(), true);
    }

    @Test
    void shouldTradeByTickAndMultiplierOfTheTapeAndReplayWithoutTheFile() throws IOException
    {
        final String file = write("instruments", ES);

        final CommandRun recorded = record("--json", "--gateway", "simulated", "--instruments", file);
        Files.delete(Path.of(file));
        final CommandRun replayed = CommandRun.of("replay", TAPE, "--json", "--strategy", TRADER);
        final CommandRun positions = CommandRun.of("positions", TAPE, "--json");

        assertEquals("", recorded.err());
        assertTrue(recorded.out().contains("\"orders\":3,\"rejects\":1,"), recorded.out());
        assertTrue(recorded.out().contains("\"unknownTicks\":[],"), recorded.out());
        assertTrue(recorded.out().contains("\"realised\":\"-12.5\""), recorded.out());
        assertTrue(replayed.out().contains("\"matches\":true,\"trailer\":true"), replayed.out());
        assertEquals(0, replayed.exitCode(), replayed.err());
        assertTrue(positions.out().contains("\"realised\":\"-12.5\""), positions.out());
        assertTrue(CommandRun.of("dump", TAPE).out()
            .contains("check=tick value=5214000000001 limit=250000000"), "dump");
    }

    @Test
    void shouldSayThatNothingIsKnownWithoutTheFile()
    {
        final CommandRun recorded = record("--json", "--gateway", "simulated");
        final CommandRun text = record();

        assertEquals("", recorded.err());
        assertTrue(recorded.out().contains("\"orders\":4,\"rejects\":0,"), recorded.out());
        assertTrue(recorded.out().contains("\"unknownTicks\":[\"ESM4\"],"), recorded.out());
        assertTrue(recorded.out().contains("\"realised\":\"-0.25\""), recorded.out());
        assertEquals(UNKNOWN, text.out().lines().filter((line) -> line.startsWith("tick ")).findFirst().orElse(""));
    }

    @Test
    void shouldBacktestByTickAndMultiplierOfTheTape() throws IOException
    {
        record("--instruments", write("instruments", ES));
        final Path page = DIRECTORY.resolve("page.html");

        final CommandRun run = backtest("--fees",
            write("fees", "{\"instruments\": {\"*\": {\"maker-ppm\": 10, \"taker-ppm\": 10}}}"));
        final CommandRun text = CommandRun.of("backtest", TAPE, "--strategy", TRADER, "--out", page.toString());

        assertTrue(run.out().contains("\"realised\":\"-12.5\",\"unrealised\":\"0\",\"fees\":\"5.214125\"," +
            "\"maxDrawdown\":\"17.714125\",\"turnover\":\"521412.5\""), run.out());
        assertTrue(run.out().contains("\"pnl\":\"-17.714125\""), run.out());
        assertTrue(run.out().contains("\"rejectsByCheck\":{\"tick\":1}"), run.out());
        assertTrue(run.out().contains("\"unknownTicks\":[],"), run.out());
        assertFalse(text.out().contains("tick size unknown"), text.out());
        assertFalse(Files.readString(page).contains("tick size unknown"), "page");
    }

    @Test
    void shouldSayInABacktestThatNothingIsKnown() throws IOException
    {
        record();
        final Path page = DIRECTORY.resolve("page.html");

        final CommandRun json = backtest();
        final CommandRun text = CommandRun.of("backtest", TAPE, "--strategy", TRADER, "--out", page.toString());

        assertEquals("", json.err());
        assertTrue(json.out().contains("\"unknownTicks\":[\"ESM4\"],"), json.out());
        assertTrue(json.out().contains("\"realised\":\"-0.25\""), json.out());
        assertTrue(json.out().contains("\"rejectsByCheck\":{}"), json.out());
        assertTrue(text.out().contains("\n" + UNKNOWN + "\n"), text.out());
        assertTrue(Files.readString(page).contains("<b>Beware:</b> " + UNKNOWN + "</p>"), "page");
    }

    @ParameterizedTest
    @CsvSource({
        "max-notional, 260710, 1",
        "max-notional, 260712.5, 0",
        "open-notional, 260710, 1",
        "open-notional, 260712.5, 0",
        "daily-loss, 12.499999999, 1",
        "daily-loss, 12.5, 0"})
    void shouldHoldLimitsOfMoneyAgainstTheMultiplier(final String name, final String limit, final int rejects)
        throws IOException
    {
        record("--instruments", write("instruments", ES));
        final String limits = LimitsFiles.limits(1, 1_000, "ESM4")
            .replaceFirst("\"" + name + "\": 9000000000", "\"" + name + "\": " + limit);

        final CommandRun run = backtest("--limits", write("limits", limits));

        final String check = name.equals("open-notional") ? "account-notional" : name;
        final String rejected = rejects == 0 ? "\"rejectsByCheck\":{\"tick\":1}" : "\"" + check + "\":" + rejects;
        assertTrue(run.out().contains(rejected), run.out());
    }

    @Test
    void shouldRejectWhatIsNoLot() throws IOException
    {
        record("--instruments", write("instruments", ES.replace("\"lot\": 1", "\"lot\": 2")));

        final CommandRun run = backtest();

        assertTrue(run.out().contains("\"rejectsByCheck\":{\"lot\":3,\"tick\":1}"), run.out());
    }

    @Test
    void shouldShowWhatIsOnTape() throws IOException
    {
        final Path capture = Files.write(DIRECTORY.resolve("a.dbn"), CaptureFiles.dbn(0, 5, 1));
        final String file = write("instruments", "{\"instruments\": {\"*\": " + FUTURE.replace("50", "5000") + "}}");
        assertEquals("", CommandRun.of("record", TAPE, "--instruments", file, capture.toString()).err());

        final String json = CommandRun.of("info", TAPE, "--json").out();
        final String text = CommandRun.of("info", TAPE).out();

        assertTrue(json.contains("\"symbol\":\"ESM4\",\"bookKind\":\"MBO\",\"priceExponent\":-9," +
            "\"quantityExponent\":0,\"tickSize\":\"0.25\",\"lotSize\":\"1\",\"multiplier\":5000,"), json);
        assertTrue(text.contains("""
              instrument  kind  tick  lot  multiplier  id
              ESM4         mbo  0.25    1       5,000   0
            """), text);
    }

    @Test
    void shouldTellOfInstrumentsThatDidNotComeAndOfThoseThatAreLeftOut() throws IOException
    {
        final CommandRun recorded = record("--instruments", write("instruments", ES.replace("ESM4", "ESM5")));
        final CommandRun others = record("--instruments",
            write("instruments", "{\"instruments\": {\"*\": " + FUTURE + "}}"));

        assertEquals("ringtape: --instruments names instruments that did not come: count=1 instruments=ESM5; " +
            "--instruments leaves out instruments, whose tick size is unknown: count=1 instruments=ESM4\n",
            recorded.err());
        assertTrue(recorded.out().contains(UNKNOWN), recorded.out());
        assertFalse(others.out().contains("tick size unknown"), others.out());
    }

    @Test
    void shouldWarnOfARunThatCountsOtherwiseThanTheOneBefore() throws IOException
    {
        final String file = write("instruments", ES);

        final CommandRun first = record("--instruments", file);
        final CommandRun same = record("--instruments", file);
        final CommandRun other = record();
        final CommandRun replayed = CommandRun.of("replay", TAPE, "--json", "--strategy", TRADER);

        assertEquals("", first.err());
        assertEquals("", same.err());
        assertEquals("ringtape: tick, lot or multiplier are others than in the run before, see record " +
            "--instruments: count=1 instruments=ESM4\n", other.err());
        assertEquals(0, other.exitCode());
        assertTrue(replayed.out().contains("\"matches\":true,\"trailer\":true"), replayed.out());
    }

    @Test
    void shouldRefuseAFileThatIsWrong() throws IOException
    {
        assertRefused("unknown field: file=FILE instrument=ESM4 field=tik", ES.replace("\"tick\"", "\"tik\""));
        assertRefused("field is missing: file=FILE instrument=ESM4 field=multiplier",
            ES.replace(", \"multiplier\": 50", ""));
        assertRefused("field is missing: file=FILE instrument=ESM4 field=tick", ES.replace("\"tick\": 0.25, ", ""));
        assertRefused("field must be above 0: file=FILE instrument=ESM4 tick=-0.25", ES.replace("0.25", "-0.25"));
        assertRefused("field must be above 0: file=FILE instrument=ESM4 tick=0", ES.replace("0.25", "0"));
        assertRefused("field must be a number with at most 9 decimals that fits: file=FILE instrument=ESM4 " +
            "tick=0.0000000001", ES.replace("0.25", "0.0000000001"));
        assertRefused("field must be a number with at most 9 decimals that fits: file=FILE instrument=ESM4 " +
            "tick=a quarter", ES.replace("0.25", "\"a quarter\""));
        assertRefused("field must be 1 to 1000000000: file=FILE instrument=ESM4 multiplier=0", ES.replace("50", "0"));
        assertRefused("field must be a whole number from 1 to 1000000000: file=FILE instrument=ESM4 multiplier=0.5",
            ES.replace("50", "0.5"));
        assertRefused("field must be 1 to 1000000000: file=FILE instrument=ESM4 lot=0",
            ES.replace("\"lot\": 1", "\"lot\": 0"));
        assertRefused("field must not be empty: file=FILE instrument=ESM4 field=tick", ES.replace("0.25", "\"\""));
        assertRefused("unknown name: file=FILE name=instrument", ES.replace("instruments", "instrument"));
        assertRefused("instruments is missing: file=FILE", "{}");
        assertRefused("instruments.ESM4 must be an object: file=FILE", ES.replace(FUTURE, "50"));
        assertRefused("file must hold one JSON object: file=FILE", "[]");
        assertRefused("file is no JSON: file=FILE line=1 column=76 reason=Duplicate field 'ESM4'",
            "{\"instruments\": {\"ESM4\": " + FUTURE + ", \"ESM4\": " + FUTURE + "}}");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere()
    {
        final CommandRun run = record("--instruments", DIRECTORY.resolve("gone").toString());

        assertEquals("ringtape: file does not exist: file=" + DIRECTORY.resolve("gone") + "\n", run.err());
        assertEquals(66, run.exitCode());
        assertFalse(Files.exists(TAPE), "tape");
    }

    private void assertRefused(final String message, final String json) throws IOException
    {
        final String file = write("wrong", json);
        final CommandRun run = record("--instruments", file);

        assertEquals("ringtape: " + message.replace("FILE", file) + "\n", run.err());
        assertEquals(65, run.exitCode());
        assertEquals("", run.out());
        assertFalse(Files.exists(TAPE), "tape");
    }

    private CommandRun record(final String... more)
    {
        return CommandRun.of("record", TAPE, Stream.concat(Stream.of(more), Stream.of("--strategy", TRADER,
            messages)).toArray(String[]::new));
    }

    private static CommandRun backtest(final String... more)
    {
        return CommandRun.of("backtest", TAPE, Stream.concat(Stream.of(more), Stream.of("--json", "--latency-ns", "0",
            "--strategy", TRADER)).toArray(String[]::new));
    }

    private static String write(final String name, final String text) throws IOException
    {
        return Files.writeString(DIRECTORY.resolve(name), text).toString();
    }
}
