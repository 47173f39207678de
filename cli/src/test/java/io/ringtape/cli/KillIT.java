package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.session.PacedRecording;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.SourceDefinition.Kind;
import io.ringtape.gateway.KillGuard;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stops a recording of another process whose writer hangs: a gateway obeys at once, the writer when it goes on. */
@Timeout(120)
final class KillIT
{
    private static final int STRATEGY = 1;
    private static final int ACCOUNT = 1;

    private final Path tape = new TestTapes(KillIT.class).directory();
    private final YieldingIdleStrategy idle = new YieldingIdleStrategy();

    @Test
    void shouldStopAGatewayWhileTheWriterHangsAndTheWriterWhenItGoesOn() throws IOException, InterruptedException
    {
        final Process child = PacedRecording.start(tape);
        try
        {
            PacedRecording.record(child, 3_000);
            while (!Files.exists(tape.resolve("control")))
            {
                idle.idle();
            }
            try (ControlFile file = ControlFile.open(tape))
            {
                final KillGuard guard = file.killGuard(definitions());
                assertTrue(guard.maySend(STRATEGY, ACCOUNT));

                final CommandRun killed = CommandRun.of("kill", tape, "--strategy", "example");

                assertFalse(guard.maySend(STRATEGY, ACCOUNT));
                assertEquals(0, killed.exitCode(), killed.err());
                PacedRecording.record(child, 3_000);
                while (file.reading().takenNumber() != 1)
                {
                    idle.idle();
                }
            }
            child.getOutputStream().close();
            assertEquals(0, child.waitFor());
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }

        assertTrue(CommandRun.of("status", tape).out().startsWith("New orders are stopped: strategy=example\n"));
        requireNoOrderBehindTheKill();
    }

    private static Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, Kind.FEED, "demo", 0, 0, 0));
        definitions.add(new SourceDefinition(STRATEGY, Kind.STRATEGY, "example", ACCOUNT, 0, 0));
        return definitions;
    }

    private void requireNoOrderBehindTheKill()
    {
        final OrderBookEvent event = new OrderBookEvent();
        long killedAt = -1;
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    killedAt = event.type() == EventType.CONTROL ? event.sequence() : killedAt;
                    assertFalse(killedAt >= 0 && event.type() == EventType.OWN_NEW, "order at " + event);
                }
            }
        }
        assertTrue(killedAt >= 0, "killedAt=" + killedAt);
    }
}
