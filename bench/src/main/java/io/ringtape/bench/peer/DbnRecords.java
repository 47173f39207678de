package io.ringtape.bench.peer;

import io.ringtape.feed.DbnMetadata;
import io.ringtape.feed.FeedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A DBN capture by order as bytes.
 * <p>
 * Thread safety: immutable. Allocation: all of it when made.
 *
 * @param metadata of the file.
 * @param start    offset of the first record.
 * @param bytes    the whole file.
 */
record DbnRecords(DbnMetadata metadata, int start, UnsafeBuffer bytes)
{
    static final int RECORD_BYTES = 56;

    static DbnRecords load()
    {
        final UnsafeBuffer bytes = DecodeBytes.whole(CaptureFile.CME_MBO);
        try
        {
            return new DbnRecords(DbnMetadata.parse(bytes, 0), DbnMetadata.length(bytes, 0), bytes);
        }
        catch (final FeedException e)
        {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The sum over the words of the first records, read by the JDK's own buffer. */
    long words(final int count)
    {
        final ByteBuffer from = littleEndian();
        final Tally tally = new Tally();
        tally.begin(count);
        for (int i = 0; i < count; i++)
        {
            final int at = start + i * RECORD_BYTES;
            tally.add(foldWords(from.getLong(at), from.getLong(at + 8), from.getLong(at + 16), from.getLong(at + 24),
                from.getLong(at + 32), from.getLong(at + 40), from.getLong(at + 48)));
        }
        return tally.sum();
    }

    /** The sum over times and sequences of the first records, read by the JDK's own buffer. */
    long times(final int count)
    {
        final ByteBuffer from = littleEndian();
        final Tally tally = new Tally();
        tally.begin(count);
        for (int i = 0; i < count; i++)
        {
            final int at = start + i * RECORD_BYTES;
            tally.add(foldTimes(from.getLong(at + 8), from.getLong(at + 40), from.getLong(at + 48) >>> 32));
        }
        return tally.sum();
    }

    private ByteBuffer littleEndian()
    {
        return bytes.byteBuffer().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    static long foldTimes(final long eventTimeNs, final long receiveTimeNs, final long sequence)
    {
        return Work.fold(eventTimeNs, receiveTimeNs, sequence, 0);
    }

    static long foldWords(
        final long a, final long b, final long c, final long d, final long e, final long f, final long g)
    {
        return Work.fold(Work.fold(a, b, c, d), Work.fold(e, f, g, 0));
    }
}
