package io.ringtape.event;

import java.util.Arrays;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Computes the two hashes of a run from its events in order: {@code eventHash} over the input events, and
 * {@code outputHash} over the own events, each without the sequence, with {@link Hash64}.
 * <p>
 * In the output hash the cause of an own event stands as the ordinal of its input event, from 0 in the run, so that
 * the hash does not depend on where own events fell between input events; and its client order id stands without the
 * 16 bits that name the run, so that the same session recorded twice on one tape has one hash.
 * A cause that lies before that of an earlier own event, as that of a late fill does, stands as the earlier one's.
 * {@link EventType#VOID} counts in neither. An own {@link EventType#DETAIL} is hashed as it stands, but for the
 * replaced client order id behind an {@link EventType#OWN_NEW}, which stands without its run too.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: none in steady state; the list of own sequences that a later cause may still lie behind grows to the
 * largest number of own events between a cause and its effect.
 */
public final class EventHashes implements EventHandler, RangeHandler
{
    private static final long RUN_FREE_ID_MASK = 0x0000_FFFF_FFFF_FFFFL;
    private static final int REPLACED_ID = 4;
    private static final int TYPE_SHIFT = Byte.SIZE * (EventLayout.TYPE_OFFSET & 7);
    private static final int FLAGS_SHIFT = Byte.SIZE * (EventLayout.FLAGS_OFFSET & 7);

    private final OrderBookEvent event = new OrderBookEvent();

    private long lastCause;
    private long eventHash = Hash64.START;
    private long outputHash = Hash64.START;
    private long inputCount;
    private long ownCount;
    private long skippedBeforeQueue;
    private long firstSequence = -1;
    private int lastOwnType;
    private long[] skipped = new long[1024];
    private int head;
    private int size;

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        if (event.type() == EventType.VOID)
        {
            pass(event.sequence());
        }
        else if (event.has(EventFlags.OWN))
        {
            begin(event.sequence());
            addOwn(event);
            pass(event.sequence());
        }
        else
        {
            addInput(event);
        }
    }

    @Override
    public void onStart(final long first)
    {
        // Said by the first event.
    }

    /**
     * A hash needs every event.
     *
     * @throws IllegalStateException always.
     */
    @Override
    public void onShed(final long first, final long last)
    {
        throw new IllegalStateException("hash needs every event: firstSequence=" + first + " lastSequence=" + last);
    }

    @Override
    public void onStop(final long last)
    {
        // Nothing to end.
    }

    /**
     * Adds a range of events where they lie, as {@link #onEvent(OrderBookEvent)} would one by one. Hot path.
     *
     * @throws IllegalArgumentException if the buffer is on the heap.
     */
    @Override
    public void onRange(final UnsafeBuffer buffer, final int offset, final long first, final int count)
    {
        add(buffer, offset, first, count, true);
    }

    /**
     * Adds the input events of a range where they lie, as {@link #addInput(OrderBookEvent)} would one by one; own and
     * void events are left to {@link #addOwn(OrderBookEvent)} and {@link #pass(long)}. Hot path.
     *
     * @param buffer off heap.
     * @param offset of the first event.
     * @param first  sequence of the range.
     * @param count  events of the range.
     * @throws IllegalArgumentException if the buffer is on the heap.
     */
    public void addInputs(final UnsafeBuffer buffer, final int offset, final long first, final int count)
    {
        add(buffer, offset, first, count, false);
    }

    private void add(
        final UnsafeBuffer buffer, final int offset, final long first, final int count, final boolean all)
    {
        buffer.boundsCheck(offset, count * OrderBookEvent.SIZE_BYTES);
        begin(first);
        if (buffer.byteArray() != null)
        {
            throw new IllegalArgumentException("range must be off heap");
        }
        final long start = buffer.addressOffset() + offset;
        final long end = start + (long)count * OrderBookEvent.SIZE_BYTES;
        long hash = eventHash;
        int inputs = 0;
        for (long address = start; address < end; address += OrderBookEvent.SIZE_BYTES)
        {
            if (isInput(UnsafeApi.getLong(address + EventLayout.INSTRUMENT_ID_OFFSET)))
            {
                hash = Hash64.addEventAt(hash, address);
                inputs++;
            }
            else if (all)
            {
                onEvent(event.wrap(buffer, offset + (int)(address - start)));
            }
        }
        eventHash = hash;
        inputCount += inputs;
    }

    /**
     * Tells the first sequence of the run, where that is an own event's; of any other it changes nothing.
     *
     * @param sequence that comes next.
     */
    public void begin(final long sequence)
    {
        if (firstSequence < 0)
        {
            firstSequence = sequence;
            lastCause = sequence;
        }
    }

    /**
     * Adds an input event.
     *
     * @param event neither own nor void.
     */
    public void addInput(final OrderBookEvent event)
    {
        begin(event.sequence());
        eventHash = Hash64.addEvent(eventHash, event, event.word(3), event.word(6));
        inputCount++;
    }

    /**
     * Adds an own event to the output hash, wherever it stands in the sequence: a replay adds those that its handlers
     * made, and tells with {@link #pass(long)} where the ones on tape stood.
     *
     * @param event own.
     */
    public void addOwn(final OrderBookEvent event)
    {
        if (event.type() == EventType.DETAIL)
        {
            final long value = event.detail(REPLACED_ID);
            final long replacedId = lastOwnType == EventType.OWN_NEW ? value & RUN_FREE_ID_MASK : value;
            outputHash = Hash64.addDetail(outputHash, event, replacedId);
        }
        else
        {
            final long orderId = event.orderId() & RUN_FREE_ID_MASK;
            outputHash = Hash64.addEvent(outputHash, event, orderId, causeOrdinal(event.sourceSequence()));
        }
        lastOwnType = event.type();
        ownCount++;
    }

    /**
     * Tells that a sequence holds no input event.
     *
     * @param sequence of an own or void event, in order.
     */
    public void pass(final long sequence)
    {
        begin(sequence);
        push(sequence);
    }

    /**
     * The hash over the input events so far.
     *
     * @return 64 bits, printed as 16 hex digits.
     */
    public long eventHash()
    {
        return eventHash;
    }

    /**
     * The hash over the own events so far.
     *
     * @return 64 bits, printed as 16 hex digits.
     */
    public long outputHash()
    {
        return outputHash;
    }

    /**
     * How many input events were seen.
     *
     * @return 0 or more.
     */
    public long inputCount()
    {
        return inputCount;
    }

    /**
     * How many own events were seen.
     *
     * @return 0 or more.
     */
    public long ownCount()
    {
        return ownCount;
    }

    /**
     * Writes a hash as commands print it.
     *
     * @param hash 64 bits.
     * @return 16 lower-case hex digits.
     */
    public static String hex(final long hash)
    {
        final String digits = Long.toHexString(hash);
        return "0".repeat(16 - digits.length()) + digits;
    }

    private static boolean isInput(final long lastWord)
    {
        return ((lastWord >>> TYPE_SHIFT) & 0xFF) != EventType.VOID &&
            ((lastWord >>> FLAGS_SHIFT) & EventFlags.OWN) == 0;
    }

    private long causeOrdinal(final long ownCause)
    {
        final long cause = Math.max(lastCause, ownCause);
        lastCause = cause;
        while (size > 0 && skipped[head] < cause)
        {
            head = head + 1 & skipped.length - 1;
            size--;
            skippedBeforeQueue++;
        }
        return cause - firstSequence - skippedBeforeQueue;
    }

    private void push(final long sequence)
    {
        if (size == skipped.length)
        {
            final long[] larger = Arrays.copyOf(skipped, 2 * size);
            System.arraycopy(skipped, 0, larger, size, head);
            skipped = larger;
        }
        skipped[head + size & skipped.length - 1] = sequence;
        size++;
    }
}
