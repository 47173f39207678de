package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class EventHashesTest
{
    private static final long RUN_7 = 0x0007_0000_0000_0000L;
    private static final long CLIENT_ID = 0x0000_0001_0000_0001L;

    private final EventHashes hashes = new EventHashes();

    @Test
    void shouldStartAtNothing()
    {
        assertEquals(Hash64.START, hashes.eventHash());
        assertEquals(Hash64.START, hashes.outputHash());
        assertEquals(0, hashes.inputCount());
        assertEquals(0, hashes.ownCount());
    }

    // The expected values come from the Python implementation that Hash64Test tells of: void left out, the cause of an
    // own event as the ordinal of its input event, client order ids without their upper 16 bits.
    @Test
    void shouldGiveTheGoldenHashesOfASmallRun()
    {
        smallRun(RUN_7);

        assertEquals("9088a999f38a4cd4", EventHashes.hex(hashes.eventHash()));
        assertEquals("7e86a640c5cc454a", EventHashes.hex(hashes.outputHash()));
        assertEquals(4, hashes.inputCount());
        assertEquals(3, hashes.ownCount());
    }

    @Test
    void shouldNotDependOnTheRunThatMadeTheClientOrderIds()
    {
        smallRun(0xFFFF_0000_0000_0000L);

        assertEquals("7e86a640c5cc454a", EventHashes.hex(hashes.outputHash()));
    }

    @Test
    void shouldNotDependOnTheFirstSequence()
    {
        final EventHashes later = new EventHashes();
        for (final long first : new long[]{0, 1L << 40})
        {
            final EventHashes target = first == 0 ? hashes : later;
            for (int i = 0; i < 10; i++)
            {
                target.onEvent(Events.input(first + 2L * i, EventType.TRADE).eventTimeNs(0).receiveTimeNs(0));
                target.onEvent(Events.own(first + 2L * i + 1, EventType.OWN_NEW, first + 2L * i)
                    .eventTimeNs(0).receiveTimeNs(0));
            }
        }

        assertEquals(hashes.eventHash(), later.eventHash());
        assertEquals(hashes.outputHash(), later.outputHash());
    }

    @Test
    void shouldDependOnTheCause()
    {
        final EventHashes other = new EventHashes();
        for (int i = 0; i < 2; i++)
        {
            hashes.onEvent(Events.input(i, EventType.TRADE));
            other.onEvent(Events.input(i, EventType.TRADE));
        }

        hashes.onEvent(Events.own(2, EventType.OWN_NEW, 0).eventTimeNs(0).receiveTimeNs(0));
        other.onEvent(Events.own(2, EventType.OWN_NEW, 1).eventTimeNs(0).receiveTimeNs(0));

        assertEquals(hashes.eventHash(), other.eventHash());
        assertNotEquals(hashes.outputHash(), other.outputHash());
    }

    @Test
    void shouldHashAnyOtherOwnDetailAsItStands()
    {
        final EventHashes other = new EventHashes();
        for (final EventHashes target : new EventHashes[]{hashes, other})
        {
            target.onEvent(Events.input(0, EventType.TRADE));
            target.onEvent(Events.own(1, EventType.OWN_FILL, 0));
        }

        hashes.onEvent(Events.own(2, EventType.DETAIL, 0).detail(4, 1));
        other.onEvent(Events.own(2, EventType.DETAIL, 0).detail(4, RUN_7 | 1));

        assertNotEquals(hashes.outputHash(), other.outputHash());
    }

    @Test
    void shouldFindEveryCauseBehindMoreEventsThanItsQueueHeldAtFirst()
    {
        final EventHashes dense = new EventHashes();
        final List<Long> inputs = new ArrayList<>();
        long sequence = 0;
        for (int i = 0; i < 8_000; i++)
        {
            if (i % 10 == 0)
            {
                dense.onEvent(Events.input(inputs.size(), EventType.TRADE).eventTimeNs(0).receiveTimeNs(0));
                inputs.add(sequence);
                hashes.onEvent(Events.input(sequence++, EventType.TRADE).eventTimeNs(0).receiveTimeNs(0));
            }
            // Moves the head of the queue, so that it is wrapped when it grows.
            if (i == 900)
            {
                dense.addOwn(Events.own(0, EventType.OWN_NEW, 70).eventTimeNs(0).receiveTimeNs(0));
                hashes.onEvent(
                    Events.own(sequence++, EventType.OWN_NEW, inputs.get(70)).eventTimeNs(0).receiveTimeNs(0));
            }
            hashes.onEvent(Events.input(sequence++, EventType.VOID));
        }

        for (int input = 71; input < inputs.size(); input++)
        {
            dense.addOwn(Events.own(0, EventType.OWN_NEW, input).eventTimeNs(0).receiveTimeNs(0));
            hashes.onEvent(
                Events.own(sequence++, EventType.OWN_NEW, inputs.get(input)).eventTimeNs(0).receiveTimeNs(0));
            assertEquals(dense.outputHash(), hashes.outputHash(), "input=" + input);
        }
        assertEquals(dense.eventHash(), hashes.eventHash());
        assertEquals(800, hashes.inputCount());
        assertEquals(730, hashes.ownCount());
    }

    @Test
    void shouldPrintSixteenDigits()
    {
        assertEquals("0000000000000000", EventHashes.hex(0));
        assertEquals("00000000000000ab", EventHashes.hex(0xAB));
        assertEquals("ffffffffffffffff", EventHashes.hex(-1));
    }

    @Test
    void shouldAllocateNothingInSteadyState()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final OrderBookEvent input = Events.input(0, EventType.TRADE);
        final OrderBookEvent own = Events.own(0, EventType.OWN_NEW, 0);
        long sequence = 0;
        long least = Long.MAX_VALUE;

        for (int round = 0; round < 20; round++)
        {
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 5_000; i++)
            {
                hashes.onEvent(input.sequence(sequence));
                hashes.onEvent(own.sequence(sequence + 1).sourceSequence(sequence));
                sequence += 2;
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }

        assertEquals(0, least);
    }

    private void smallRun(final long run)
    {
        hashes.onEvent(Events.input(100, EventType.ORDER_ADD).orderId(11).price(100).quantity(5).sourceSequence(1)
            .flags(Side.BID | EventFlags.LAST));
        hashes.onEvent(Events.input(101, EventType.LEVEL_SET).price(101).quantity(9).sourceSequence(2).instrumentId(1)
            .flags(Side.ASK));
        hashes.onEvent(Events.input(102, EventType.VOID));
        hashes.onEvent(Events.input(103, EventType.TRADE).orderId(77).price(101).quantity(1).sourceSequence(3)
            .instrumentId(1).flags(Side.ASK | EventFlags.LAST));
        hashes.onEvent(Events.own(104, EventType.OWN_NEW, 103).orderId(run | CLIENT_ID).price(100).quantity(2)
            .instrumentId(1).sourceId(1).flags(Side.BID | EventFlags.OWN));
        hashes.onEvent(Events.blank().sequence(105).type(EventType.DETAIL).instrumentId(1).sourceId(1)
            .flags(EventFlags.OWN | EventFlags.LAST).detail(0, 1).detail(1, 2).detail(2, 3).detail(3, 4)
            .detail(4, run | CLIENT_ID).detail(5, 0));
        hashes.onEvent(Events.input(106, EventType.BOOK_CLEAR).sourceSequence(4).flags(EventFlags.LAST));
        hashes.onEvent(Events.own(107, EventType.OWN_CANCEL, 106).orderId(run | CLIENT_ID).price(100).quantity(2)
            .instrumentId(1).sourceId(1).flags(Side.BID | EventFlags.OWN | EventFlags.LAST));
    }

    @Test
    void shouldRefuseARangeOnTheHeap()
    {
        final UnsafeBuffer heap = new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]);

        final IllegalArgumentException thrown = assertThrows(
            IllegalArgumentException.class, () -> new EventHashes().onRange(heap, 0, 0, 1));

        assertEquals("range must be off heap", thrown.getMessage());
    }
}
