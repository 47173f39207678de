package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The entries that the index of a roll file has to have, made anew from its blocks while they are read in order.
 */
final class IndexEntries
{
    private final Stretch stretch = new Stretch();
    private final List<IndexEntry> made = new ArrayList<>();

    /** Starts with the first block of another file. */
    void restart()
    {
        made.clear();
        stretch.restart(0);
    }

    /**
     * Takes the next block of the file.
     *
     * @param block that a reader stands on, whole.
     */
    void onBlock(final RunReader block)
    {
        final int events = block.eventsOffset();
        final long sequence = block.nextSequence() - block.count();
        stretch.look(block.buffer(), events, sequence, block.count());
        if (stretch.endsAt(block.blockStart()))
        {
            final UnsafeBuffer buffer = block.buffer();
            final int head = events - DocumentLayout.EVENTS_OFFSET;
            made.add(new IndexEntry(block.head().run().runId(), block.file().number(), stretch.start(),
                block.blockStart(), sequence, block.nextBlockNumber() - 1, block.maxBeforeNs(), stretch.minNs(),
                stretch.maxNs(), block.definitions().instrumentCount(), block.definitions().sourceCount(),
                buffer.getInt(head + DocumentLayout.PREVIOUS_CRC_OFFSET, LITTLE_ENDIAN),
                buffer.getInt(head + DocumentLayout.CRC_OFFSET, LITTLE_ENDIAN),
                block.definitions().settingsCount()));
            stretch.restart(block.blockStart());
        }
        stretch.addBlock();
    }

    /** Those of the file so far, in order. */
    List<IndexEntry> made()
    {
        return List.copyOf(made);
    }
}
