package io.ringtape.bus;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ringtape.bus.JoinDrill.Way;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Handlers join a running lane, leave, are slow and throw, and a close: old and new see all, once, in order. */
final class LaneJoinPropertyTest
{
    private static final Duration HANG_LIMIT = Duration.ofSeconds(10);

    @Property(tries = 100)
    void shouldDeliverToOldAndNewTheirEventsOnceAndInOrder(
        @ForAll @IntRange(max = 7) final int capacityBits,
        @ForAll @LongRange(max = 1L << 41) final long first,
        @ForAll @IntRange(min = 1, max = 200) final int packets,
        @ForAll final long seed)
    {
        assertTimeoutPreemptively(
            HANG_LIMIT, () -> JoinDrill.run(Way.HANDLER, 1 << capacityBits, first, packets, new Random(seed)));
    }
}
