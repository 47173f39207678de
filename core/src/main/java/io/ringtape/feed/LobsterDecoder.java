package io.ringtape.feed;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.time.LocalDate;
import java.time.ZoneId;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decodes the rows of a LOBSTER message and orderbook pair, side by side, into the exact stream of a price-level book.
 * <p>
 * Hot path. Row k of the orderbook is the book after message k, and the messages alone do not tell what enters and
 * leaves the window of levels. So each row is one venue event with source sequence k: its message, applied to the
 * LEVEL of its price, and where the window moved a {@link EventType#LEVEL_SET} with {@link EventFlags#WINDOW}: quantity
 * 0 for the level that an added one pushed out, the shown quantity for the one that came in when a level went empty.
 * Whatever else differs between the levels so far and the row is an error. Before row 1, with source sequence 0, comes
 * a snapshot: {@link EventType#BOOK_CLEAR}, then the levels of row 1 with message 1 taken back, bids and then asks,
 * best first.
 * <p>
 * Prices are in units of 1e-9, quantities whole shares, the receive time is the event time. Types: 1
 * {@link EventType#ORDER_ADD}, 2 {@link EventType#ORDER_REDUCE}, 3 {@link EventType#ORDER_DELETE}, 4
 * {@link EventType#ORDER_EXECUTE}, 5 and 6 {@link EventType#TRADE} (the order id as in the file), 7
 * {@link EventType#TRADING_STATUS} (halt -1, quoting 0, trading 1). Format: LOBSTER's own
 * {@code LOBSTER_SampleFiles_ReadMe.txt}.
 * <p>
 * Thread safety: none; one thread owns a decoder.
 * Allocation: on construction and for errors only.
 */
public final class LobsterDecoder
{
    /** LOBSTER's unit of 1e-4 in ours of 1e-9. */
    public static final long PRICE_FACTOR = 100_000L;
    /** The price exponent of the events. */
    public static final int PRICE_EXPONENT = -9;
    /** The quantity exponent of the events. */
    public static final int QUANTITY_EXPONENT = 0;
    /** The most levels on a side that the name of a file can tell. */
    public static final int MAX_DEPTH = 9_999;

    private static final String LEVEL = " level ";
    private static final long EMPTY_PRICE = 9_999_999_999L;
    private static final long MAX_PRICE = LobsterMessage.MAX_PRICE;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final LobsterMessage message;
    private final CsvCursor book = new CsvCursor();
    private final LobsterLevels asks;
    private final LobsterLevels bids;
    private final int instrumentId;
    private final int sourceId;
    private final int depth;

    private int messageEnd;
    private int bookEnd;
    private long rowCount;
    private boolean started;

    private LobsterLevels levels;
    private boolean levelEmptied;
    private boolean cameIn;

    /**
     * A decoder for the pair of one symbol and day.
     *
     * @param instrumentId of the events.
     * @param sourceId     of the events.
     * @param depth        levels on each side of an orderbook row, at least 1.
     * @param midnightNs   the start of the day in New York, see {@link #midnightNs(LocalDate)}.
     */
    public LobsterDecoder(final int instrumentId, final int sourceId, final int depth, final long midnightNs)
    {
        if (depth < 1)
        {
            throw new IllegalArgumentException("depth must be at least 1: depth=" + depth);
        }
        this.instrumentId = instrumentId;
        this.sourceId = sourceId;
        this.depth = depth;
        message = new LobsterMessage(midnightNs);
        asks = new LobsterLevels(Side.ASK, 1, depth);
        bids = new LobsterLevels(Side.BID, -1, depth);
        levels = bids;
    }

    /**
     * The start of a day in New York, which the times of a capture count from.
     *
     * @param day of the capture, as in its file name.
     * @return ns since the epoch, UTC.
     * @throws ArithmeticException if it does not fit into 64 bits.
     */
    public static long midnightNs(final LocalDate day)
    {
        return Math.multiplyExact(day.atStartOfDay(ZONE).toEpochSecond(), NS_PER_SECOND);
    }

    /**
     * Whether the field of an error stands in the orderbook file, else it stands in the message file.
     *
     * @param field of a {@link FeedException} of this decoder.
     * @return true if it is a level.
     */
    public static boolean isOrderbookField(final String field)
    {
        return field.contains(LEVEL);
    }

    /**
     * Decodes the next venue event: the snapshot before row 1, which uses up nothing, or else one row of both files.
     * <p>
     * Both ranges must hold a whole line, ended by a line feed or by the end of the input. On an error nothing is
     * appended, and the decoder must not be used again.
     *
     * @param messages      holds the lines of the message file.
     * @param messageOffset of the next line.
     * @param messageLimit  behind the last whole line that is there.
     * @param books         holds the lines of the orderbook file.
     * @param bookOffset    of the next line.
     * @param bookLimit     behind the last whole line that is there.
     * @param batch         gets the events.
     * @throws FeedException if a line is not as the format has it, or the row does not follow from the one before.
     */
    public void decode(
        final UnsafeBuffer messages,
        final int messageOffset,
        final int messageLimit,
        final UnsafeBuffer books,
        final int bookOffset,
        final int bookLimit,
        final EventBatch batch) throws FeedException
    {
        messageEnd = message.read(messages, messageOffset, messageLimit, rowCount + 1);
        book.wrap(books, bookOffset, bookLimit);
        levels = message.side == Side.BID ? bids : asks;
        if (!started)
        {
            readFirstRow();
            appendSnapshot(batch);
            started = true;
            messageEnd = messageOffset;
            bookEnd = bookOffset;
            return;
        }
        final long pushedOut = applyMessage();
        compareRow();
        appendRow(batch, pushedOut);
        rowCount++;
        bookEnd = book.position();
    }

    /**
     * Where the next line of the message file starts.
     *
     * @return offset in the buffer of the last {@code decode}.
     */
    public int messageEnd()
    {
        return messageEnd;
    }

    /**
     * Where the next line of the orderbook file starts.
     *
     * @return offset in the buffer of the last {@code decode}.
     */
    public int bookEnd()
    {
        return bookEnd;
    }

    /**
     * How many rows were decoded.
     *
     * @return 0 or more.
     */
    public long rowCount()
    {
        return rowCount;
    }

    private void readFirstRow() throws FeedException
    {
        for (int i = 0; i < depth; i++)
        {
            readFirstLevel(asks, i);
            requireBookComma(asks.side, i);
            readFirstLevel(bids, i);
            requireBookEnd(i);
        }
        final int index = levels.find(message.price);
        if (message.type == 1)
        {
            if (index < 0 || levels.sizes[index] < message.size)
            {
                throw error("row 1 does not hold the order that its message adds",
                    levelName(levels.side, index < 0 ? -1 - index : index),
                    "price=" + message.price + " size=" + message.size);
            }
            levels.sizes[index] -= message.size;
            if (levels.sizes[index] == 0)
            {
                levels.remove(index);
            }
        }
        else if (message.type < 5 && !levels.add(message.price, message.size))
        {
            throw error("size does not fit", "size", "value=" + message.size);
        }
    }

    private void readFirstLevel(final LobsterLevels side, final int level) throws FeedException
    {
        final long levelPrice = bookNumber(side.side, level);
        requireBookComma(side.side, level);
        final long levelSize = bookNumber(side.side, level);
        if (isEmptyLevel(levelPrice, levelSize))
        {
            return;
        }
        if (side.count != level || !canShow(side, levelPrice, levelSize))
        {
            throw error("level is out of order or out of range", levelName(side.side, level),
                "price=" + levelPrice + " size=" + levelSize);
        }
        side.insert(level, levelPrice, levelSize);
    }

    // Returns the price of the level that left the window, or NULL_PRICE.
    private long applyMessage() throws FeedException
    {
        levelEmptied = false;
        cameIn = false;
        if (message.type > 4)
        {
            return OrderBookEvent.NULL_PRICE;
        }
        final LobsterLevels side = levels;
        if (message.type == 1)
        {
            if (!side.add(message.price, message.size))
            {
                throw error("level total does not fit", "size", "value=" + message.size);
            }
            return side.count > depth ? side.prices[--side.count] : OrderBookEvent.NULL_PRICE;
        }
        final int index = side.find(message.price);
        if (index < 0 || side.sizes[index] < message.size)
        {
            throw takesTooMuch(index);
        }
        side.sizes[index] -= message.size;
        if (side.sizes[index] == 0)
        {
            side.remove(index);
            levelEmptied = true;
        }
        return OrderBookEvent.NULL_PRICE;
    }

    private void compareRow() throws FeedException
    {
        final int last = depth;
        for (int i = 0; i < last; i++)
        {
            compareLevel(asks, i);
            requireBookComma(asks.side, i);
            compareLevel(bids, i);
            requireBookEnd(i);
        }
    }

    private void compareLevel(final LobsterLevels side, final int level) throws FeedException
    {
        final long rowPrice = bookNumber(side.side, level);
        requireBookComma(side.side, level);
        final long rowSize = bookNumber(side.side, level);
        if (level < side.count)
        {
            if (rowPrice != side.prices[level] || rowSize != side.sizes[level])
            {
                throw differs(side, level, rowPrice, rowSize);
            }
        }
        else if (!isEmptyLevel(rowPrice, rowSize))
        {
            comeIn(side, level, rowPrice, rowSize);
        }
    }

    // Only a window that was full can hide a level, so only its last place can show a new one.
    private void comeIn(final LobsterLevels side, final int level, final long rowPrice, final long rowSize)
        throws FeedException
    {
        if (!levelEmptied || side != levels || level != depth - 1 || side.count != level ||
            !canShow(side, rowPrice, rowSize))
        {
            throw differs(side, level, rowPrice, rowSize);
        }
        side.insert(level, rowPrice, rowSize);
        cameIn = true;
    }

    private void appendRow(final EventBatch batch, final long pushedOut)
    {
        final boolean moved = cameIn || pushedOut != OrderBookEvent.NULL_PRICE;
        final long sourceSequence = rowCount + 1;
        final OrderBookEvent event = append(batch, eventType(), sourceSequence);
        if (message.type == 7)
        {
            event.price(message.price).flags(EventFlags.LAST);
            return;
        }
        event.orderId(message.orderId).price(message.price * PRICE_FACTOR).quantity(message.size)
            .flags(moved ? levels.side : levels.side | EventFlags.LAST);
        if (moved)
        {
            final int deepest = depth - 1;
            append(batch, EventType.LEVEL_SET, sourceSequence)
                .price((cameIn ? levels.prices[deepest] : pushedOut) * PRICE_FACTOR)
                .quantity(cameIn ? levels.sizes[deepest] : 0)
                .flags(levels.side | EventFlags.WINDOW | EventFlags.LAST);
        }
    }

    private void appendSnapshot(final EventBatch batch)
    {
        append(batch, EventType.BOOK_CLEAR, 0).flags(EventFlags.SNAPSHOT);
        appendLevels(batch, bids);
        appendLevels(batch, asks);
        final OrderBookEvent last = batch.event(batch.count() - 1);
        last.flags(last.flags() | EventFlags.LAST);
    }

    private void appendLevels(final EventBatch batch, final LobsterLevels side)
    {
        for (int i = 0; i < side.count; i++)
        {
            append(batch, EventType.LEVEL_SET, 0)
                .price(side.prices[i] * PRICE_FACTOR).quantity(side.sizes[i])
                .flags(side.side | EventFlags.SNAPSHOT);
        }
    }

    private OrderBookEvent append(final EventBatch batch, final int eventType, final long sourceSequence)
    {
        return batch.append().type(eventType).instrumentId(instrumentId).sourceId(sourceId)
            .eventTimeNs(message.timeNs).receiveTimeNs(message.timeNs).sourceSequence(sourceSequence);
    }

    private int eventType()
    {
        return switch (message.type)
        {
            case 1 -> EventType.ORDER_ADD;
            case 2 -> EventType.ORDER_REDUCE;
            case 3 -> EventType.ORDER_DELETE;
            case 4 -> EventType.ORDER_EXECUTE;
            case 7 -> EventType.TRADING_STATUS;
            default -> EventType.TRADE;
        };
    }

    private static boolean isEmptyLevel(final long levelPrice, final long levelSize)
    {
        return levelSize == 0 && (levelPrice == EMPTY_PRICE || levelPrice == -EMPTY_PRICE);
    }

    private static boolean canShow(final LobsterLevels side, final long levelPrice, final long levelSize)
    {
        return levelSize > 0 && levelPrice != EMPTY_PRICE && levelPrice != -EMPTY_PRICE &&
            levelPrice <= MAX_PRICE && levelPrice >= -MAX_PRICE && side.isBehindDeepest(levelPrice);
    }

    private long bookNumber(final int side, final int level) throws FeedException
    {
        final int start = book.position();
        final long value = book.number();
        if (value == CsvCursor.NOT_A_NUMBER)
        {
            throw error("orderbook has no whole number of 64 bits", levelName(side, level),
                "value=" + book.quote(start));
        }
        return value;
    }

    private void requireBookComma(final int side, final int level) throws FeedException
    {
        if (!book.skip(','))
        {
            throw error("orderbook row is too short", levelName(side, level), "depth=" + depth);
        }
    }

    private void requireBookEnd(final int level) throws FeedException
    {
        if (level < depth - 1)
        {
            requireBookComma(bids.side, level);
        }
        else if (!book.skipLineEnd())
        {
            throw error("orderbook row is too long", levelName(bids.side, level), "depth=" + depth);
        }
    }

    private FeedException takesTooMuch(final int index)
    {
        return error("message takes more than its level holds",
            levelName(levels.side, index < 0 ? -1 - index : index),
            "price=" + message.price + " size=" + message.size + " held=" + (index < 0 ? 0 : levels.sizes[index]));
    }

    private FeedException differs(
        final LobsterLevels side, final int level, final long rowPrice, final long rowSize)
    {
        final String expected = level < side.count ? side.prices[level] + "x" + side.sizes[level] : "none";
        return error("orderbook row does not follow from its message", levelName(side.side, level),
            "expected=" + expected + " found=" + rowPrice + "x" + rowSize);
    }

    private static String levelName(final int side, final int level)
    {
        return Side.name(side) + LEVEL + (level + 1);
    }

    private FeedException error(final String problem, final String field, final String details)
    {
        return new FeedException(problem, field, FeedException.Unit.ROW, rowCount + 1, details);
    }
}
