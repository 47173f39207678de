package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.bus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventPublisher;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Offers of several threads that meet a close are handled or refused, never between (F30). */
@Timeout(110)
final class PublisherCloseRaceTest
{
    private static final int ROUNDS = 200;
    private static final int MAX_SPINS = 3_000;
    private static final int PUBLISHERS = 2;
    private static final int BATCH = 4;
    private static final long SEED = 30;

    @ParameterizedTest
    @EnumSource
    void shouldHandleOrRefuseEachOfferToAnInbox(final BackPressure backPressure)
    {
        final Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++)
        {
            final String where = "seed=" + SEED + " round=" + round;
            final Publishers publishers = new Publishers();
            final boolean own = random.nextBoolean();
            final EventBusBuilder builder =
                bus(16).inbox(InputStage.INBOUND, "in", 16, backPressure).lane(publishers.checkedLane());
            final EventBus bus = (own ? builder.ownWriterThread() : builder).build();
            bus.start();
            final Inbox inbox = bus.inbox("in");
            start(publishers, inbox, random);
            if (own)
            {
                publishers.awaitBegun();
                spin(random.nextInt(MAX_SPINS));
            }
            else
            {
                for (int i = random.nextInt(30); i >= 0; i--)
                {
                    bus.writer().poll();
                }
            }

            assertClosed(bus, publishers, where);

            assertEquals(publishers.accepted(), inbox.acceptedCount(), where);
            assertEquals(publishers.accepted(), inbox.publishedCount(), where);
            assertEquals(0, inbox.depth(), where);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHandleOrRefuseEachOfferToASharedRing(final BackPressure backPressure)
    {
        final Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++)
        {
            final Publishers publishers = new Publishers();
            final EventBus bus = bus(16).multiProducer(backPressure).lane(publishers.checkedLane()).build();
            bus.start();
            start(publishers, bus.sharedWriter(), random);
            publishers.awaitBegun();
            spin(random.nextInt(MAX_SPINS));

            assertClosed(bus, publishers, "seed=" + SEED + " round=" + round);
        }
    }

    private static void start(final Publishers publishers, final EventPublisher target, final Random random)
    {
        for (int i = 0; i < PUBLISHERS; i++)
        {
            publishers.start(target, BATCH, Long.MAX_VALUE, true, random.nextLong());
        }
    }

    private static void assertClosed(final EventBus bus, final Publishers publishers, final String where)
    {
        assertTrue(bus.close(CLOSE_LIMIT_NS), where);
        publishers.awaitEnded();
        publishers.assertHandledWhatWasAccepted(where);
        assertEquals(publishers.accepted() - 1, bus.cursor(), where);
        assertEquals(0, bus.voidCount(), where);
    }

    private static void spin(final int times)
    {
        for (int i = 0; i < times; i++)
        {
            Thread.onSpinWait();
        }
    }
}
