package io.ringtape.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class DbnMboDecoderTest
{
    private static final long RECEIVED = 1_715_126_400_000_000_777L;

    private final List<String> resolved = new ArrayList<>();
    private final EventBatch batch = new EventBatch(2);
    private DbnMboDecoder decoder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldMapEachAction(final int version) throws FeedException
    {
        final DbnWriter writer = new DbnWriter(version).metadata()
            .mbo('R', 'N', 9, DbnWriter.UNDEFINED_PRICE, 0).flags(0x28)
            .mbo('A', 'B', 1, 500_000, 2).flags(0x28)
            .mbo('M', 'B', 1, 600_000, 3).flags(0)
            .mbo('T', 'A', 7, 600_000, 1).flags(0)
            .mbo('F', 'B', 1, 600_000, 1).flags(0x02)
            .mbo('C', 'B', 1, 600_000, 1).flags(0x84)
            .mbo('A', 'A', 2, DbnWriter.UNDEFINED_PRICE, 2)
            .mbo('T', 'N', 0, 600_000, 1)
            .mbo('N', 'N', 0, 600_000, 1);

        final List<String> lines = decodeAll(writer);

        assertEquals(
            List.of(
                "book-clear - -x- id=0 source=4294967295 snapshot bad-time",
                "order-add bid 5x2 id=1 source=4294967295 snapshot bad-time",
                "order-modify bid 6x3 id=1 source=4294967295",
                "trade bid 6x1 id=7 source=4294967295",
                "fill-report bid 6x1 id=1 source=4294967295",
                "order-reduce bid 6x1 id=1 source=4294967295 suspect last",
                "order-add ask -x2 id=2 source=4294967295 last",
                "trade - 6x1 id=0 source=4294967295 last",
                "heartbeat - -x- id=0 source=4294967295 last"),
            lines);
        assertEquals(List.of("ESM4/5602/1"), resolved);
    }

    @Test
    void shouldCarryTimesAndIds() throws FeedException
    {
        decodeAll(new DbnWriter(1).metadata().mbo('A', 'B', 1, 500_000, 2));

        final OrderBookEvent event = batch.event(0);

        assertEquals(1_715_126_400_000_000_000L, event.eventTimeNs());
        assertEquals(RECEIVED, event.receiveTimeNs());
        assertEquals(6, event.sourceId());
        assertEquals(100, event.instrumentId());
    }

    @ParameterizedTest
    @CsvSource({"-1, 5, 5, 5, true", "6, -1, 6, 6, true", "6, 5, 6, 5, false"})
    void shouldFillInForAnUndefinedTime(
        final long event, final long receive, final long wantedEvent, final long wantedReceive, final boolean bad)
        throws FeedException
    {
        decodeAll(new DbnWriter(1).metadata().mbo('A', 'B', 1, 500_000, 2).times(event, receive));

        assertEquals(wantedEvent, batch.event(0).eventTimeNs());
        assertEquals(wantedReceive, batch.event(0).receiveTimeNs());
        assertEquals(bad, batch.event(0).has(EventFlags.BAD_TIME));
    }

    @Test
    void shouldTakeTheSymbolOfTheFileForAnOldOrderWithoutAReceiveTime() throws FeedException
    {
        decodeAll(new DbnWriter(1).metadata()
            .mbo('A', 'B', 1, 500_000, 2).flags(0)
            .mbo('A', 'B', 2, 500_000, 2).times(RECEIVED - 10 * 86_400_000_000_000L, -1));

        assertEquals(List.of("ESM4/5602/1"), resolved);
        assertEquals(100, batch.event(1).instrumentId());
        assertEquals(RECEIVED - 10 * 86_400_000_000_000L, batch.event(1).receiveTimeNs());
    }

    @Test
    void shouldTakeTheFirstSymbolOfTheFileForAnOldOrderThatComesFirst() throws FeedException
    {
        decodeAll(new DbnWriter(1).metadata()
            .mbo('A', 'B', 2, 500_000, 2).times(RECEIVED - 10 * 86_400_000_000_000L, -1)
            .mbo('A', 'B', 1, 500_000, 2).flags(0));

        assertEquals(List.of("ESM4/5602/1"), resolved);
    }

    @ParameterizedTest
    @CsvSource({"A, 0xc0, top-of-book", "M, 0x40, top-of-book", "C, 0x50, top-of-book", "A, 0x90, price-level"})
    void shouldRefuseARecordThatIsNotOfAnOrder(final char action, final String flags, final String what)
    {
        final DbnWriter writer = new DbnWriter(1).metadata()
            .mbo('A', 'B', 1, 500_000, 2).flags(0)
            .mbo(action, 'B', 0, 600_000, 2).flags(Integer.decode(flags)).instrument(39, 5602);

        final FeedException e = assertThrows(FeedException.class, () -> decodeAll(writer));

        assertEquals("record is not of an order: record=2 field=flags value=" + flags + " " + what + " publisher=39",
            e.getMessage());
        assertEquals(1, batch.count());
    }

    @Test
    void shouldTakeWhatChangesNoOrderWhereTheSourceHasNone() throws FeedException
    {
        final DbnWriter writer = new DbnWriter(1).metadata()
            .mbo('R', 'N', 0, DbnWriter.UNDEFINED_PRICE, 0).flags(0x40)
            .mbo('T', 'A', 0, 600_000, 1).flags(0xC0);

        assertEquals(List.of("book-clear - -x- id=0 source=4294967295", "trade bid 6x1 id=0 source=4294967295 last"),
            decodeAll(writer));
    }

    @Test
    void shouldStopAtTheEndOfAVenueEvent() throws FeedException
    {
        final DbnWriter writer = new DbnWriter(3).metadata()
            .mbo('A', 'B', 1, 500_000, 2).flags(0)
            .mbo('A', 'B', 2, 500_000, 2)
            .mbo('A', 'B', 3, 500_000, 2);
        final UnsafeBuffer buffer = open(writer);

        assertTrue(decoder.isEventEnded());
        final int used = decoder.decode(buffer, writer.metadataLength(), buffer.capacity(), 10, batch);

        assertEquals(112, used);
        assertEquals(2, batch.count());
        assertTrue(decoder.isEventEnded());
    }

    @Test
    void shouldStopWhenTheBatchIsFullAndGoOn() throws FeedException
    {
        final DbnWriter writer = new DbnWriter(2).metadata()
            .mbo('A', 'B', 1, 500_000, 2).flags(0).mbo('A', 'B', 2, 500_000, 2).flags(0).mbo('A', 'B', 3, 500_000, 2);
        final UnsafeBuffer buffer = open(writer);

        final int used = decoder.decode(buffer, writer.metadataLength(), buffer.capacity(), 2, batch);
        assertEquals(2, batch.count());
        assertFalse(decoder.isEventEnded());
        batch.clear();
        decoder.decode(buffer, writer.metadataLength() + used, buffer.capacity(), 2, batch);

        assertEquals(List.of("order-add bid 5x2 id=3 source=4294967295 last"), FeedText.lines(batch));
    }

    @Test
    void shouldLeaveARecordThatIsNotWhole() throws FeedException
    {
        final DbnWriter writer = new DbnWriter(1).metadata().mbo('A', 'B', 1, 500_000, 2).flags(0);
        final UnsafeBuffer buffer = open(writer);

        final int used = decoder.decode(buffer, writer.metadataLength(), buffer.capacity() - 1, 2, batch);

        assertEquals(0, used);
        assertEquals(0, decoder.recordCount());
    }

    @Test
    void shouldSkipAndCountOtherRecords() throws FeedException
    {
        final DbnWriter writer = new DbnWriter(1).metadata()
            .record(0x16, 80).mbo('A', 'B', 1, 500_000, 2).record(0x17, 320).record(0x77, 16);

        final List<String> lines = decodeAll(writer);

        assertEquals(1, lines.size());
        assertEquals(4, decoder.recordCount());
        assertEquals(3, decoder.skippedCount());
    }

    @Test
    void shouldTakeRecordsWithASendTimeBehindThem() throws FeedException
    {
        final DbnWriter writer = new DbnWriter(1).metadata().sendTime()
            .mbo('A', 'B', 1, 500_000, 2).raw(1, 2, 3, 4, 5, 6, 7, 8);
        final byte[] bytes = writer.toBytes();
        bytes[writer.metadataLength()] = 16;

        final List<String> lines = decodeAll(writer, bytes);

        assertEquals(List.of("order-add bid 5x2 id=1 source=4294967295 last"), lines);
    }

    @Test
    void shouldKeepThePublishersOfAnInstrumentApart() throws FeedException
    {
        decodeAll(new DbnWriter(1).metadata()
            .mbo('A', 'B', 1, 500_000, 2).instrument(1, 5602)
            .mbo('A', 'B', 1, 500_000, 2).instrument(2, 5602)
            .mbo('A', 'B', 1, 500_000, 2).instrument(1, -1)
            .mbo('A', 'B', 1, 500_000, 2).instrument(1, 5602));

        assertEquals(List.of("ESM4/5602/1", "ESM4/5602/2", "4294967295/4294967295/1"), resolved);
        assertEquals(100, batch.event(3).instrumentId());
    }

    @Test
    void shouldLookUpTheSymbolOfTheDay() throws FeedException
    {
        final long day = 86_400_000_000_000L;

        decodeAll(new DbnWriter(2).metadata()
            .mbo('A', 'B', 1, 500_000, 2)
            .mbo('A', 'B', 1, 500_000, 2).times(RECEIVED + day, RECEIVED + day)
            .mbo('A', 'B', 1, 500_000, 2).times(RECEIVED + day, RECEIVED + day + 1));

        assertEquals(List.of("ESM4/5602/1", "5602/5602/1"), resolved);
    }

    @Test
    void shouldManageMoreInstrumentsThanAtFirst() throws FeedException
    {
        final DbnWriter writer = new DbnWriter(1).metadata();
        for (int i = 0; i < 100; i++)
        {
            writer.mbo('A', 'B', 1, 500_000, 2).instrument(1, i);
        }

        decodeAll(writer);

        assertEquals(100, resolved.size());
        assertEquals(199, batch.event(99).instrumentId());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "38 | 88 | unknown action: record=2 field=action value=0x58",
        "39 | 88 | unknown side: record=2 field=side value=0x58",
        "0  | 0  | record is shorter than its header: record=2 field=length value=0",
        "0  | 13 | MBO record has another length: record=2 field=length value=52 expected=56",
        "15 | -1 | time does not fit: record=2 field=ts_event value=18432488216799281152",
        "47 | -2 | time does not fit: record=2 field=ts_recv value=18360430622761353993"})
    void shouldNameRecordAndFieldOfABadRecord(final int offset, final int value, final String error)
    {
        final DbnWriter writer =
            new DbnWriter(1).metadata().mbo('A', 'B', 1, 500_000, 2).mbo('A', 'B', 2, 500_000, 2);
        final byte[] bytes = writer.toBytes();
        bytes[writer.metadataLength() + 56 + offset] = (byte)value;

        final FeedException thrown = assertThrows(FeedException.class, () -> decodeAll(writer, bytes));

        assertEquals(error, thrown.getMessage());
        assertEquals(1, batch.count(), "what came before is there");
    }

    @Test
    void shouldRefusePricesSizesAndTimesThatDoNotFit()
    {
        assertError("price does not fit: record=1 field=price value=-9223372036854775808",
            new DbnWriter(1).metadata().mbo('A', 'B', 1, Long.MIN_VALUE, 2));
        assertError("size does not fit: record=1 field=size value=4294967295",
            new DbnWriter(1).metadata().mbo('A', 'B', 1, 500_000, -1));
        assertError("record has no time: record=1 field=ts_recv value=undefined",
            new DbnWriter(1).metadata().mbo('A', 'B', 1, 500_000, 2).times(-1, -1));
    }

    @ParameterizedTest
    @CsvSource({"1, mbp-1", "9, definition", "99, unknown(99)"})
    void shouldRefuseOtherSchemasByName(final int schema, final String name)
    {
        final DbnWriter writer = new DbnWriter(3).metadata(schema, 0x0100, "ESM4", "5602", 20240508, 20240509);

        final FeedException thrown = assertThrows(FeedException.class, () -> open(writer));

        assertEquals("DBN schema is not supported: byte=24 field=schema schema=" + name + " supported=mbo",
            thrown.getMessage());
    }

    @Test
    void shouldTakeTheMixedSchemaOfLiveCaptures() throws FeedException
    {
        final DbnWriter writer = new DbnWriter(3).metadata(0xFFFF, 0x0100, "ESM4", "5602", 20240508, 20240509)
            .record(1, 80).mbo('A', 'B', 1, 500_000, 2);

        assertEquals(1, decodeAll(writer).size());
        assertEquals("mixed", DbnSchema.name(DbnSchema.MIXED));
    }

    private void assertError(final String error, final DbnWriter writer)
    {
        assertEquals(error, assertThrows(FeedException.class, () -> decodeAll(writer)).getMessage());
    }

    private List<String> decodeAll(final DbnWriter writer) throws FeedException
    {
        return decodeAll(writer, writer.toBytes());
    }

    private List<String> decodeAll(final DbnWriter writer, final byte[] bytes) throws FeedException
    {
        final UnsafeBuffer buffer = open(bytes);
        int position = writer.metadataLength();
        batch.clear();
        int used;
        do
        {
            used = decoder.decode(buffer, position, buffer.capacity(), Integer.MAX_VALUE, batch);
            position += used;
        }
        while (used > 0);
        assertEquals(buffer.capacity(), position);
        return FeedText.lines(batch);
    }

    private UnsafeBuffer open(final DbnWriter writer) throws FeedException
    {
        return open(writer.toBytes());
    }

    private UnsafeBuffer open(final byte[] bytes) throws FeedException
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        decoder = new DbnMboDecoder(DbnMetadata.parse(buffer, 0), 6, this::resolve);
        return buffer;
    }

    private int resolve(final String symbol, final long venueInstrumentId, final int publisher)
    {
        final String text = symbol + "/" + venueInstrumentId + "/" + publisher;
        if (!resolved.contains(text))
        {
            resolved.add(text);
        }
        return 100 + resolved.indexOf(text);
    }
}
