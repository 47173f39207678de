package io.ringtape.risk;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A token bucket that goes through all messages since its limits changed, each time it is asked: slow and plain. */
final class NaiveBucket
{
    private static final BigInteger SECOND_NS = BigInteger.valueOf(1_000_000_000L);

    private final List<Long> messages = new ArrayList<>();
    private BigInteger rate = BigInteger.ZERO;
    private BigInteger full = BigInteger.ZERO;
    private BigInteger left = BigInteger.ZERO;
    private long leftAtNs;

    NaiveBucket(final int messagesPerSecond, final int messageBurst)
    {
        start(messagesPerSecond, messageBurst);
    }

    /** Full. */
    void start(final int messagesPerSecond, final int messageBurst)
    {
        rate = BigInteger.valueOf(messagesPerSecond);
        full = SECOND_NS.multiply(BigInteger.valueOf(messageBurst));
        left = full;
    }

    void change(final int messagesPerSecond, final int messageBurst, final long nowNs)
    {
        final BigInteger before = credits(nowNs);
        start(messagesPerSecond, messageBurst);
        left = full.min(before);
        leftAtNs = nowNs;
        messages.clear();
    }

    void take(final long nowNs)
    {
        messages.add(nowNs);
    }

    /** Until a message may go; all rates and bursts here are above 0 where anybody asks. */
    long waitNs(final long nowNs)
    {
        final BigInteger missing = SECOND_NS.subtract(credits(nowNs));
        return missing.signum() <= 0 ? 0 :
            missing.add(rate).subtract(BigInteger.ONE).divide(rate).longValueExact();
    }

    private BigInteger credits(final long nowNs)
    {
        BigInteger credits = left;
        long lastNs = leftAtNs;
        for (final long messageNs : messages)
        {
            credits = filled(credits, messageNs - lastNs).subtract(SECOND_NS).max(BigInteger.ZERO);
            lastNs = messageNs;
        }
        return filled(credits, nowNs - lastNs);
    }

    private BigInteger filled(final BigInteger credits, final long elapsedNs)
    {
        return full.min(credits.add(BigInteger.valueOf(elapsedNs).multiply(rate)));
    }
}
