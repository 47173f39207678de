package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests run with assertions on, so here everything that measures refuses; for the command see {@code MainTest}. */
@Timeout(10)
final class AssertionsTest
{
    private static final String REFUSAL = "assertions are on: nothing is timed under -ea";

    @Test
    void shouldRefuseToTimeUnderAssertions()
    {
        assertEquals(REFUSAL, assertThrows(IllegalStateException.class, Assertions::refuse).getMessage());
    }
}
