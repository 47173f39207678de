package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Definitions;
import io.ringtape.gateway.KillGuard;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that stops a gateway of another one, of which no other thread runs. */
@Timeout(120)
final class KillFromOutsideIT
{
    private final Path tape = Tapes.fresh("outside");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldStopAGatewayAtItsNextLookThoughNoWriterTakesIt() throws IOException, InterruptedException
    {
        Tapes.record(tape, 1, 10);
        try (ControlFile file = ControlFile.open(tape))
        {
            final KillGuard guard = file.killGuard(new Definitions());
            assertTrue(guard.maySend(1, 1));

            KillingChild.change(tape, true);

            assertFalse(guard.maySend(1, 1));
            guard.beat(Tapes.START_NS);
            assertEquals(1, ControlFile.read(tape).seenNumber());
            assertEquals(0, ControlFile.read(tape).takenNumber());

            KillingChild.change(tape, false);

            assertTrue(guard.maySend(1, 1));
        }
    }
}
