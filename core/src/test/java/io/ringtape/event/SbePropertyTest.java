package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.sbe.BlockDecoder;
import io.ringtape.sbe.BlockEncoder;
import io.ringtape.sbe.DetailDecoder;
import io.ringtape.sbe.DetailEncoder;
import io.ringtape.sbe.EventDecoder;
import io.ringtape.sbe.EventEncoder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The codecs that the build generates from the normative schema and the hand-written flyweight read each other's bytes.
 * Any 64 bytes are an event for both, so all bytes are tried, not only those that make sense.
 */
final class SbePropertyTest
{
    private static final int SIZE = OrderBookEvent.SIZE_BYTES;
    private static final int VERSION = EventDecoder.SCHEMA_VERSION;

    @Example
    void shouldHaveTheSizeOfTheSchema()
    {
        assertEquals(SIZE, EventEncoder.BLOCK_LENGTH);
        assertEquals(SIZE, DetailEncoder.BLOCK_LENGTH);
        assertEquals(SIZE, BlockEncoder.EventsEncoder.sbeBlockLength());
    }

    @Property
    void shouldReadInTheFlyweightWhatTheCodecWrote(@ForAll("eventBytes") final byte[] source)
    {
        final EventDecoder from = new EventDecoder().wrap(new UnsafeBuffer(source), 0, SIZE, VERSION);
        final byte[] target = new byte[SIZE];

        new EventEncoder().wrap(new UnsafeBuffer(target), 0).sequence(from.sequence()).eventTimeNs(from.eventTimeNs())
            .receiveTimeNs(from.receiveTimeNs()).orderId(from.orderId()).price(from.price()).quantity(from.quantity())
            .sourceSequence(from.sourceSequence()).instrumentId(from.instrumentId()).typeCode(from.typeCode())
            .sourceId(from.sourceId()).flags(from.flags());

        assertArrayEquals(source, target);
        requireEqual(from, new OrderBookEvent().wrap(new UnsafeBuffer(target), 0));
    }

    @Property
    void shouldReadInTheCodecWhatTheFlyweightWrote(@ForAll("eventBytes") final byte[] source)
    {
        final OrderBookEvent from = new OrderBookEvent().wrap(new UnsafeBuffer(source), 0);
        final byte[] target = new byte[SIZE];
        final UnsafeBuffer buffer = new UnsafeBuffer(target);

        new OrderBookEvent().wrap(buffer, 0).sequence(from.sequence()).eventTimeNs(from.eventTimeNs())
            .receiveTimeNs(from.receiveTimeNs()).orderId(from.orderId()).price(from.price()).quantity(from.quantity())
            .sourceSequence(from.sourceSequence()).instrumentId(from.instrumentId()).type(from.type())
            .sourceId(from.sourceId()).flags(from.flags());

        assertArrayEquals(source, target);
        requireEqual(new EventDecoder().wrap(buffer, 0, SIZE, VERSION), from);
    }

    @Property
    void shouldReadInTheFlyweightTheDetailThatTheCodecWrote(@ForAll("eventBytes") final byte[] source)
    {
        final DetailDecoder from = new DetailDecoder().wrap(new UnsafeBuffer(source), 0, SIZE, VERSION);
        final byte[] target = new byte[SIZE];

        new DetailEncoder().wrap(new UnsafeBuffer(target), 0).sequence(from.sequence()).value0(from.value0())
            .value1(from.value1()).value2(from.value2()).value3(from.value3()).value4(from.value4())
            .value5(from.value5()).instrumentId(from.instrumentId()).typeCode(from.typeCode())
            .sourceId(from.sourceId()).flags(from.flags());

        assertArrayEquals(source, target);
        requireEqual(from, new OrderBookEvent().wrap(new UnsafeBuffer(target), 0));
    }

