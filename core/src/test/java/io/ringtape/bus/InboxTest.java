package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.BusFixture.onThread;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class InboxTest
{
    private final BusFixture.Recorder recorder = new BusFixture.Recorder();

    @Test
    void shouldPublishBatchWithOneClaim()
    {
        final BusFixture.Ranges ranges = new BusFixture.Ranges();
        final EventBus bus = bus(64).inbox("in", 16)
            .lane(lane("l").inline().batchLimit(64).handler("recorder", recorder).rangeHandler("ranges", ranges)
                .build())
            .build();
        bus.start();
        final Inbox inbox = bus.inbox("in");
        assertEquals(Inbox.ACCEPTED, inbox.offer(batch(10, 3)));
        assertEquals(Inbox.ACCEPTED, inbox.offer(batch(20, 4)));
        assertFalse(inbox.isEmpty());

        assertEquals(7, inbox.drain());

        assertTrue(inbox.isEmpty());
        assertEquals(0, inbox.drain());
        assertEquals("0+3:eee 3+4:eeee", ranges.ranges());
        assertArrayEquals(new long[]{10, 11, 12, 20, 21, 22, 23}, recorder.orderIds());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldHoldItsCapacityAndThenAnswerFull()
    {
        for (final int capacity : new int[]{4, 8, 64})
        {
            final EventBus bus = bus(64).inbox("in", capacity).lane(lane("l").inline().handler("h", recorder).build())
                .build();
            bus.start();
            final Inbox inbox = bus.inbox("in");

            for (int i = 0; i < capacity; i++)
            {
                assertEquals(Inbox.ACCEPTED, inbox.offer(batch(i, 1)));
            }
            await(() -> inbox.offer(batch(0, 1)) == Inbox.FULL);

            assertEquals(1, inbox.fullCount());
            assertTrue(inbox.drain() >= capacity);
            assertEquals(Inbox.ACCEPTED, inbox.offer(batch(0, inbox.maxBatchCount())));
            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertTrue(inbox.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 64, 1_024})
    void shouldHaveReservedRoomBehindWhatIsFullAndThenAnswerFull(final int capacity)
    {
        final Random random = new Random(capacity);
        final EventBus bus = bus(2_048).inbox("in", capacity)
            .lane(lane("l").inline().handler("h", (event) ->
            {
            }).build()).build();
        bus.start();
        final Inbox inbox = bus.inbox("in");

        // Behind batches of all sizes, and at every place of the buffer, also where it wraps.
        for (int round = 0; round < 1_000; round++)
        {
            final int open = fill(inbox, random);
            assertEquals(Inbox.FULL, inbox.offer(batch(0, 1)));
            int reserved = 0;
            while (inbox.offerReserved(batch(0, 1)) == Inbox.ACCEPTED)
            {
                reserved++;
            }
            assertTrue(reserved >= capacity / 2, "reserved=" + reserved + " round=" + round);
            assertTrue(reserved <= capacity / 2 + 2, "reserved=" + reserved + " round=" + round);
            assertEquals(Inbox.FULL, inbox.offer(batch(0, 1)));

            assertEquals(open + reserved, inbox.drain());
        }
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldDrainAllThatWaitsWhereverTheBufferWraps()
    {
        final EventBus bus = bus(64).inbox("in", 16).build();
        bus.start();
        final Inbox inbox = bus.inbox("in");

        for (int i = 0; i < 500; i++)
        {
            final int count = 1 + i % 4;
            assertEquals(Inbox.ACCEPTED, inbox.offer(batch(0, count)));
            assertEquals(Inbox.ACCEPTED, inbox.offer(batch(0, 1)));

            assertEquals(count + 1, inbox.drain());
        }
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseBatchesOutOfRange()
    {
        final EventBus bus = bus(8).inbox("in", 16).inbox("wide", 64).build();

        assertEquals("count must be 1 to 4: inbox=in count=5",
            assertThrows(IllegalArgumentException.class, () -> bus.inbox("in").offer(batch(0, 5))).getMessage());
        assertEquals("count must be 1 to 4: inbox=in count=0", assertThrows(IllegalArgumentException.class,
            () -> bus.inbox("in").offer(new EventBatch(1))).getMessage());
        assertEquals(8, bus.inbox("wide").maxBatchCount());
        assertEquals("wide", bus.inbox("wide").name());
        assertEquals(64, bus.inbox("wide").capacity());
    }

    @Test
    void shouldAnswerFullBeforeStartAndClosedAfterEnd()
    {
        final EventBus bus = bus(8).inbox("in", 16).build();
        assertEquals(Inbox.FULL, bus.inbox("in").offer(batch(0, 1)));
        bus.start();
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        final EventBus halted = bus(8).inbox("in", 16).build();
        halted.start();
        halted.halt();

        assertEquals(Inbox.CLOSED, bus.inbox("in").offer(batch(0, 1)));
        assertEquals(0, bus.inbox("in").drain());
        assertEquals(Inbox.CLOSED, halted.inbox("in").offer(batch(0, 1)));
        assertThrows(BusHaltedException.class, () -> halted.inbox("in").drain());
    }

    @Test
    void shouldLetOnlyTheWriterDrain()
    {
        final EventBus bus = bus(8).inbox("in", 16).build();
        bus.start();
        bus.inbox("in").offer(batch(0, 1));
        assertEquals(1, bus.inbox("in").drain());

        final Throwable thrown = onThread(() -> bus.inbox("in").drain());

        assertInstanceOf(IllegalStateException.class, thrown);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldPollStagesInOrder()
    {
        final EventBus bus = bus(64)
            .input("feed", (writer) -> writer.cursor() > 4 ? 0 : writer.publish(batch(40, 1)))
            .inbox("in", 16)
            .input(InputStage.CONTROL, "control", (writer) -> writer.cursor() >= 0 ? 0 : writer.publish(batch(20, 1)))
            .inbox(InputStage.CONTROL, "first", 16)
            .lane(lane("l").inline().handler("h", recorder).build())
            .build();
        bus.start();
        bus.inbox("in").offer(batch(30, 2));
        bus.inbox("first").offer(batch(10, 1));

        assertTrue(bus.writer().poll() > 0);
        assertTrue(bus.writer().poll() > 0);

        assertArrayEquals(new long[]{10, 30, 31, 40, 40}, recorder.orderIds());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldKeepEachPublishersOrderAndLoseNothing()
    {
        final int publishers = 4;
        final int batches = 5_000;
        final EventBus bus = bus(256).ownWriterThread().inbox("a", 64).inbox("b", 256)
            .lane(lane("l").handler("h", recorder).build()).build();
        bus.start();
        final List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < publishers; p++)
        {
            final Inbox inbox = bus.inbox(p % 2 == 0 ? "a" : "b");
            final long base = (long)p << 32;
            threads.add(new Thread(() -> publish(inbox, base, batches)));
        }
        threads.forEach(Thread::start);
        await(() -> threads.stream().noneMatch(Thread::isAlive));

        assertTrue(bus.close(CLOSE_LIMIT_NS));

        final long[] next = new long[publishers];
        long previous = -1;
        for (final long orderId : recorder.orderIds())
        {
            final int publisher = (int)(orderId >> 32);
            assertEquals(next[publisher]++, orderId & 0xFFFFFFFFL);
            // A batch stays together: its first order id is even and the second event follows at once.
            assertTrue((orderId & 1) == 0 || previous == orderId - 1);
            previous = orderId;
        }
        for (final long count : next)
        {
            assertEquals(2L * batches, count);
        }
    }

    private static int fill(final Inbox inbox, final Random random)
    {
        int open = 0;
        final int most = inbox.maxBatchCount();
        int count = 1 + random.nextInt(most);
        while (count > 0)
        {
            if (inbox.offer(batch(0, count)) == Inbox.ACCEPTED)
            {
                open += count;
                count = 1 + random.nextInt(most);
            }
            else
            {
                count--;
            }
        }
        return open;
    }

    private static void publish(final Inbox inbox, final long base, final int batches)
    {
        final EventBatch batch = new EventBatch(2);
        for (int i = 0; i < batches; i++)
        {
            batch.clear();
            batch.append().type(1).orderId(base + 2L * i);
            batch.append().type(1).orderId(base + 2L * i + 1);
            await(() -> inbox.offer(batch) == Inbox.ACCEPTED);
        }
    }
}
