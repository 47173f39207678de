package io.ringtape.bench.jmh;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The event flyweight: all fields of the next of 4,096 events written, or read.
 * <p>
 * Thread safety: a state a thread. Allocation: none in a call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class EventBenchmark
{
    private static final int SLOTS = 4096;

    private final UnsafeBuffer buffer = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(SLOTS * OrderBookEvent.SIZE_BYTES, BitUtil.CACHE_LINE_LENGTH));
    private final OrderBookEvent event = new OrderBookEvent();
    private long sequence;

    /**
     * Writes every field.
     *
     * @return the flyweight, so that the stores are kept.
     */
    @Benchmark
    public OrderBookEvent write()
    {
        final long at = sequence++;
        return next(at)
            .sequence(at)
            .eventTimeNs(at)
            .receiveTimeNs(at)
            .orderId(at)
            .price(at)
            .quantity(at)
            .sourceSequence(at)
            .instrumentId(1)
            .type(EventType.ORDER_ADD)
            .sourceId(1)
            .flags(Side.BID | EventFlags.LAST);
    }

    /**
     * Reads every field.
     *
     * @return their sum, so that the loads are kept.
     */
    @Benchmark
    public long read()
    {
        final OrderBookEvent from = next(sequence++);
        return from.sequence() + from.eventTimeNs() + from.receiveTimeNs() + from.orderId() + from.price() +
            from.quantity() + from.sourceSequence() + from.instrumentId() + from.type() + from.sourceId() +
            from.flags();
    }

    private OrderBookEvent next(final long at)
    {
        return event.wrap(buffer, (int)(at & (SLOTS - 1)) * OrderBookEvent.SIZE_BYTES);
    }
}
