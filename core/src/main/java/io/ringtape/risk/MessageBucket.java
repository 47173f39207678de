package io.ringtape.risk;

/**
 * A token bucket in event time: how many messages may go now. Hot path.
 * <p>
 * One message costs 10^9 credits and a nanosecond brings as many credits as messages are allowed a second, so nothing
 * is rounded. The bucket starts full.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: none.
 */
final class MessageBucket
{
    private static final long MESSAGE_CREDITS = 1_000_000_000L;

    private final long messagesPerSecond;
    private final long fullCredits;
    private final long fillTimeNs;
    private long credits;
    private long filledAtNs;

    MessageBucket(final int messagesPerSecond, final int messageBurst)
    {
        this.messagesPerSecond = messagesPerSecond;
        fullCredits = messageBurst * MESSAGE_CREDITS;
        fillTimeNs = messagesPerSecond == 0 ? Long.MAX_VALUE : fullCredits / messagesPerSecond + 1;
        credits = fullCredits;
    }

    /**
     * A bucket under new limits: what was left stays, as far as the new burst goes.
     *
     * @param newMessagesPerSecond messages a second.
     * @param newMessageBurst      messages.
     * @param nowNs                that never goes back.
     * @return another bucket.
     */
    MessageBucket changed(final int newMessagesPerSecond, final int newMessageBurst, final long nowNs)
    {
        fill(nowNs);
        final MessageBucket changed = new MessageBucket(newMessagesPerSecond, newMessageBurst);
        changed.filledAtNs = nowNs;
        changed.credits = Math.min(credits, changed.fullCredits);
        return changed;
    }

    /**
     * How long until a message may go.
     *
     * @param nowNs that never goes back.
     * @return 0 if one may go now; {@link Long#MAX_VALUE} if none ever may.
     */
    long waitNs(final long nowNs)
    {
        fill(nowNs);
        if (credits >= MESSAGE_CREDITS)
        {
            return 0;
        }
        if (messagesPerSecond == 0 || fullCredits == 0)
        {
            return Long.MAX_VALUE;
        }
        return (MESSAGE_CREDITS - credits + messagesPerSecond - 1) / messagesPerSecond;
    }

    /**
     * Takes one message, or what there is where less is left: a cancel is never held back.
     *
     * @param nowNs that never goes back.
     */
    void take(final long nowNs)
    {
        fill(nowNs);
        credits = Math.max(0, credits - MESSAGE_CREDITS);
    }

    private void fill(final long nowNs)
    {
        final long elapsedNs = nowNs - filledAtNs;
        filledAtNs = nowNs;
        credits = elapsedNs >= fillTimeNs ?
            fullCredits : Math.min(fullCredits, credits + elapsedNs * messagesPerSecond);
    }
}
