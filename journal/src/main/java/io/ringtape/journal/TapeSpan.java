package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.event.EventLayout;
import io.ringtape.event.EventType;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a tape spans, found by a skim of its last files.
 */
final class TapeSpan
{
    private TapeSpan()
    {
    }

    /**
     * The last sequence on tape, as far as it is whole.
     *
     * @param chain the runs.
     * @return -1 if the tape is empty.
     */
    static long lastSequence(final RunChain chain)
    {
        final int last = chain.size() - 1;
        if (last < 0)
        {
            return -1;
        }
        return skim(chain, last, true).nextSequence() - 1;
    }

    /**
     * How the tape ends, when no live process writes it.
     *
     * @param chain the runs.
     * @return the end.
     */
    static TapeEnd end(final RunChain chain)
    {
        final int last = chain.size() - 1;
        if (last < 0)
        {
            return TapeEnd.of(null, 0, -1);
        }
        final RunReader skimmed = skim(chain, last, false);
        return TapeEnd.of(skimmed.tail(), last + 1, skimmed.nextSequence() - 1);
    }

    /**
     * The times of the runs, for a message.
     *
     * @param chain the runs.
     * @return first and last receive time of each, at most the last few runs.
     */
    static String times(final RunChain chain)
    {
        final StringBuilder text = new StringBuilder("runs=").append(chain.size());
        for (int i = Math.max(0, chain.size() - 4); i < chain.size(); i++)
        {
            text.append(" run=").append(chain.directory(i).runId()).append(" lastTimeNs=")
                .append(skim(chain, i, true).maxReceiveTimeNs());
        }
        return text.toString();
    }

    private static RunReader skim(final RunChain chain, final int index, final boolean live)
    {
        final RunHead head = chain.head(index);
        final RunDirectory directory = chain.directory(index);
        final Walker walker = new Walker(Walker.DEFAULT_WINDOW_BYTES);
        try (walker)
        {
            final int file = RunSeek.fileIndex(directory, Long.MAX_VALUE, Long.MAX_VALUE, walker);
            final RunReader reader = new RunReader(directory, file, head, chain.fence(index), live, walker);
            reader.checking(false);
            boolean more = true;
            while (more)
            {
                more = reader.nextBlock();
            }
            return reader;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", directory.path(), e);
        }
    }

    /**
     * The first event of a block at which the running maximum of receive times reaches a time.
     *
     * @param block  that a reader stands on.
     * @param timeNs to reach.
     * @return index of the event, or the count if there is none.
     */
    static int firstAtOrAbove(final RunReader block, final long timeNs)
    {
        if (block.maxBeforeNs() >= timeNs)
        {
            return 0;
        }
        final UnsafeBuffer buffer = block.buffer();
        int offset = block.eventsOffset();
        for (int i = 0; i < block.count(); i++)
        {
            if (hasReceiveTime(buffer.getByte(offset + EventLayout.TYPE_OFFSET) & 0xFF) &&
                buffer.getLong(offset + EventLayout.RECEIVE_TIME_OFFSET, LITTLE_ENDIAN) >= timeNs)
            {
                return i;
            }
            offset += DocumentLayout.EVENT_BYTES;
        }
        return block.count();
    }

    /** On a detail these bytes are a value of another meaning, and a void event may never have got any. */
    static boolean hasReceiveTime(final int type)
    {
        return type != EventType.DETAIL && type != EventType.VOID;
    }
}
