package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests run with assertions on, so here everything that measures refuses. */
@Timeout(10)
final class AssertionsTest
{
    private static final String REFUSAL = "assertions are on: nothing is timed under -ea";

    @Test
    void shouldRefuseToTimeUnderAssertions()
    {
        assertEquals(REFUSAL, assertThrows(IllegalStateException.class, Assertions::refuse).getMessage());
    }

    @Test
    void shouldRefuseTheCommandBeforeItPrintsAnything()
    {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);

        final Exception thrown =
            assertThrows(IllegalStateException.class, () -> new RoundsCommand(stream, stream).call());

        assertEquals(REFUSAL, thrown.getMessage());
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }
}