    @Property
    void shouldReadInTheCodecTheDetailThatTheFlyweightWrote(@ForAll("eventBytes") final byte[] source)
    {
        final OrderBookEvent from = new OrderBookEvent().wrap(new UnsafeBuffer(source), 0);
        final byte[] target = new byte[SIZE];
        final UnsafeBuffer buffer = new UnsafeBuffer(target);

        final OrderBookEvent to = new OrderBookEvent().wrap(buffer, 0).sequence(from.sequence())
            .instrumentId(from.instrumentId()).type(from.type()).sourceId(from.sourceId()).flags(from.flags());
        for (int i = 0; i < OrderBookEvent.DETAIL_COUNT; i++)
        {
            to.detail(i, from.detail(i));
        }

        assertArrayEquals(source, target);
        requireEqual(new DetailDecoder().wrap(buffer, 0, SIZE, VERSION), from);
    }

    @Property(tries = 100)
    void shouldStandInABlockAsItStandsInTheRing(
        @ForAll("eventBytes") final byte[] first, @ForAll("eventBytes") final byte[] second)
    {
        final UnsafeBuffer block = new UnsafeBuffer(new byte[1024]);
        final BlockEncoder encoder = new BlockEncoder().wrap(block, 0);
        encoder.eventsCount(2);
        final int offset = encoder.limit();
        block.putBytes(offset, first);
        block.putBytes(offset + SIZE, second);

        final BlockDecoder.EventsDecoder events =
            new BlockDecoder().wrap(block, 0, BlockDecoder.BLOCK_LENGTH, VERSION).events();

        for (final byte[] bytes : new byte[][]{first, second})
        {
            final OrderBookEvent event = new OrderBookEvent().wrap(new UnsafeBuffer(bytes), 0);
            events.next();
            assertEquals(event.sequence(), events.sequence());
            assertEquals(event.eventTimeNs(), events.eventTimeNs());
            assertEquals(event.receiveTimeNs(), events.receiveTimeNs());
            assertEquals(event.orderId(), events.orderId());
            assertEquals(event.price(), events.price());
            assertEquals(event.quantity(), events.quantity());
            assertEquals(event.sourceSequence(), events.sourceSequence());
            assertEquals(event.instrumentId(), events.instrumentId());
            assertEquals(event.type(), events.typeCode());
            assertEquals(event.sourceId(), events.sourceId());
            assertEquals(event.flags(), events.flags());
        }
    }

    @Provide
    Arbitrary<byte[]> eventBytes()
    {
        return Arbitraries.bytes().array(byte[].class).ofSize(SIZE);
    }

    private static void requireEqual(final EventDecoder decoder, final OrderBookEvent event)
    {
        assertEquals(decoder.sequence(), event.sequence());
        assertEquals(decoder.eventTimeNs(), event.eventTimeNs());
        assertEquals(decoder.receiveTimeNs(), event.receiveTimeNs());
        assertEquals(decoder.orderId(), event.orderId());
        assertEquals(decoder.price(), event.price());
        assertEquals(decoder.quantity(), event.quantity());
        assertEquals(decoder.sourceSequence(), event.sourceSequence());
        assertEquals(decoder.instrumentId(), event.instrumentId());
        assertEquals(decoder.typeCode(), event.type());
        assertEquals(decoder.sourceId(), event.sourceId());
        assertEquals(decoder.flags(), event.flags());
    }

    private static void requireEqual(final DetailDecoder decoder, final OrderBookEvent event)
    {
        assertEquals(decoder.sequence(), event.sequence());
        assertEquals(decoder.value0(), event.detail(0));
        assertEquals(decoder.value1(), event.detail(1));
        assertEquals(decoder.value2(), event.detail(2));
        assertEquals(decoder.value3(), event.detail(3));
        assertEquals(decoder.value4(), event.detail(4));
        assertEquals(decoder.value5(), event.detail(5));
        assertEquals(decoder.instrumentId(), event.instrumentId());
        assertEquals(decoder.typeCode(), event.type());
        assertEquals(decoder.sourceId(), event.sourceId());
        assertEquals(decoder.flags(), event.flags());
    }
}
