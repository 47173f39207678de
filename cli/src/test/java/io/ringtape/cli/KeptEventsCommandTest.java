package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.GatewaySideFile;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private void keep(final int count)
    {
        final Definitions definitions = TestTapes.definitions();
        definitions.add(new SourceDefinition(2, SourceDefinition.Kind.GATEWAY, "loopback", 0, 0, 0));
        try (TapeWriter writer =
            TapeWriter.open(tape, TapeConfig.defaults().withReserveBytes(0), definitions, () -> 1L);
            GatewaySideFile side = GatewaySideFile.open(tape, writer, definitions, true))
        {
            side.begin(2, -1);
            for (int i = 0; i < count; i++)
            {
                side.append(new EventBatch(1).append().type(EventType.OWN_CANCELLED).sourceId(2).orderId(i)
                    .flags(EventFlags.LAST | EventFlags.OWN));
            }
            side.force();
        }
    }
}
