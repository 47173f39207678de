package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.bus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/**
 * Whatever the number of publishers, the room and the back-pressure: what is accepted is handled once, in order. One
 * publisher that spins, since more would take the processors from those that they wait for.
 */
final class PublishersPropertyTest
{
    private static final Duration HANG_LIMIT = Duration.ofSeconds(10);
    private static final int EVENTS = 300;

    @Property(tries = 40)
    void shouldHandleWhatInboxesAcceptedOnceAndInOrder(
        @ForAll @IntRange(min = 2, max = 7) final int ringBits,
        @ForAll @IntRange(min = 2, max = 7) final int inboxBits,
        @ForAll @IntRange(min = 1, max = 5) final int publisherCount,
        @ForAll final BackPressure backPressure,
        @ForAll final boolean patient,
        @ForAll final long seed)
    {
        assertTimeoutPreemptively(HANG_LIMIT, () ->
        {
            final Random random = new Random(seed);
            final Publishers publishers = new Publishers();
            final EventBus bus = bus(1 << ringBits).ownWriterThread()
                .inbox(InputStage.INBOUND, "a", 1 << inboxBits, backPressure)
                .inbox(InputStage.CONTROL, "b", 1 << inboxBits, backPressure)
                .lane(publishers.checkedLane()).build();
            bus.start();
            final Inbox a = bus.inbox("a");
            final Inbox b = bus.inbox("b");
            for (int i = 0; i < (backPressure == BackPressure.SPIN ? 1 : publisherCount); i++)
            {
                final Inbox inbox = random.nextBoolean() ? a : b;
                publishers.start(inbox, inbox.maxBatchCount(), EVENTS, patient, random.nextLong());
            }
            publishers.awaitEnded();

            assertTrue(bus.close(CLOSE_LIMIT_NS));

            publishers.assertHandledWhatWasAccepted("seed=" + seed);
            assertEquals(publishers.accepted(), a.acceptedCount() + b.acceptedCount());
            assertEquals(publishers.accepted(), a.publishedCount() + b.publishedCount());
            assertEquals(0, a.depth() + b.depth());
            assertEquals(publishers.fulls(), a.fullCount() + b.fullCount());
            if (patient || backPressure.waits())
            {
                publishers.assertAllAccepted(EVENTS);
            }
        });
    }

    @Property(tries = 40)
    void shouldHandleWhatASharedRingAcceptedOnceAndInOrder(
        @ForAll @IntRange(max = 7) final int ringBits,
        @ForAll @LongRange(max = 1L << 41) final long first,
        @ForAll @IntRange(min = 1, max = 5) final int publisherCount,
        @ForAll final BackPressure backPressure,
        @ForAll final boolean patient,
        @ForAll final long seed)
    {
        assertTimeoutPreemptively(HANG_LIMIT, () ->
        {
            final Random random = new Random(seed);
            final Publishers publishers = new Publishers();
            final EventBus bus = bus(1 << ringBits).firstSequence(first).multiProducer(backPressure)
                .lane(publishers.checkedLane()).build();
            bus.start();
            final SharedWriter writer = bus.sharedWriter();
            for (int i = 0; i < (backPressure == BackPressure.SPIN ? 1 : publisherCount); i++)
            {
                publishers.start(writer, writer.capacity(), EVENTS, patient, random.nextLong());
            }
            publishers.awaitEnded();

            assertTrue(bus.close(CLOSE_LIMIT_NS));

            publishers.assertHandledWhatWasAccepted("seed=" + seed);
            assertEquals(first + publishers.accepted() - 1, bus.cursor());
            assertEquals(publishers.fulls(), writer.fullCount());
            if (patient || backPressure.waits())
            {
                publishers.assertAllAccepted(EVENTS);
            }
        });
    }
}
