package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.journal.RunDirectory.RollFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the indexes of a tape against its blocks while all of them are read. The index of a sealed file has an entry
 * for each stretch; that of another file may be short, as a kill leaves it. A file whose seal names no index may have
 * none. The run that is being written is passed over.
 */
final class IndexCheck
{
    private final Stretch stretch = new Stretch();
    private final List<IndexEntry> expected = new ArrayList<>();
    private final long writtenRunId;
    private @Nullable RollFile file;
    private long runId;
    private @Nullable String problem;

    /**
     * A check that is to be told each block.
     *
     * @param tape that is read from its start.
     */
    IndexCheck(final Tape tape)
    {
        final List<RunDirectory> runs = tape.runs();
        writtenRunId = tape.owner().isEmpty() || runs.isEmpty() ? -1 : runs.get(runs.size() - 1).runId();
    }

    /**
     * Takes the next block of the tape.
     *
     * @param block that a reader stands on, whole.
     */
    void onBlock(final RunReader block)
    {
        final RollFile read = block.file();
        if (!read.equals(file))
        {
            endFile();
            file = read;
            runId = block.head().run().runId();
        }
        final int events = block.eventsOffset();
        final long sequence = block.nextSequence() - block.count();
        stretch.look(block.buffer(), events, sequence, block.count());
        if (stretch.endsAt(block.blockStart()))
        {
            final UnsafeBuffer buffer = block.buffer();
            final int head = events - DocumentLayout.EVENTS_OFFSET;
            expected.add(new IndexEntry(runId, read.number(), stretch.start(), block.blockStart(), sequence,
                block.nextBlockNumber() - 1, block.maxBeforeNs(), stretch.minNs(), stretch.maxNs(),
                block.definitions().instrumentCount(), block.definitions().sourceCount(),
                buffer.getInt(head + DocumentLayout.PREVIOUS_CRC_OFFSET, LITTLE_ENDIAN),
                buffer.getInt(head + DocumentLayout.CRC_OFFSET, LITTLE_ENDIAN)));
            stretch.restart(block.blockStart());
        }
        stretch.addBlock();
    }

    /**
     * The first thing that is wrong with an index; to be asked at the end of the tape.
     *
     * @return empty if the indexes are those of the tape.
     */
    Optional<String> problem()
    {
        endFile();
        return Optional.ofNullable(problem);
    }

    private void endFile()
    {
        final RollFile ended = file;
        if (ended != null && problem == null && runId != writtenRunId)
        {
            try
            {
                problem = compare(ended, sealedCount(ended));
            }
            catch (final IOException e)
            {
                throw Tape.failed("cannot read", ended.path(), e);
            }
        }
        file = null;
        expected.clear();
        stretch.restart(0);
    }

    private @Nullable String compare(final RollFile ended, final int sealedCount) throws IOException
    {
        final String name = " run=" + runId + " file=" + ended.name() + FileIndex.SUFFIX;
        final boolean isThere = FileIndex.count(directory(ended), ended.number()) > 0;
        if (!isThere)
        {
            return sealedCount <= 0 ? null : "tape is damaged, an index is missing:" + name;
        }
        if (FileIndex.isTooLong(ended))
        {
            return "tape is damaged, an index is longer than its file allows:" + name + " sizeBytes=" +
                FileIndex.sizeBytes(directory(ended), ended.number());
        }
        final FileIndex found = FileIndex.read(runId, ended);
        final int least = Math.min(expected.size(), found.entries().size());
        int at = 0;
        while (at < least && expected.get(at).equals(found.entries().get(at)))
        {
            at++;
        }
        final boolean isRight = sealedCount < 0 ? at == least :
            at == expected.size() && at == FileIndex.count(directory(ended), ended.number());
        return isRight ? null : "tape is damaged, an index is not that of its file:" + name + " entry=" + at;
    }

    /** Entries that the seal names; -1 if the file is not sealed, or its manifest does not tell. */
    private int sealedCount(final RollFile ended) throws IOException
    {
        try
        {
            return Manifest.read(new RunDirectory(runId, directory(ended), List.of(ended))).seal(ended.number())
                .map(Manifest.Entry::indexCount).orElse(-1);
        }
        catch (final TapeException e)
        {
            // The check of the manifests names it.
            return -1;
        }
    }

    private static Path directory(final RollFile of)
    {
        return of.path().resolveSibling("");
    }
}
