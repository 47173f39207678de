package io.ringtape.backtest;

/**
 * What stands ahead of an own order that rests, see {@link SimulatedVenue}.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum QueueModel
{
    /**
     * Everything that is displayed at the order's price when it arrives is ahead of it, and only what is traded there
     * takes from that: whoever cancels was behind.
     */
    PESSIMISTIC("pessimistic"),
    /**
     * The very orders that stand at the price when it arrives are ahead of it; their executions, reductions and cancels
     * take from that, and later orders are behind. Behind a clear of the book nothing is ahead but what is there again
     * by its id, in the venue event of the clear, as in a snapshot, or later. Of an instrument whose book is by price,
     * where no orders are known, {@link #PESSIMISTIC} takes its place.
     */
    EXACT_BY_ORDER_ID("exact-by-order-id");

    private final String text;

    QueueModel(final String text)
    {
        this.text = text;
    }

    /**
     * The name, as commands read and print it.
     *
     * @return for example {@code pessimistic}.
     */
    public String text()
    {
        return text;
    }

    /**
     * The model of a name.
     *
     * @param text as {@link #text()} gives it.
     * @return the model.
     * @throws IllegalArgumentException if there is none; the message lists those that there are.
     */
    public static QueueModel ofText(final String text)
    {
        for (final QueueModel model : values())
        {
            if (model.text.equals(text))
            {
                return model;
            }
        }
        throw new IllegalArgumentException(
            "queue model must be pessimistic or exact-by-order-id: queueModel=" + text);
    }
}
