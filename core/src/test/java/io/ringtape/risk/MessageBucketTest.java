package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class MessageBucketTest
{
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldStartFull()
    {
        final MessageBucket bucket = new MessageBucket(3, 2);

        assertEquals(0, bucket.waitNs(0));
        bucket.take(0);
        assertEquals(0, bucket.waitNs(0));
        bucket.take(0);
        assertEquals(333_333_334, bucket.waitNs(0));
    }

    @Test
    void shouldLetAMessageGoAtTheVeryNanosecond()
    {
        final MessageBucket bucket = new MessageBucket(3, 1);
        bucket.take(SECOND_NS);

        assertEquals(1, bucket.waitNs(SECOND_NS + 333_333_333));
        assertEquals(0, bucket.waitNs(SECOND_NS + 333_333_334));
    }

    @Test
    void shouldRoundNothingOverManyMessages()
    {
        final MessageBucket bucket = new MessageBucket(3, 2);
        long messages = 0;
        for (long nowNs = SECOND_NS; nowNs < 11 * SECOND_NS; nowNs += 1_000_000)
        {
            if (bucket.waitNs(nowNs) == 0)
            {
                bucket.take(nowNs);
                messages++;
            }
        }

        assertEquals(2 + 29, messages);
    }

    @Test
    void shouldNotFillBeyondTheBurst()
    {
        final MessageBucket bucket = new MessageBucket(1_000_000, 2);
        bucket.take(Long.MAX_VALUE - 1);
        bucket.take(Long.MAX_VALUE - 1);

        assertEquals(1_000, bucket.waitNs(Long.MAX_VALUE - 1));
        assertEquals(999, bucket.waitNs(Long.MAX_VALUE));
    }

    @Test
    void shouldTakeWhatThereIsAndNoMore()
    {
        final MessageBucket bucket = new MessageBucket(1, 1);
        bucket.take(0);
        bucket.take(SECOND_NS / 2);

        assertEquals(SECOND_NS, bucket.waitNs(SECOND_NS / 2));
    }

    @Test
    void shouldNeverLetAMessageGoWithoutARateOrABurst()
    {
        assertEquals(Long.MAX_VALUE, new MessageBucket(5, 0).waitNs(Long.MAX_VALUE));
        final MessageBucket once = new MessageBucket(0, 1);
        assertEquals(0, once.waitNs(7));
        once.take(7);
        assertEquals(Long.MAX_VALUE, once.waitNs(Long.MAX_VALUE - 1));
    }
}
