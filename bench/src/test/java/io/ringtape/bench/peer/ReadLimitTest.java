package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A reader that has all that waits in hand gives room back before it has read all of it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ReadLimitTest
{
    /** Of those that the reader has read, for how many there is room again at the least. */
    private static final int GIVEN_BACK = 3_000;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private final Tally tally = new Tally();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong reached = new AtomicLong(-1);
    private final AtomicBoolean isLate = new AtomicBoolean();
    private int room;

    static Stream<Arguments> carriers()
    {
        return Stream.of(Work.PACKET_EVENTS, 1).flatMap((packet) -> Stream.of(
            arguments("ringtape", packet, Work.CAPACITY, RingtapeBus::new),
            arguments("disruptor, slots", packet, Work.CAPACITY, DisruptorSlots::new),
            arguments("disruptor, off heap", packet, Work.CAPACITY, DisruptorOffHeap::new),
            // 512 KiB, messages behind a header of 8 bytes.
            arguments("agrona", packet, (512 << 10) / (packet * Work.EVENT_BYTES + 8) * packet, AgronaRing::new),
            arguments("aeron", packet, Work.CAPACITY, AeronIpc::new)));
    }

    private static Arguments arguments(
        final String name, final int packet, final int room, final Carrier.Factory factory)
    {
        return Arguments.of(name, packet, room, factory);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("carriers")
    void shouldGiveRoomBackBeforeItHasReadAllThatWaits(
        final String name, final int packet, final int events, final Carrier.Factory factory)
    {
        final int count = 3 * Work.CAPACITY;
        room = events;
        tally.begin(count);

        try (Carrier carrier = factory.open(Path.of("target"), packet, List.of(this::onEvent)))
        {
            // The first packet alone, so that all others are behind it in one batch.
            publish(carrier, packet, 0, packet);
            await(reached, 0);
            publish(carrier, packet, packet, count);
            tally.await();
        }

        assertFalse(isLate.get(), "the writer has no room while the reader reads: carrier=" + name);
        assertEquals(Work.expected(0, count), tally.sum());
    }

    private void publish(final Carrier carrier, final int packet, final int from, final int to)
    {
        IntStream.iterate(from, (at) -> at < to, (at) -> at + packet).forEach((at) ->
        {
            carrier.publish(at, packet);
            written.set(at + packet);
        });
    }

    private void onEvent(final long sequence, final long fold)
    {
        reached.set(sequence);
        if (sequence == 0)
        {
            await(written, Work.CAPACITY);
        }
        if (sequence == Work.CAPACITY - 1)
        {
            await(written, room + GIVEN_BACK);
        }
        tally.add(fold);
    }

    private void await(final AtomicLong count, final long least)
    {
        final long start = System.nanoTime();
        while (count.get() < least && !isLate.get())
        {
            isLate.compareAndSet(false, System.nanoTime() - start > LIMIT_NS);
            Thread.onSpinWait();
        }
    }
}
