package io.ringtape.bench.peer;

/**
 * An event as an object with eight fields, as a hand-written ring or queue holds it.
 * <p>
 * Thread safety: none; what carries the slot orders its fields.
 * Allocation: none.
 */
final class Slot
{
    private long sequence;
    private long eventTimeNs;
    private long receiveTimeNs;
    private long orderId;
    private long price;
    private long quantity;
    private long sourceSequence;
    private long tail;

    void fill(final long newSequence)
    {
        sequence = newSequence;
        eventTimeNs = Work.TIME_NS + newSequence;
        receiveTimeNs = Work.TIME_NS + newSequence;
        orderId = newSequence * Work.ID_MULTIPLIER;
        price = Work.PRICE + (newSequence & 0xFF);
        quantity = 1 + (newSequence & 0x3F);
        sourceSequence = newSequence;
        tail = Work.TAIL;
    }

    long sequence()
    {
        return sequence;
    }

    long fold()
    {
        return Work.fold(
            Work.fold(sequence, eventTimeNs, receiveTimeNs, orderId),
            Work.fold(price, quantity, sourceSequence, tail));
    }
}
