package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.GatewaySideFile;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import io.ringtape.order.ClientOrderIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code info} and {@code repair} tell of what a gateway left for the next run. */
@Timeout(30)
final class KeptEventsCommandTest
{
    private final Path tape = new TestTapes(KeptEventsCommandTest.class).directory();
    private final Path to = tape.resolveSibling("repaired");

    @Test
    void shouldTellOfWhatTheNextRunPutsOnTape()
    {
        keep(2);

        final CommandRun text = CommandRun.of("info", tape);
        final CommandRun json = CommandRun.of("info", tape, "--json");

        assertEquals("2 events of a gateway on no tape yet: the next record puts them on tape first",
            text.out().lines().skip(1).findFirst().orElse(""));
        assertTrue(json.out().contains(",\"keptEvents\":2,"), json.out());
        assertEquals("", text.err() + json.err());
        assertEquals(0, text.exitCode() + json.exitCode());
    }

    @Test
    void shouldTellThatItWentAlongWithACopy()
    {
        keep(1);

        final CommandRun text = CommandRun.of("repair", tape, "--to", to.toString());
        final CommandRun info = CommandRun.of("info", to);

        assertTrue(text.out().endsWith("\n  kept       1 event of a gateway, for the next record\n"), text.out());
        assertEquals("1 event of a gateway on no tape yet: the next record puts it on tape first",
            info.out().lines().skip(1).findFirst().orElse(""));
        assertEquals(0, text.exitCode());
    }

    @Test
    void shouldNameADamagedFile() throws IOException
    {
        keep(1);
        final Path file = tape.resolve("gateway-side");
        final byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.write(file, bytes);

        final CommandRun info = CommandRun.of("info", tape);
        final CommandRun json = CommandRun.of("info", tape, "--json");
        final CommandRun repair = CommandRun.of("repair", tape, "--to", to.toString());

        assertEquals("PROBLEM: side file of the gateway is damaged: file=" + file + " slot=0",
            info.out().lines().skip(1).findFirst().orElse(""));
        assertTrue(json.out().contains(",\"keptEvents\":null,"), json.out());
        assertEquals(2, info.exitCode());
        assertTrue(repair.out().endsWith("\n  kept       copied as it is, and not readable, see ringtape info\n"),
            repair.out());
    }

    @Test
    void shouldCountAFillForTheAccountThoughTheNextRunHasAFeedInTheStrategysPlace() throws IOException
    {
        keep((side) -> side.append(new EventBatch(1).append().type(EventType.OWN_FILL).sourceId(2)
            .orderId(ClientOrderIds.of(1, 1, 1)).price(100_000_000_000L).quantity(5)
            .flags(EventFlags.LAST | EventFlags.OWN | Side.BID)));
        final String positions = Files.writeString(tape.resolveSibling("positions.json"), "{\"version\": 1, " +
            "\"day\": \"2012-06-21\", \"positions\": {\"1:AMZN\": {\"position\": 10, \"average-price\": 100}}}")
            .toString();

        final CommandRun next = CommandRun.of("record", tape, "--positions", positions, pair(1), pair(2));
        final CommandRun held = CommandRun.of("positions", tape, "--json");

        assertEquals(0, next.exitCode(), next.err());
        assertTrue(held.out().contains("\"account\":1,\"instrument\":\"AMZN\",\"position\":\"15\""), held.out());
        assertFalse(held.out().contains("\"account\":0"), held.out());
        assertTrue(CommandRun.of("replay", tape, "--json").out().contains("\"matches\":true"));
    }

    private String pair(final int number) throws IOException
    {
        return LobsterPairs.write(Files.createDirectories(tape.resolveSibling("pairs-" + number)), 2,
            (pair) -> 34_200 + 10 * number + pair + ".0", (pair) -> 34_200 + 10 * number + pair + ".5");
    }

    private void keep(final int count)
    {
        keep((side) ->
        {
            for (int i = 0; i < count; i++)
            {
                side.append(new EventBatch(1).append().type(EventType.OWN_CANCELLED).sourceId(2).orderId(i)
                    .flags(EventFlags.LAST | EventFlags.OWN));
            }
        });
    }

    private void keep(final Consumer<GatewaySideFile> answers)
    {
        final Definitions definitions = TestTapes.definitions();
        definitions.add(new SourceDefinition(2, SourceDefinition.Kind.GATEWAY, "loopback", 0, 0, 0));
        try (TapeWriter writer =
            TapeWriter.open(tape, TapeConfig.defaults().withReserveBytes(0), definitions, () -> 1L);
            GatewaySideFile side = GatewaySideFile.open(tape, writer, definitions, true))
        {
            side.begin(2, -1);
            answers.accept(side);
            side.force();
        }
    }
}
