package io.ringtape.journal;

import io.ringtape.book.Books;
import io.ringtape.book.BooksSnapshot;
import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import io.ringtape.journal.codec.FileHeaderDecoder;
import io.ringtape.journal.codec.RunTrailerDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A run in memory, of two files, and what reads it: made from the documents of a real one, whose first half of blocks
 * is in the first file. The next run is said to name its end, so that whatever is wrong is said at once and no file is
 * looked at.
 */
final class HostileRun
{
    private static final int LEAST_BLOCKS = 12;
    /** Chronicle's index pages are tens of KiB, and passed by their header alone. */
    private static final int MOST_CHRONICLE_BYTES = 1024;
    private static final int FIELDS_BYTES = 80;
    private static final BootId BOOT = new BootId(1, 1);
    private static final TapeMarks MARKS = new TapeMarks(null, null, null, null, null, false, BOOT);

    private final ByteBuffer good;
    private final int split;
    private final List<Integer> starts;
    private final RunDirectory directory;
    private final RunHead head;
    private final RunEnd fence;
    private final UnsafeBuffer events;
    private final List<IndexEntry> index = new ArrayList<>();
    private final ByteBuffer scanRoom = TailScan.room();
    private final Walker walker = new Walker(Walker.MIN_WINDOW_BYTES, this::open);
    private ByteBuffer walked;

    private HostileRun(final Parts parts) throws IOException
    {
        good = parts.bytes();
        split = parts.split;
        starts = parts.starts;
        walked = good;
        directory = new RunDirectory(parts.runId, Path.of(RunDirectory.name(parts.runId)), List.of(file(0), file(1)));
        final RunHead found = RunHead.read(directory, walker);
        if (found == null)
        {
            throw new IOException("run has no header: run=" + parts.runId);
        }
        head = found;
        final long count = parts.events.size() / DocumentLayout.EVENT_BYTES;
        fence = new RunEnd(
            parts.runId, 1, good.limit() - split, (int)parts.lastCrc, head.run().firstSequence() + count - 1);
        events = new UnsafeBuffer(parts.events.toByteArray());
        addEntries();
    }

    /**
     * Takes the first run of a tape.
     *
     * @param tape its directory.
     * @return the run in memory.
     * @throws IOException if it cannot be read.
     */
    static HostileRun of(final Path tape) throws IOException
    {
        return new HostileRun(Parts.of(RunDirectory.list(tape).get(0)));
    }

    private static RollFile file(final long number)
    {
        return new RollFile(number, Path.of(RollFiles.name(number)));
    }

    private WalkedFile open(final Path path)
    {
        final int end = walked.limit();
        final int first = Math.min(split, end);
        return path.equals(directory.files().get(0).path()) ?
            new MemoryFile(walked, 0, first) : new MemoryFile(walked, first, end - first);
    }

    RunHead head()
    {
        return head;
    }

    RunEnd end()
    {
        return fence;
    }

    /** A snapshot of books behind the last block. */
    ByteBuffer snapshot(final Books books) throws IOException
    {
        walked = good;
        try (RunReader reader = reader(head, 0))
        {
            boolean more = true;
            while (more)
            {
                more = reader.nextBlock();
            }
            final SnapshotHandlers state = new BooksOnly(books);
            return SnapshotFile.encode(state, reader, Math.toIntExact(SnapshotFile.HEADER_BYTES +
                BooksSnapshot.sizeBytes(books) + StoredStates.sizeBytes(state.states(), state.isKept())));
        }
    }

    /** What reads the bytes of the run, and of an index of its first file. */
    List<HostileBytes> parsers()
    {
        final List<Integer> fields = new ArrayList<>();
        for (final int start : starts)
        {
            for (int at = start; at < Math.min(start + FIELDS_BYTES, good.limit() - Long.BYTES); at += Short.BYTES)
            {
                fields.add(at);
            }
        }
        return List.of(
            new HostileBytes("run", good, fields, this::forge, (bytes) -> read(bytes, 0)),
            new HostileBytes("run from its second file", good, fields, this::forge, (bytes) -> read(bytes, 1)),
            new HostileBytes("tail", good, fields, this::forge, this::scan),
            new HostileBytes("index", indexBytes(), HostileSideFiles.every(Integer.BYTES, indexBytes().limit()),
                (bytes) -> Forgery.records(bytes, IndexEntry.BYTES), this::seek));
    }

    private void forge(final ByteBuffer bytes)
    {
        final int first = Math.min(split, bytes.limit());
        final long chain = Forgery.documents(bytes, 0, first, head.previous().crc() & 0xFFFF_FFFFL);
        Forgery.documents(bytes, first, bytes.limit(), chain);
    }

