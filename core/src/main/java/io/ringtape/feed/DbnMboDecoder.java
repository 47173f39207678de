package io.ringtape.feed;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decodes the market-by-order records of DBN (Databento Binary Encoding), version 1, 2 or 3: one event a record.
 * <p>
 * Hot path. Actions: A {@link EventType#ORDER_ADD}, C {@link EventType#ORDER_REDUCE} by its size (an order at 0 is
 * gone), M {@link EventType#ORDER_MODIFY}, R {@link EventType#BOOK_CLEAR} of both sides, T {@link EventType#TRADE},
 * F {@link EventType#FILL_REPORT}, N (nothing, but flags) {@link EventType#HEARTBEAT}. A trade's side in DBN is that of
 * the aggressor, so it is turned round: ours is that of the resting order. A trade keeps the record's order id.
 * <p>
 * Flags: 0x80 {@link EventFlags#LAST}, 0x20 {@link EventFlags#SNAPSHOT}, 0x08 {@link EventFlags#BAD_TIME}, 0x04
 * {@link EventFlags#SUSPECT_BOOK}; 0x02 is the publisher's own. The undefined price is
 * {@link OrderBookEvent#NULL_PRICE}. The event time is {@code ts_event}, the receive time {@code ts_recv}; where one of
 * them is undefined it is the other one and {@link EventFlags#BAD_TIME} is set. A symbol is that of the day of
 * {@code ts_recv}, by which records are sorted; where that is undefined, of the one before it or of {@code ts_event},
 * whichever is later: an order may be days older than the file. The source sequence is
 * {@code sequence}. An add, cancel or modify with 0x40 (top of book: it replaces a side) or 0x10 (the total of a price
 * level), as publishers without orders have them, is an error: a book by order would take it for an order that stays.
 * {@code ts_in_delta} is not kept: it stands on every record, a detail line only on trades.
 * <p>
 * Records of other types are skipped by their length and counted. A length that no record can have is an error. Layout:
 * Databento's reference implementation, the {@code dbn} crate.
 * <p>
 * Thread safety: none; one thread owns a decoder.
 * Allocation: for each new instrument and for errors only.
 */
public final class DbnMboDecoder
{
    /** The price exponent of the events. */
    public static final int PRICE_EXPONENT = -9;
    /** The quantity exponent of the events. */
    public static final int QUANTITY_EXPONENT = 0;

    private static final int RTYPE_MBO = 0xA0;
    private static final int HEADER_BYTES = 16;
    private static final int MBO_BYTES = 56;
    private static final int SEND_TIME_BYTES = 8;

    private static final int RTYPE_OFFSET = 1;
    private static final int PUBLISHER_OFFSET = 2;
    private static final int INSTRUMENT_OFFSET = 4;
    private static final int EVENT_TIME_OFFSET = 8;
    private static final int ORDER_ID_OFFSET = 16;
    private static final int PRICE_OFFSET = 24;
    private static final int SIZE_OFFSET = 32;
    private static final int FLAGS_OFFSET = 36;
    private static final int CHANNEL_OFFSET = 37;
    private static final int ACTION_OFFSET = 38;
    private static final int SIDE_OFFSET = 39;
    private static final int RECEIVE_TIME_OFFSET = 40;
    private static final int SEQUENCE_OFFSET = 52;

    private static final int FLAG_LAST = 0x80;
    private static final int FLAG_TOP_OF_BOOK = 0x40;
    private static final int FLAG_SNAPSHOT = 0x20;
    private static final int FLAG_PRICE_LEVEL = 0x10;
    private static final int FLAG_BAD_TIME = 0x08;
    private static final int FLAG_SUSPECT_BOOK = 0x04;
    private static final long UNDEFINED_PRICE = Long.MAX_VALUE;
    private static final long UNDEFINED_TIME = -1;
    private static final long UNDEFINED_SIZE = 0xFFFF_FFFFL;

    private static final int[] FLAGS = flags();

    private final DbnSymbols symbols;
    private final InstrumentResolver instruments;
    private final int sourceId;
    private final int mboBytes;

    // By publisher and venue's id: the index of its slot in the arrays.
    private final Long2LongHashMap slots = new Long2LongHashMap(-1);
    private int[] slotInstruments = new int[16];
    private long[] slotFromNs = new long[16];
    private long[] slotToNs = new long[16];

    private long symbolsNs;
    private boolean eventEnded = true;
    private long recordCount;
    private long skippedCount;

    /**
     * A decoder for the records behind metadata.
     *
     * @param metadata    of the same file.
     * @param sourceId    of the events.
     * @param instruments gives instruments their ids.
     * @throws FeedException if the schema is neither MBO nor the mixed one of live captures; the message names it.
     */
    public DbnMboDecoder(final DbnMetadata metadata, final int sourceId, final InstrumentResolver instruments)
        throws FeedException
    {
        if (metadata.schema() != DbnSchema.MBO && metadata.schema() != DbnSchema.MIXED)
        {
            throw new FeedException("DBN schema is not supported", "schema", FeedException.Unit.BYTE,
                DbnMetadata.PREFIX_BYTES + 16, "schema=" + DbnSchema.name(metadata.schema()) + " supported=mbo");
        }
        symbols = metadata.symbols();
        symbolsNs = symbols.firstNs();
        mboBytes = metadata.hasSendTime() ? MBO_BYTES + SEND_TIME_BYTES : MBO_BYTES;
        this.sourceId = sourceId;
        this.instruments = instruments;
    }

    /**
     * Decodes whole records until a venue event ends, the batch is as full as asked for, or no whole record is left.
     * <p>
     * On an error the batch holds the events of the records before it, and the decoder must not be used again.
     *
     * @param buffer    holds the records.
     * @param offset    of the first one.
     * @param limit     behind the last byte that is there; a record that is not whole is left.
     * @param maxEvents events in the batch at which to stop, at least 1.
     * @param batch     gets the events.
     * @return how many bytes were used up.
     * @throws FeedException if a record is not as the format has it, named by field and record.
     */
    public int decode(
        final UnsafeBuffer buffer, final int offset, final int limit, final int maxEvents, final EventBatch batch)
        throws FeedException
    {
        int position = offset;
        boolean ended = false;
        while (!ended && position < limit && batch.count() < maxEvents)
        {
            final int length = (buffer.getByte(position) & 0xFF) << 2;
            if (length < HEADER_BYTES)
            {
                throw error("record is shorter than its header", "length", "value=" + length);
            }
            if (length > limit - position)
            {
                break;
            }
            if ((buffer.getByte(position + RTYPE_OFFSET) & 0xFF) == RTYPE_MBO)
            {
                if (length != mboBytes)
                {
                    throw error("MBO record has another length", "length", "value=" + length + " expected=" + mboBytes);
                }
                ended = append(buffer, position, batch);
                eventEnded = ended;
            }
            else
            {
                skippedCount++;
            }
            recordCount++;
            position += length;
        }
        return position - offset;
    }

    /**
     * Whether the last record that was decoded ended its venue event; true before the first.
     *
     * @return false in the middle of a venue event.
     */
    public boolean isEventEnded()
    {
        return eventEnded;
    }

    /**
     * How many records were used up, skipped ones included.
     *
     * @return 0 or more.
     */
    public long recordCount()
    {
        return recordCount;
    }

    /**
     * How many records of other types were skipped.
     *
     * @return 0 or more.
     */
    public long skippedCount()
    {
        return skippedCount;
    }

    /**
     * Whether a record is market by order.
     *
     * @param buffer holds the first 56 bytes of the record.
     * @param offset of the record.
     * @return true if it has a publisher and a channel.
     */
    public static boolean isMbo(final UnsafeBuffer buffer, final int offset)
    {
        return (buffer.getByte(offset + RTYPE_OFFSET) & 0xFF) == RTYPE_MBO;
    }

    /**
     * The publisher of a record.
     *
     * @param buffer holds the record.
     * @param offset of the record.
     * @return Databento's id, 0 to 65,535.
     */
    public static int publisher(final UnsafeBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + PUBLISHER_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * The channel of a market-by-order record.
     *
     * @param buffer holds the record.
     * @param offset of the record.
     * @return the venue's channel, 0 to 255.
     */
    public static int channel(final UnsafeBuffer buffer, final int offset)
    {
        return buffer.getByte(offset + CHANNEL_OFFSET) & 0xFF;
    }

    // Everything is checked before the event is appended, so that a batch never holds half of one.
    private boolean append(final UnsafeBuffer buffer, final int record, final EventBatch batch) throws FeedException
    {
        final int venueFlags = buffer.getByte(record + FLAGS_OFFSET) & 0xFF;
        final int type = type(buffer.getByte(record + ACTION_OFFSET));
        final int side = side(buffer.getByte(record + SIDE_OFFSET));
        final long size = buffer.getInt(record + SIZE_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
        final long venuePrice = buffer.getLong(record + PRICE_OFFSET, LITTLE_ENDIAN);
        final long price = venuePrice == UNDEFINED_PRICE ? OrderBookEvent.NULL_PRICE : venuePrice;
        if (venuePrice == Long.MIN_VALUE)
        {
            throw error("price does not fit", "price", "value=" + venuePrice);
        }
        if (size == UNDEFINED_SIZE && type <= EventType.FILL_REPORT)
        {
            throw error("size does not fit", "size", "value=" + size);
        }
        if ((venueFlags & (FLAG_TOP_OF_BOOK | FLAG_PRICE_LEVEL)) != 0 && type <= EventType.ORDER_REDUCE)
        {
            throw error("record is not of an order", "flags", "value=0x" + Integer.toHexString(venueFlags) +
                ((venueFlags & FLAG_TOP_OF_BOOK) != 0 ? " top-of-book" : " price-level") +
                " publisher=" + publisher(buffer, record));
        }
        int flags = FLAGS[venueFlags];
        long eventTimeNs = buffer.getLong(record + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
        long receiveTimeNs = buffer.getLong(record + RECEIVE_TIME_OFFSET, LITTLE_ENDIAN);
        symbolsNs = receiveTimeNs < 0 ? Math.max(symbolsNs, eventTimeNs) : receiveTimeNs;
        if ((eventTimeNs | receiveTimeNs) < 0)
        {
            requireTime(eventTimeNs, receiveTimeNs);
            eventTimeNs = eventTimeNs < 0 ? receiveTimeNs : eventTimeNs;
            receiveTimeNs = receiveTimeNs < 0 ? eventTimeNs : receiveTimeNs;
            flags |= EventFlags.BAD_TIME;
        }
        final int instrumentId = instrumentId(
            publisher(buffer, record), buffer.getInt(record + INSTRUMENT_OFFSET, LITTLE_ENDIAN), symbolsNs);
        final OrderBookEvent event = batch.append()
            .eventTimeNs(eventTimeNs).receiveTimeNs(receiveTimeNs)
            .sourceSequence(buffer.getInt(record + SEQUENCE_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL)
            .instrumentId(instrumentId).type(type).sourceId(sourceId);
        if (type <= EventType.FILL_REPORT)
        {
            final int resting = type == EventType.TRADE && side != Side.NONE ? Side.opposite(side) : side;
            event.orderId(buffer.getLong(record + ORDER_ID_OFFSET, LITTLE_ENDIAN))
                .price(price).quantity(size).flags(flags | resting);
        }
        else
        {
            event.flags(flags);
        }
        return (venueFlags & FLAG_LAST) != 0;
    }

    private int type(final int action) throws FeedException
    {
        return switch (action)
        {
            case 'A' -> EventType.ORDER_ADD;
            case 'C' -> EventType.ORDER_REDUCE;
            case 'M' -> EventType.ORDER_MODIFY;
            case 'T' -> EventType.TRADE;
            case 'F' -> EventType.FILL_REPORT;
            case 'R' -> EventType.BOOK_CLEAR;
            case 'N' -> EventType.HEARTBEAT;
            default -> throw error("unknown action", "action", "value=0x" + Integer.toHexString(action & 0xFF));
        };
    }

    private int side(final int side) throws FeedException
    {
        return switch (side)
        {
            case 'B' -> Side.BID;
            case 'A' -> Side.ASK;
            case 'N' -> Side.NONE;
            default -> throw error("unknown side", "side", "value=0x" + Integer.toHexString(side & 0xFF));
        };
    }

    private void requireTime(final long eventTimeNs, final long receiveTimeNs) throws FeedException
    {
        if (eventTimeNs < UNDEFINED_TIME)
        {
            throw error("time does not fit", "ts_event", "value=" + Long.toUnsignedString(eventTimeNs));
        }
        if (receiveTimeNs < UNDEFINED_TIME)
        {
            throw error("time does not fit", "ts_recv", "value=" + Long.toUnsignedString(receiveTimeNs));
        }
        if (eventTimeNs == UNDEFINED_TIME && receiveTimeNs == UNDEFINED_TIME)
        {
            throw error("record has no time", "ts_recv", "value=undefined");
        }
    }

    private int instrumentId(final int publisher, final int venueInstrumentId, final long timeNs)
    {
        final long key = ((long)publisher << 32) | (venueInstrumentId & 0xFFFF_FFFFL);
        final int slot = (int)slots.get(key);
        if (slot >= 0 && timeNs >= slotFromNs[slot] && timeNs < slotToNs[slot])
        {
            return slotInstruments[slot];
        }
        return resolve(slot, key, publisher, timeNs);
    }

    private int resolve(final int knownSlot, final long key, final int publisher, final long timeNs)
    {
        final int slot = knownSlot >= 0 ? knownSlot : newSlot(key);
        final long venueInstrumentId = key & 0xFFFF_FFFFL;
        final DbnSymbols.Interval interval = symbols.at(venueInstrumentId, timeNs);
        slotInstruments[slot] = instruments.instrumentId(interval.symbol(), venueInstrumentId, publisher);
        slotFromNs[slot] = interval.fromNs();
        slotToNs[slot] = interval.toNs();
        return slotInstruments[slot];
    }

    private int newSlot(final long key)
    {
        final int slot = slots.size();
        if (slot == slotInstruments.length)
        {
            slotInstruments = Arrays.copyOf(slotInstruments, 2 * slot);
            slotFromNs = Arrays.copyOf(slotFromNs, 2 * slot);
            slotToNs = Arrays.copyOf(slotToNs, 2 * slot);
        }
        slots.put(key, slot);
        return slot;
    }

    private FeedException error(final String problem, final String field, final String details)
    {
        return new FeedException(problem, field, FeedException.Unit.RECORD, recordCount + 1, details);
    }

    private static int[] flags()
    {
        final int[] flags = new int[256];
        for (int i = 0; i < flags.length; i++)
        {
            flags[i] = ((i & FLAG_LAST) != 0 ? EventFlags.LAST : 0) |
                ((i & FLAG_SNAPSHOT) != 0 ? EventFlags.SNAPSHOT : 0) |
                ((i & FLAG_BAD_TIME) != 0 ? EventFlags.BAD_TIME : 0) |
                ((i & FLAG_SUSPECT_BOOK) != 0 ? EventFlags.SUSPECT_BOOK : 0);
        }
        return flags;
    }
}
