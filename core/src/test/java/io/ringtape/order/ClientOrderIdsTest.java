package io.ringtape.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ClientOrderIdsTest
{
    @Test
    void shouldLayOutRunStrategyAndCounter()
    {
        final long id = ClientOrderIds.of(0x1234, 0x5678, 0x9ABC_DEF0L);

        assertEquals(0x1234_5678_9ABC_DEF0L, id);
        assertEquals(0x1234, ClientOrderIds.run(id));
        assertEquals(0x5678, ClientOrderIds.strategy(id));
        assertEquals(0x9ABC_DEF0L, ClientOrderIds.counter(id));
    }

    @Test
    void shouldNeverBeNegative()
    {
        final long highest =
            ClientOrderIds.of(ClientOrderIds.MAX_RUN, ClientOrderIds.MAX_STRATEGY, ClientOrderIds.MAX_COUNTER);

        assertEquals(Long.MAX_VALUE, highest);
        assertTrue(ClientOrderIds.of(0, 0, 0) == 0);
    }

    @Test
    void shouldCountRunsModulo32768()
    {
        assertEquals(32_767, ClientOrderIds.runOf(32_767));
        assertEquals(0, ClientOrderIds.runOf(32_768));
        assertEquals(1, ClientOrderIds.runOf(65_537));
    }

    @Test
    void shouldNameThePartThatIsOutOfRange()
    {
        assertRefused("run must be 0 to 32767: run=32768", 32_768, 0, 0);
        assertRefused("run must be 0 to 32767: run=-1", -1, 0, 0);
        assertRefused("strategy must be 0 to 65535: strategy=65536", 0, 65_536, 0);
        assertRefused("counter must be 0 to 4294967295: counter=4294967296", 0, 0, 4_294_967_296L);
    }

    private static void assertRefused(final String message, final int run, final int strategy, final long counter)
    {
        final IllegalArgumentException refusal =
            assertThrows(IllegalArgumentException.class, () -> ClientOrderIds.of(run, strategy, counter));
        assertEquals(message, refusal.getMessage());
    }
}