    private boolean read(final ByteBuffer bytes, final int firstFile) throws IOException
    {
        walked = bytes;
        final RunHead found = firstFile == 0 ? RunHead.read(directory, walker) : head;
        // Without a header it is no run, and nothing is read of it.
        return found == null || (read(found, firstFile) && found.equals(head));
    }

    private boolean read(final RunHead found, final int firstFile) throws IOException
    {
        boolean isRight = true;
        try (RunReader reader = reader(found, firstFile))
        {
            while (reader.nextBlock())
            {
                isRight &= isRight(reader);
            }
            return isRight && reader.nextSequence() == fence.lastSequence() + 1;
        }
    }

    private RunReader reader(final RunHead found, final int firstFile) throws IOException
    {
        return new RunReader(directory, firstFile, found, fence, MARKS, true, walker);
    }

    /** Whether the events of a block are those that were written with these sequences. */
    private boolean isRight(final RunReader block)
    {
        final long from = (block.nextSequence() - block.count() - head.run().firstSequence()) *
            DocumentLayout.EVENT_BYTES;
        final int length = block.count() * DocumentLayout.EVENT_BYTES;
        if (from < 0 || from + length > events.capacity())
        {
            return false;
        }
        boolean isRight = true;
        for (int i = 0; i < length; i += Long.BYTES)
        {
            isRight &= events.getLong((int)from + i) == block.buffer().getLong(block.eventsOffset() + i);
        }
        return isRight;
    }

    /** What stands whole behind a point that makes no sense: the first document and the last. */
    private boolean scan(final ByteBuffer bytes) throws IOException
    {
        final MemoryFile file = new MemoryFile(bytes, 0, bytes.limit());
        final RollFile named = directory.files().get(0);
        final long runId = head.run().runId();
        final TailScan.Whole first = new TailScan(runId, scanRoom).find(named, file, 0, file.size(), false);
        final TailScan.Whole last = new TailScan(runId, scanRoom).find(named, file, 0, file.size(), true);
        return isWritten(bytes, first) && isWritten(bytes, last);
    }

    private boolean isWritten(final ByteBuffer bytes, final TailScan.@Nullable Whole found)
    {
        if (found == null)
        {
            return true;
        }
        final int start = (int)found.position() + DocumentLayout.HEADER_BYTES;
        final int length = bytes.getInt((int)found.position());
        // It may have been moved as a whole.
        for (final int at : starts)
        {
            final int from = at + DocumentLayout.HEADER_BYTES;
            if (from + length <= good.limit() && bytes.slice(start, length).equals(good.slice(from, length)))
            {
                return true;
            }
        }
        return false;
    }

    /** An index may cost time, and never an event. */
    private boolean seek(final ByteBuffer bytes) throws IOException
    {
        walked = good;
        final long runId = head.run().runId();
        final FileIndex found = FileIndex.read(runId, 0, new MemoryFile(bytes, 0, bytes.limit()));
        final List<IndexEntry> entries = found.entries();
        final IndexSeek seek = new IndexSeek(
            TapeRange.sequences(fence.lastSequence() / 3, Long.MAX_VALUE), found, runId, 0);
        try (RunReader reader = reader(head, 0))
        {
            while (reader.nextBlock())
            {
                if (!isRight(reader))
                {
                    throw new IllegalStateException("an index led to a wrong event: sequence=" + reader.nextSequence());
                }
                seek.skip(reader, false);
            }
            return reader.nextSequence() == fence.lastSequence() + 1 && entries.size() <= index.size() &&
                entries.equals(index.subList(0, entries.size()));
        }
    }

    /** An entry for each block of the first file but the first: a real one has one for each MiB. */
    private void addEntries() throws IOException
    {
        long start = 0;
        try (RunReader reader = reader(head, 0))
        {
            while (reader.nextBlock() && reader.file().number() == 0)
            {
                if (reader.nextBlockNumber() > 1)
                {
                    final int document = reader.eventsOffset() - DocumentLayout.EVENTS_OFFSET;
                    index.add(new IndexEntry(head.run().runId(), 0, start, reader.blockStart(),
                        reader.nextSequence() - reader.count(), reader.nextBlockNumber() - 1, reader.maxBeforeNs(),
                        Long.MAX_VALUE, DocumentLayout.NO_TIME, reader.definitions().instrumentCount(),
                        reader.definitions().sourceCount(), reader.buffer().getInt(
                            document + DocumentLayout.PREVIOUS_CRC_OFFSET, ByteOrder.LITTLE_ENDIAN),
                        reader.lastCrc(), reader.definitions().settingsCount()));
                    start = reader.blockStart();
                }
            }
        }
    }

