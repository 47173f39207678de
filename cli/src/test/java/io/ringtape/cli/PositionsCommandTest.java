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
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run holds, from its tape; and the run that goes on with it. */
@Timeout(120)
final class PositionsCommandTest
{
    private static final Path DIRECTORY = Path.of("target", "positions-command");
    private static final Path TAPE = DIRECTORY.resolve("tape");
    private static final Path FILE = DIRECTORY.resolve("positions.json");
    private static final Pattern POSITIONS = Pattern.compile("\"positions\":(\\[.*?])");

    @BeforeEach
    void clear() throws IOException
    {
        clean();
        Files.createDirectories(DIRECTORY);
    }

    @AfterEach
    void clean()
    {
        IoUtil.delete(DIRECTORY.toFile(), true);
    }

    /** Marks and today too; five levels make many events of one message, one of which an order may answer. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void shouldSayWhatTheRecordingSaidOfItsEnd(final int levels) throws IOException
    {
        final CommandRun recorded = recordOf(RealCaptures.find("lobster",
            "LOBSTER_SampleFile_AMZN_2012-06-21_" + levels + ".zip"), "--gateway", "simulated", "--json");

        final CommandRun read = positions("--json");
        final CommandRun text = positions();

        assertEquals(0, read.exitCode(), read.err());
        assertEquals("", read.err());
        assertEquals(held(recorded.out()), held(read.out()));
        assertTrue(held(read.out()).matches(".*\"mark\":\"\\d.*\"today\":\"-?\\d.*"), read.out());
        assertFalse(held(read.out()).contains("\"position\":\"0\""), read.out());
        assertTrue(read.out().contains("\"orders\":[],\"keptEvents\":0"), read.out());
        assertTrue(text.out().startsWith("Run 1 at sequence "), text.out());
        assertTrue(text.out().contains("\nPositions\n  instrument  account  position "), text.out());
        assertTrue(text.out().contains("\nOpen orders\n  none\n"), text.out());
    }

    @Test
    void shouldSayInTheTextOfARecordingWhatItHolds() throws IOException
    {
        final CommandRun recorded = record("--gateway", "simulated");

        assertTrue(recorded.out().contains("\nPositions\n  instrument  account  position "), recorded.out());
        assertFalse(record().out().contains("Positions"));
    }

    @Test
    void shouldNameEachOrderThatIsOpenAtASequence() throws IOException
    {
        record("--gateway", "loopback");
        final long first = sequenceOf("own-accepted");

        final CommandRun sent = positions("--json", "--at-sequence", Long.toString(first - 1));
        final CommandRun accepted = positions("--json", "--at-sequence", Long.toString(first));

        assertTrue(sent.out().contains("\"state\":\"new\",\"sequence\":" + (first - 1)) ||
            sent.out().contains("\"state\":\"new\",\"sequence\":" + (first - 2)), sent.out());
        assertTrue(accepted.out().contains("\"orders\":[{\"clientOrderId\":"), accepted.out());
        assertTrue(accepted.out().contains(
            "\"strategy\":\"example\",\"account\":1,\"instrument\":\"AMZN\",\"side\":\""), accepted.out());
        assertTrue(accepted.out().contains("\"state\":\"accepted\",\"sequence\":" + first + "}]"), accepted.out());
    }

    @Test
    void shouldGoOnWithWhatTheRunBeforeHeld() throws IOException
    {
        record("--gateway", "simulated");
        assertEquals(0, positions("--out", FILE.toString()).exitCode());
        final String before = held(positions("--json").out());
        final String file = Files.readString(FILE);

        final CommandRun second = record("--positions", FILE.toString(), "--gateway", "simulated", "--json");
        final CommandRun replayed = CommandRun.of("replay", TAPE, "--json");
        final CommandRun info = CommandRun.of("info", TAPE, "--json");

        assertTrue(file.startsWith("{\"version\":1,\"day\":\"2012-06-21\",\"positions\":{\"1:AMZN\":{"), file);
        assertEquals(0, second.exitCode(), second.err());
        assertEquals("", second.err());
        final long held = Long.parseLong(field(before, "position"));
        assertEquals(2 * held, Long.parseLong(field(held(second.out()), "position")));
        assertEquals(held(second.out()), held(positions("--json").out()));
        assertTrue(replayed.out().contains("\"matches\":true"), replayed.out());
        assertTrue(info.out().contains("\"settings\":[{\"kind\":\"positions\",\"version\":0,\"bytes\":"), info.out());
        assertEquals(0, CommandRun.of("verify", TAPE).exitCode());
    }

    @Test
    void shouldReplayFromASnapshotOfARunThatWasGivenPositions() throws IOException
    {
        Files.writeString(FILE, file("\"1:AMZN\": {\"position\": -300, \"average-price\": 223.9, \"mark\": 224, " +
            "\"day-profit\": -12.5}, \"1:MSFT\": {\"day-profit\": -7}"));
        record("--positions", FILE.toString());
        final long last = Long.parseLong(field(positions("--json").out(), "sequence"));

        final CommandRun made = CommandRun.of("snapshot", TAPE, "--every", Long.toString(last / 3));
        final CommandRun replayed =
            CommandRun.of("replay", TAPE, "--from-sequence", Long.toString(last / 2), "--json");

        assertEquals(0, made.exitCode(), made.err());
        assertTrue(replayed.out().contains("\"matches\":true"), replayed.out());
        assertTrue(replayed.out().matches("(?s).*\"snapshotSequence\":\\d.*"), replayed.out());
        assertFalse(replayed.out().contains("\"orders\":0,"), replayed.out());
    }

    @Test
    void shouldRejectOverTheLimitOfBothRunsTogether() throws IOException
    {
        Files.writeString(FILE, file("\"1:AMZN\": {\"position\": 500, \"average-price\": 223, \"mark\": 223}"));
        final String limits = Files.writeString(DIRECTORY.resolve("limits"), LimitsFiles.limits(1, 1_000, "AMZN")
            .replace("\"max-position\": 1000000", "\"max-position\": 500")).toString();

        final CommandRun flat = record("--limits", limits, "--gateway", "simulated", "--json");
        final CommandRun full =
            record("--limits", limits, "--positions", FILE.toString(), "--gateway", "simulated", "--json");

        assertFalse(flat.out().contains("\"max-position\":"), flat.out());
        assertTrue(full.out().contains("\"max-position\":"), full.out());
        assertTrue(CommandRun.of("replay", TAPE, "--json").out().contains("\"matches\":true"));
    }

    @ParameterizedTest
    @CsvSource({"2012-06-21, true", "2012-06-20, false"})
    void shouldCountALossOnItsDayAlone(final String day, final boolean isCounted) throws IOException
    {
        Files.writeString(FILE, file("\"1:AMZN\": {\"position\": 0, \"day-profit\": -9000000000}")
            .replace("2012-06-21", day));
        final String limits =
            Files.writeString(DIRECTORY.resolve("limits"), LimitsFiles.limits(1, 1_000, "AMZN")
                .replace("9000000000", "8000000000")).toString();

        final CommandRun recorded = record("--limits", limits, "--positions", FILE.toString(), "--json");

        assertEquals(isCounted, recorded.out().contains("\"daily-loss\":"), recorded.out());
        assertEquals(isCounted, recorded.out().contains("\"orders\":0,"), recorded.out());
        assertTrue(CommandRun.of("replay", TAPE, "--json").out().contains("\"matches\":true"));
    }

    @Test
    void shouldKeepWhatDidNotComeAndTellOfIt() throws IOException
    {
        Files.writeString(FILE,
            file("\"1:MSFT\": {\"position\": \"2.50\", \"average-price\": 30, \"day-profit\": -7}"));

        final CommandRun recorded = record("--positions", FILE.toString());
        final CommandRun read = positions("--json", "--out", DIRECTORY.resolve("next").toString());

        assertEquals("ringtape: --positions names instruments that did not come: count=1 instruments=MSFT\n",
            recorded.err());
        assertTrue(read.out().contains("{\"account\":1,\"instrument\":\"MSFT\",\"position\":\"2.5\"," +
            "\"averagePrice\":\"30\",\"mark\":null,\"realised\":null"), read.out());
        assertTrue(Files.readString(DIRECTORY.resolve("next")).contains(
            "\"1:MSFT\":{\"position\":\"2.5\",\"average-price\":\"30\",\"day-profit\":\"-7\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"version\": 2} | version must be 1: version=2",
        "{\"version\": 1, \"days\": 2} | unknown name: name=days",
        "{\"version\": 1, \"day\": \"2012-6-21\"} | day must be a day from 1970 to 2261 like 2012-06-21: day=2012-6-21",
        "{\"version\": 1, \"day\": \"1969-12-31\"} | day must be a day from 1970 to 2261 like 2012-06-21: " +
            "day=1969-12-31",
        "AMZN: {\"position\": 0} | a position must be named by account and symbol, like 1:AMZN: position=AMZN",
        "01:AMZN: {\"position\": 0} | a position must be named by account and symbol, like 1:AMZN: position=01:AMZN",
        "1:A: {\"positon\": 0} | unknown field: position=1:A field=positon",
        "1:A: {\"position\": \"3x\"} | field must be a number with at most 18 digits on either side of its point: " +
            "position=1:A position=3x",
        "1:A: {\"position\": 1e18} | field must be a number with at most 18 digits on either side of its point: " +
            "position=1:A position=1e18",
        "1:A: {\"position\": 3} | position must have an average-price: position=1:A",
        "1:A: {\"day-profit\": 9223372037} | field must be a number with at most 9 decimals that fits: " +
            "position=1:A day-profit=9223372037",
        "1:A: {\"position\": \"\"} | field must not be empty: position=1:A field=position",
        "1:A: {\"day-profit\": \"\"} | field must not be empty: position=1:A field=day-profit",
        "1:A: {\"day-profit\": 9e9}, \"1:B\": {\"day-profit\": 9e9} | day-profit of the account does not fit: " +
            "position=1:B"})
    void shouldRefuseAFileThatMakesNoSense(final String text, final String message) throws IOException
    {
        Files.writeString(FILE, text.startsWith("{") ? text : file("\"" + text.replaceFirst(": \\{", "\": {")));

        final CommandRun run = recordOf(DIRECTORY.resolve("none.csv"), "--positions", FILE.toString());

        final int colon = message.lastIndexOf(": ");
        assertEquals("ringtape: " + message.substring(0, colon) + ": file=" + FILE + " " +
            message.substring(colon + 2) + "\n", run.err());
        assertEquals(65, run.exitCode());
        assertFalse(Files.exists(TAPE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"version\": 1, \"day\": \"2012-06-21\"} | positions is missing",
        "{\"version\": 1, \"day\": \"2012-06-21\", \"positions\": {" +
            "\"1:A\": {\"position\": 1, \"average-price\": 2}, \"2:A\": {\"position\": 1, \"average-price\": 3}}} | " +
            "several accounts hold A and none has a mark"})
    void shouldRefuseAFileThatLacksSomething(final String text, final String message) throws IOException
    {
        Files.writeString(FILE, text);

        final CommandRun run = recordOf(DIRECTORY.resolve("none.csv"), "--positions", FILE.toString());

        assertEquals("ringtape: " + message + ": file=" + FILE + "\n", run.err());
        assertEquals(65, run.exitCode());
    }

    @Test
    void shouldRefuseAFileOfALaterDayThanTheCapture() throws IOException
    {
        final Path capture = RealCaptures.find("lobster", "LOBSTER_SampleFile_AMZN_2012-06-21_1.zip");
        Files.writeString(FILE, file("\"1:AMZN\": {\"position\": 5, \"average-price\": 223}")
            .replace("2012-06-21", "2031-01-02"));

        final CommandRun run = recordOf(capture, "--positions", FILE.toString(), "--gateway", "simulated");

        assertEquals("ringtape: day must not be later than that of the first event: file=" + FILE +
            " day=2031-01-02 capture=" + capture + "!", run.err().substring(0, run.err().indexOf('!') + 1));
        assertTrue(run.err().endsWith(" begins=2012-06-21\n"), run.err());
        assertEquals(65, run.exitCode());
        assertFalse(Files.exists(TAPE));
    }

    @Test
    void shouldRecordNothingOfACaptureThatIsRefusedWhoseFirstEventsHaveNoGoodTime() throws IOException
    {
        final Path capture =
            RealCaptures.find("databento", "orderbooks_mbo_2024-05-08T00-00-00_2024-05-08T00-00-02.dbn.zst");
        Files.writeString(FILE, file("\"1:AMZN\": {\"position\": 5, \"average-price\": 223}")
            .replace("2012-06-21", "2031-01-02"));

        final CommandRun run =
            recordOf(capture, "--positions", FILE.toString(), "--gateway", "simulated", "--keep-partial");

        assertEquals("ringtape: day must not be later than that of the first event: file=" + FILE +
            " day=2031-01-02 capture=" + capture + " begins=2024-05-08\n", run.err());
        assertEquals(65, run.exitCode());
        assertFalse(Files.exists(TAPE));
    }

    @Test
    void shouldShowExactlyWhatAnInstrumentCannotCountAndWarnOfIt() throws IOException
    {
        Files.writeString(FILE, file("\"1:AMZN\": {\"position\": 0.5, \"average-price\": 223}"));

        final CommandRun recorded = record("--positions", FILE.toString(), "--gateway", "simulated", "--json");
        final CommandRun text = positions();
        final CommandRun next = positions("--out", DIRECTORY.resolve("next").toString());

        assertEquals("ringtape: --positions has what its instrument cannot count, all orders of the instrument and " +
            "of its accounts are rejected: instrument=AMZN accounts=1\n", recorded.err());
        assertTrue(recorded.out().contains("\"orders\":0,"), recorded.out());
        assertEquals("0.5", field(held(recorded.out()), "position"));
        assertEquals(held(recorded.out()), held(positions("--json").out()));
        assertTrue(text.out().matches("(?s).*\n  AMZN +1 +0\\.5 +- .*"), text.out());
        assertEquals("ringtape: what a position won is not known: account=1 instrument=AMZN\n", next.err());
        assertEquals(65, next.exitCode());
    }

    @Test
    void shouldRefuseAPositionThatStandsTwice() throws IOException
    {
        Files.writeString(FILE, file("\"1:A\": {\"position\": 0}, \"1:A\": {\"position\": 0}"));

        final CommandRun run = recordOf(DIRECTORY.resolve("none.csv"), "--positions", FILE.toString());

        assertTrue(run.err().startsWith("ringtape: file is no JSON: file=" + FILE + " line=1 column="), run.err());
        assertTrue(run.err().contains("Duplicate field '1:A'"), run.err());
        assertEquals(65, run.exitCode());
    }

    @Test
    void shouldWriteNoFileIntoATapeAndReadNoTapeThatIsNone() throws IOException
    {
        record();

        final CommandRun inside = positions("--out", TAPE.resolve("positions.json").toString());
        final CommandRun none = CommandRun.of("positions", DIRECTORY.resolve("none"));

        assertEquals(64, inside.exitCode(), inside.err());
        assertTrue(inside.err().startsWith("ringtape: --out lies inside a tape: "), inside.err());
        assertEquals(66, none.exitCode(), none.err());
    }

    private static String file(final String positions)
    {
        return "{\"version\": 1, \"day\": \"2012-06-21\", \"positions\": {" + positions + "}}";
    }

    private static CommandRun record(final String... more) throws IOException
    {
        return recordOf(RealCaptures.find("lobster", "LOBSTER_SampleFile_AMZN_2012-06-21_1.zip"), more);
    }

    private static CommandRun recordOf(final Path capture, final String... more)
    {
        return CommandRun.of("record", TAPE,
            Stream.concat(Stream.of(more), Stream.of(capture.toString())).toArray(String[]::new));
    }

    private static CommandRun positions(final String... more)
    {
        return CommandRun.of("positions", TAPE, more);
    }

    private static String held(final String json)
    {
        final Matcher matcher = POSITIONS.matcher(json);
        assertTrue(matcher.find(), json);
        return matcher.group(1);
    }

    private static String field(final String json, final String name)
    {
        final Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^,\"}]*)").matcher(json);
        assertTrue(matcher.find(), name + " in " + json);
        return matcher.group(1);
    }

    private static long sequenceOf(final String type)
    {
        final String line = CommandRun.of("dump", TAPE, "--format", "csv").out().lines()
            .filter((one) -> one.contains("," + type + ",")).findFirst().orElseThrow();
        return Long.parseLong(line.substring(0, line.indexOf(',')));
    }
}
