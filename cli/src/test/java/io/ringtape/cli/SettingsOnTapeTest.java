package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.ValueSource;

/** A run has its limits and parameters on tape, and is replayed without files. */
@Timeout(60)
final class SettingsOnTapeTest
{
    private static final Path DIRECTORY = Path.of("target", "settings-on-tape");
    private static final Path TAPE = DIRECTORY.resolve("tape");
    private static final int PAIRS = 100;

    private String messages = "";

    @BeforeEach
    void clear() throws IOException
    {
        clean();
        Files.createDirectories(DIRECTORY);
        messages = LobsterPairs.write(
            DIRECTORY, PAIRS, (pair) -> 34_200 + pair + ".0", (pair) -> 34_200 + pair + ".5");
    }

    @AfterEach
    void clean()
    {
        IoUtil.delete(DIRECTORY.toFile(), true);
    }

    @Test
    void shouldReplayWithWhatIsOnTape() throws IOException
    {
        final CommandRun recorded = record("--params", write("params", "{\"lots\": 3}"), "--limits",
            write("limits", LimitsFiles.limits(7, 1_000, "TEST")));
        Files.delete(DIRECTORY.resolve("params"));
        Files.delete(DIRECTORY.resolve("limits"));

        final CommandRun replayed = replay();
        final CommandRun otherParameter = replay("--params", write("params", "{\"lots\": 2}"));
        final CommandRun otherLimits = replay("--limits", write("limits", LimitsFiles.limits(7, 0, "TEST")));
        final CommandRun sameLimits = replay("--limits", write("limits", LimitsFiles.limits(9, 1_000, "TEST")));

        assertFalse(recorded.out().contains("\"orders\":0,"), recorded.out());
        assertTrue(replayed.out().contains("\"matches\":true"), replayed.out());
        assertEquals(0, replayed.exitCode(), replayed.err());
        assertTrue(otherParameter.out().contains("\"handler\":\"MarketMaker\",\"field\":\"quantity\"," +
            "\"recorded\":\"3\",\"replayed\":\"2\""), otherParameter.out());
        assertEquals(5, otherParameter.exitCode());
        assertTrue(otherLimits.out().contains("\"matches\":false"), otherLimits.out());
        assertEquals(5, otherLimits.exitCode());
        assertEquals(0, sameLimits.exitCode(), sameLimits.out());
    }

    @Test
    void shouldReplayEachRunWithItsOwn() throws IOException
    {
        record("--params", write("params", "{\"lots\": 3}"));
        record();
        record("--params", write("params", "{\"lots\": 5, \"max-lots\": 9}"), "--limits",
            write("limits", LimitsFiles.limits(1, 4, "TEST")));

        final CommandRun replayed = replay();

        assertTrue(replayed.out().contains("\"matches\":true,\"trailer\":true"), replayed.out());
        assertEquals("", replayed.err());
    }

    @Test
    void shouldSayWhatIsThereAndHowMuch() throws IOException
    {
        final String limits = LimitsFiles.limits(1_234, 1_000, "TEST");
        record("--params", write("params", "{\"lots\": 3}"), "--limits", write("limits", limits));

        final String json = CommandRun.of("info", TAPE, "--json").out();
        final String text = CommandRun.of("info", TAPE).out();

        assertTrue(json.contains("\"settings\":[{\"kind\":\"limits\",\"version\":1234,\"bytes\":" +
            limits.length() + "},{\"kind\":\"parameters\",\"version\":0,\"bytes\":11}]"), json);
        assertTrue(text.contains("Settings of the newest run\n" +
            "  settings    version  bytes\n" +
            "  limits         1234    " + limits.length() + "\n" +
            "  parameters        -     11\n"), text);
        assertEquals(0, CommandRun.of("verify", TAPE).exitCode());
    }

    @Test
    void shouldTellOfInstrumentsThatDidNotCome() throws IOException
    {
        final CommandRun recorded =
            record("--limits", write("limits", LimitsFiles.limits(1, 1_000, "AAPL", "TEST", "TSET")));

        assertEquals("ringtape: --limits names instruments that did not come: count=2 instruments=AAPL,TSET\n",
            recorded.err());
        assertEquals(0, recorded.exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json"})
    void shouldTellOnceOfAnInstrumentWithoutLimits(final String json) throws IOException
    {
        final String limits = write("limits", LimitsFiles.limits(1, 1_000, "TSET").replace("\"*\"", "\"7\""));
        final String[] arguments = Stream.of("--limits", limits, messages, json)
            .filter((argument) -> !argument.isEmpty()).toArray(String[]::new);

        final CommandRun recorded = CommandRun.of("record", TAPE, arguments);

        assertEquals("ringtape: --limits leaves out instruments, whose orders are all rejected: count=1 " +
            "instruments=TEST; --limits leaves out the strategy's account, whose orders are all rejected: account=1\n" +
            "ringtape: --limits names instruments that did not come: count=1 instruments=TSET\n", recorded.err());
        assertFalse(recorded.out().contains("leaves out"), recorded.out());
        assertEquals(0, recorded.exitCode());
    }

    @Test
    void shouldSayThatAGatewayOfRecordHasNoLatency() throws IOException
    {
        assertEquals(0, record("--gateway", "loopback").exitCode());

        final CommandRun latencies = CommandRun.of("latencies", TAPE, "--json");

        assertEquals("ringtape: all round trips are 0 ns: the gateways of record answer at the time of the market, " +
            "so this tape does not say how long a venue takes\n", latencies.err());
        assertEquals(0, latencies.exitCode());
    }

    @Test
    void shouldRefuseWhatATapeHasNoRoomFor() throws IOException
    {
        final String large = write("large", "{\"lots\": 3}" + " ".repeat(65_524));
        final String binary = write("binary", "");
        Files.write(Path.of(binary), new byte[] {(byte)0xC3, (byte)0x28});

        final CommandRun tooLarge = record("--params", large);
        final CommandRun noText = record("--limits", binary);

        assertEquals("ringtape: text must be 1 to 65534 bytes of UTF-8: kind=parameters bytes=65535 file=" + large +
            "\n", tooLarge.err());
        assertEquals(65, tooLarge.exitCode());
        assertEquals("ringtape: text is not UTF-8: bytes=2 file=" + binary + "\n", noText.err());
        assertEquals(65, noText.exitCode());
        assertFalse(Files.exists(TAPE), "tape");
    }

    private CommandRun record(final String... more)
    {
        return CommandRun.of("record", TAPE, Stream.concat(Stream.of(more), Stream.of("--json", "--strategy",
            "MarketMaker", messages)).toArray(String[]::new));
    }

    private static CommandRun replay(final String... more)
    {
        return CommandRun.of("replay", TAPE, Stream.concat(Stream.of(more), Stream.of("--json", "--strategy",
            "MarketMaker")).toArray(String[]::new));
    }

    private static String write(final String name, final String text) throws IOException
    {
        return Files.writeString(DIRECTORY.resolve(name), text).toString();
    }
}