    private ByteBuffer indexBytes()
    {
        final ByteBuffer bytes =
            ByteBuffer.allocate(index.size() * IndexEntry.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        index.forEach((entry) -> entry.encode(bytes));
        return bytes.flip();
    }

    /** Puts the documents of a run into two files. */
    private static final class Parts
    {
        private final long runId;
        private final List<byte[]> chronicle = new ArrayList<>();
        private final List<byte[]> cold = new ArrayList<>();
        private final List<byte[]> blocks = new ArrayList<>();
        private final List<byte[]> trailer = new ArrayList<>();
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream events = new ByteArrayOutputStream();
        private final List<Integer> starts = new ArrayList<>();
        private int split;
        private long lastCrc;

        private Parts(final long runId)
        {
            this.runId = runId;
        }

        static Parts of(final RunDirectory run) throws IOException
        {
            final Parts parts = new Parts(run.runId());
            try (Walker walker = new Walker(Walker.DEFAULT_WINDOW_BYTES))
            {
                walker.open(run.files().get(0).path());
                long at = 0;
                int step = walker.next();
                while (step == Walker.DOCUMENT || step == Walker.CHRONICLE)
                {
                    parts.take(walker, (int)at, step == Walker.CHRONICLE);
                    at = walker.position();
                    step = walker.next();
                }
            }
            if (parts.blocks.size() < LEAST_BLOCKS || parts.trailer.isEmpty())
            {
                throw new IOException("run is not closed or too short: run=" + run.runId());
            }
            parts.build();
            return parts;
        }

        private void take(final Walker walker, final int at, final boolean isChronicles)
        {
            final byte[] document = new byte[(int)walker.position() - at];
            walker.bytes().get(at, document);
            final ByteBuffer bytes = ByteBuffer.wrap(document).order(ByteOrder.LITTLE_ENDIAN);
            if (isChronicles)
            {
                if (document.length <= MOST_CHRONICLE_BYTES)
                {
                    chronicle.add(document);
                }
                return;
            }
            switch (bytes.getShort(DocumentLayout.HEADER_BYTES + DocumentLayout.TEMPLATE_OFFSET))
            {
                case DocumentLayout.BLOCK_TEMPLATE -> blocks.add(document);
                case RunTrailerDecoder.TEMPLATE_ID -> trailer.add(document);
                default -> cold.add(document);
            }
        }

        private void build()
        {
            final int half = blocks.size() / 2;
            chronicle.forEach(this::add);
            cold.forEach(this::add);
            blocks.subList(0, half).forEach(this::add);
            split = out.size();
            chronicle.forEach(this::add);
            add(fileHeader(half));
            // The run's header is of the first file only.
            cold.subList(1, cold.size()).forEach(this::add);
            blocks.subList(half, blocks.size()).forEach(this::add);
            trailer.forEach(this::add);
            blocks.forEach((block) -> events.write(block, DocumentLayout.HEADER_BYTES + DocumentLayout.EVENTS_OFFSET,
                block.length - DocumentLayout.HEADER_BYTES - DocumentLayout.EVENTS_OFFSET));
        }

        private void add(final byte[] document)
        {
            starts.add(out.size());
            out.write(document, 0, document.length);
        }

        private byte[] fileHeader(final int firstBlock)
        {
            final ByteBuffer next = ByteBuffer.wrap(blocks.get(firstBlock)).order(ByteOrder.LITTLE_ENDIAN);
            final ByteBuffer before = ByteBuffer.wrap(blocks.get(firstBlock - 1)).order(ByteOrder.LITTLE_ENDIAN);
            final int length = 8 + FileHeaderDecoder.BLOCK_LENGTH;
            final UnsafeBuffer document = new UnsafeBuffer(new byte[DocumentLayout.HEADER_BYTES + length]);
            document.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
            Documents.encodeFileHeader(new UnsafeBuffer(document, DocumentLayout.HEADER_BYTES, length), runId,
                new Documents.FileInfo(1, firstBlock,
                    next.getLong(DocumentLayout.HEADER_BYTES + DocumentLayout.SEQUENCE_OFFSET),
                    before.getLong(DocumentLayout.HEADER_BYTES + DocumentLayout.MAX_RECEIVE_TIME_OFFSET)));
            return document.byteArray();
        }

        /** Chained anew over both files. */
        ByteBuffer bytes()
        {
            final ByteBuffer bytes = ByteBuffer.allocateDirect(out.size()).order(ByteOrder.LITTLE_ENDIAN);
            bytes.put(out.toByteArray()).flip();
            final long chain = Forgery.documents(bytes, 0, split, Forgery.KEEP);
            lastCrc = Forgery.documents(bytes, split, bytes.limit(), chain);
            return bytes;
        }
    }
}
