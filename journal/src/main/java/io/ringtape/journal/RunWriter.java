package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.event.Definitions;
import io.ringtape.journal.Documents.RunEnd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the documents of one run: chains their checksums, rolls the files, repeats the definitions in each.
 * <p>
 * Hot path: {@link #writeBlock}.
 * Thread safety: none; the recorder's thread.
 * Allocation: none in it, but for a new file or chunk.
 */
final class RunWriter implements AutoCloseable
{
    /** Copy and checksum go in steps that stay in the first-level cache. */
    private static final int STEP_BYTES = 4096;
    /** Up to so many events a block is put together beside the file. */
    private static final int SMALL_EVENTS = 4;
    /** A new mapping starts with small pages: of 68 MB, mappings of 16 MiB fault three times as often as of 64. */
    private static final int MAX_CHUNK_BYTES = 64 << 20;
    private static final int PAGE_BYTES = 4096;

    private final Path directory;
    private final RunInfo info;
    private final RollAppender appender;
    private final SpaceGuard space;
    private final MarkFile mark;
    private final Keeper keeper;
    private final IndexWriter index;
    private final EpochNanoClock clock;
    private final AppendTimes appendTimes;
    private final Device device;
    private final long rollBytes;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer header = new UnsafeBuffer(ByteBuffer.allocateDirect(DocumentLayout.EVENTS_OFFSET));
    private final ByteBuffer headerBytes = header.byteBuffer();
    private final UnsafeBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(DocumentLayout.MAX_DOCUMENT_BYTES));
    private @Nullable ByteBuffer view;
    private long viewAddress;
    private int lastCrc;
    private long blockNumber;
    private long maxReceiveTimeNs = DocumentLayout.NO_TIME;
    private long writtenBytes;
    private long lastSequence;
    private long fileFirstSequence;
    private Manifest.@Nullable Entry closedEnd;
    private int instrumentCount;
    private int sourceCount;
    private int settingsCount;

    private RunWriter(
        final Path tape,
        final Path directory,
        final RunInfo info,
        final RunEnd previous,
        final TapeParts parts,
        final WriterMarks marks,
        final SpaceGuard space)
    {
        final TapeConfig config = parts.config();
        this.directory = directory;
        this.info = info;
        this.space = space;
        this.mark = marks.journaled();
        this.lastSequence = info.firstSequence() - 1;
        this.fileFirstSequence = info.firstSequence();
        this.clock = parts.clock();
        appendTimes = new AppendTimes(clock);
        this.device = parts.device();
        this.rollBytes = config.rollBytes();
        this.lastCrc = previous.crc();
        header.putLong(0, DocumentLayout.BLOCK_WORD, LITTLE_ENDIAN);
        header.putLong(DocumentLayout.RUN_ID_OFFSET, info.runId(), LITTLE_ENDIAN);
        header.putShort(DocumentLayout.GROUP_LENGTH_OFFSET, (short)DocumentLayout.EVENT_BYTES, LITTLE_ENDIAN);
        // A document lies in one mapping: a quarter of a chunk overlaps the next, and the index must fit four times.
        final long quarter = Long.highestOneBit(config.rollBytes()) / 4;
        // A force writes a page as a whole, so where there are forces small pages are quicker.
        appender = new RollAppender(directory, (int)Math.min(MAX_CHUNK_BYTES, Math.max(1 << 20, quarter)),
            config.durability().equals(Durability.PAGE_CACHE) ? config.rollBytes() : 0);
        device.step(TapeStep.QUEUE_OPENED);
        index = new IndexWriter(directory);
        keeper = new Keeper(
            tape, directory, config.durability(), marks.durable(), parts.device(), info.firstSequence() - 1);
    }

    /**
     * Makes the directory of a run and writes the header.
     *
     * @param lost what was lost with the machine before the run, which gives it again, or null.
     * @return the writer.
     * @throws TapeException if it cannot be made; its directory may be left behind then.
     */
    static RunWriter start(
        final Path tape,
        final RunInfo info,
        final RunEnd previous,
        final TapeParts parts,
        final WriterMarks marks,
        final @Nullable MissingRange lost)
    {
        new SpaceGuard(tape, parts).requireRoom();
        final Path directory = TapeDirectory.makeRun(tape, info.runId(), parts.device());
        final SpaceGuard space = new SpaceGuard(directory, parts);
        RunWriter writer = null;
        boolean started = false;
        try
        {
            Manifest.create(directory);
            parts.device().step(TapeStep.MANIFEST_MADE);
            nameMissing(directory, info, marks, lost);
            parts.device().step(TapeStep.MISSING_NAMED);
            space.start();
            writer = new RunWriter(tape, directory, info, previous, parts, marks, space);
            writer.writeCold(Documents.encodeRunHeader(writer.scratch, info, previous));
            space.renewHead(writer.appender);
            // Also what stood in the other slot is of this run and this start of the machine from here on.
            writer.mark.again();
            Permissions.restrictFiles(directory);
            parts.device().step(TapeStep.FILES_RESTRICTED);
            started = true;
            return writer;
        }
        catch (final IOException | RuntimeException | Error e)
        {
            throw e instanceof TapeException known ? known : TapeDirectory.cannotCreate(directory, e);
        }
        finally
        {
            if (!started && writer != null)
            {
                writer.keeper.close();
                writer.appender.close();
            }
        }
    }

    /** Before the header, which makes it a run. */
    private static void nameMissing(
        final Path directory, final RunInfo info, final WriterMarks marks, final @Nullable MissingRange lost)
        throws IOException
    {
        final MissingRange missing = marks.journaled().unjournaled().range();
        if (missing != null && missing.lastSequence() + 1 == info.firstSequence())
        {
            Manifest.append(directory, Manifest.Entry.before(Manifest.UNJOURNALED, info.runId(), missing));
        }
        if (lost != null)
        {
            Manifest.append(directory, Manifest.Entry.before(Manifest.LOST, info.runId(), lost));
        }
    }

    /**
     * Writes the definitions that were added since the last call.
     *
     * @param definitions  of the run.
     * @param nextSequence of the event that may use them first.
     */
    void writeDefinitions(final Definitions definitions, final long nextSequence)
    {
        if (appender.end() >= rollBytes)
        {
            roll(nextSequence);
        }
        if (definitions.instrumentCount() != instrumentCount || definitions.sourceCount() != sourceCount ||
            definitions.settingsCount() != settingsCount)
        {
            addDefinitions(definitions, nextSequence);
        }
    }

    private void addDefinitions(final Definitions definitions, final long nextSequence)
    {
        while (instrumentCount < definitions.instrumentCount())
        {
            writeCold(Documents.encodeInstrument(scratch, info.runId(), nextSequence,
                definitions.instrument(instrumentCount)));
            instrumentCount++;
        }
        while (sourceCount < definitions.sourceCount())
        {
            writeCold(Documents.encodeSource(scratch, info.runId(), nextSequence, definitions.source(sourceCount)));
            sourceCount++;
        }
        while (settingsCount < definitions.settingsCount())
        {
            writeCold(Documents.encodeSettings(scratch, info.runId(), nextSequence,
                definitions.settings(settingsCount)));
            settingsCount++;
        }
    }

    /** A file can be read without the ones before it: it starts with a header and all definitions so far. */
    private void roll(final long nextSequence)
    {
        final long full = appender.fileNumber();
        final long end = appender.end();
        device.step(TapeStep.ROLL_BEGUN);
        final Manifest.Entry finished = finishFile(Manifest.FINISHED);
        fileFirstSequence = nextSequence;
        index.endFile();
        device.step(TapeStep.INDEX_ENDED);
        makeRoom(full + 1);
        appender.roll();
        writeCold(Documents.encodeFileHeader(scratch, info.runId(),
            new Documents.FileInfo(appender.fileNumber(), blockNumber, nextSequence, maxReceiveTimeNs)));
        space.renewHead(appender);
        instrumentCount = 0;
        sourceCount = 0;
        settingsCount = 0;
        try
        {
            cut(full, end);
            device.step(TapeStep.FILE_CUT);
            Permissions.restrictFiles(directory);
            device.step(TapeStep.FILES_RESTRICTED);
            keeper.seal(finished);
            space.makeNext(full + 2);
            device.step(TapeStep.ROLL_DONE);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot finish a file", directory.resolve(RollFiles.name(full)), e);
        }
    }

    /**
     * Goes on in a second file, as if the first one held all that comes before a sequence.
     *
     * @param sequence  the next one.
     * @param number    of the next block.
     * @param maxTimeNs the greatest receive time before it.
     */
    void goOnBehind(final long sequence, final long number, final long maxTimeNs)
    {
        lastSequence = sequence - 1;
        blockNumber = number;
        maxReceiveTimeNs = maxTimeNs;
        roll(sequence);
    }

    private void makeRoom(final long fileNumber)
    {
        try
        {
            space.roll(fileNumber);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot make a file", directory.resolve(RollFiles.name(fileNumber)), e);
        }
    }

    /**
     * Writes a block.
     *
     * @param buffer   that holds the events, over a direct byte buffer.
     * @param offset   of the first event.
     * @param sequence of the first event.
     * @param count    1 to {@link DocumentLayout#MAX_BLOCK_EVENTS}.
     */
    void writeBlock(final UnsafeBuffer buffer, final int offset, final long sequence, final int count)
    {
        final ByteBuffer bytes = viewOf(buffer);
        final int adjustment = buffer.wrapAdjustment() + offset;
        final int length = DocumentLayout.EVENTS_OFFSET + count * DocumentLayout.EVENT_BYTES;
        space.take(appender.end(), length);

        if (!index.stretch().look(buffer, offset, sequence, count))
        {
            throw new IllegalArgumentException("an event of the range has another sequence: firstSequence=" +
                sequence + " count=" + count);
        }
        final long max = Math.max(maxReceiveTimeNs, index.stretch().blockMaxNs());
        final UnsafeBuffer head = header;
        head.putInt(DocumentLayout.PREVIOUS_CRC_OFFSET, lastCrc, LITTLE_ENDIAN);
        head.putLong(DocumentLayout.SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        head.putLong(DocumentLayout.APPEND_TIME_OFFSET, appendTimes.next(max, count), LITTLE_ENDIAN);
        head.putLong(DocumentLayout.MAX_RECEIVE_TIME_OFFSET, max, LITTLE_ENDIAN);
        head.putLong(DocumentLayout.BLOCK_NUMBER_OFFSET, blockNumber, LITTLE_ENDIAN);
        head.putShort(DocumentLayout.COUNT_OFFSET, (short)count, LITTLE_ENDIAN);

        final long start = appender.begin(length);
        device.step(TapeStep.DOCUMENT_BEGUN);
        final int value = count <= SMALL_EVENTS ?
            fillSmall(buffer, offset, length) : fill(buffer, offset, bytes, adjustment, length);
        appender.document().putInt(DocumentLayout.CRC_OFFSET, value, LITTLE_ENDIAN);
        commit();
        lastCrc = value;
        lastSequence = sequence + count - 1;
        mark.store(info.runId(), appender.fileNumber(), appender.end(), lastSequence, value);
        device.step(TapeStep.DOCUMENT_MARKED);
        index.onBlock(head, start, value, maxReceiveTimeNs, instrumentCount, sourceCount, settingsCount);
        maxReceiveTimeNs = max;
        blockNumber++;
        writtenBytes += DocumentLayout.HEADER_BYTES + length;
    }

    /** Header and events in one piece: for few events two checksums and two copies cost more than another copy. */
    private int fillSmall(final UnsafeBuffer buffer, final int offset, final int length)
    {
        final UnsafeBuffer block = scratch;
        block.putBytes(0, header, 0, DocumentLayout.EVENTS_OFFSET);
        block.putBytes(DocumentLayout.EVENTS_OFFSET, buffer, offset, length - DocumentLayout.EVENTS_OFFSET);
        final CRC32C checksum = crc;
        checksum.reset();
        checksum.update(block.byteBuffer().limit(length).position(0));
        appender.document().putBytes(0, block, 0, length);
        device.step(TapeStep.BLOCK_PART);
        return (int)checksum.getValue();
    }

    /** The events go from the ring to the file, a step at a time, while they are in the first cache. */
    private int fill(
        final UnsafeBuffer buffer, final int offset, final ByteBuffer bytes, final int adjustment, final int length)
    {
        final CRC32C checksum = crc;
        checksum.reset();
        checksum.update(headerBytes.clear());
        final UnsafeBuffer document = appender.document();
        int to = DocumentLayout.EVENTS_OFFSET;
        int from = 0;
        while (to < length)
        {
            final int step = Math.min(STEP_BYTES, length - to);
            checksum.update(bytes.limit(adjustment + from + step).position(adjustment + from));
            document.putBytes(to, buffer, offset + from, step);
            to += step;
            from += step;
            device.step(TapeStep.BLOCK_PART);
        }
        document.putBytes(0, header, 0, DocumentLayout.EVENTS_OFFSET);
        return (int)checksum.getValue();
    }

    private void commit()
    {
        device.step(TapeStep.DOCUMENT_FILLED);
        appender.commit();
        device.step(TapeStep.DOCUMENT_COMMITTED);
    }

    private ByteBuffer viewOf(final UnsafeBuffer buffer)
    {
        final ByteBuffer bytes = buffer.byteBuffer();
        if (bytes == null || !bytes.isDirect())
        {
            throw new IllegalArgumentException("range must lie in a direct byte buffer");
        }
        // The view keeps the memory alive, so that the same address is the same memory.
        final long address = buffer.addressOffset() - buffer.wrapAdjustment();
        final ByteBuffer known = view;
        if (known != null && address == viewAddress && bytes.capacity() == known.capacity())
        {
            return known;
        }
        final ByteBuffer duplicate = bytes.duplicate();
        viewAddress = address;
        view = duplicate;
        return duplicate;
    }

    void writeTrailer(final RunSummary summary)
    {
        writeCold(Documents.encodeTrailer(scratch, info.runId(),
            new RunTrailer(lastSequence, clock.nanoTime(), summary)));
        closedEnd = finishFile(Manifest.CLOSED);
    }

    /** Tells readers what they must find, before anything can happen to the file. */
    private Manifest.Entry finishFile(final int kind)
    {
        final Manifest.Entry end = new Manifest.Entry(kind, info.runId(), appender.fileNumber(), fileFirstSequence,
            lastSequence, appender.end(), 0, lastCrc, 0);
        try
        {
            Manifest.append(directory, end);
            device.step(TapeStep.FILE_FINISHED);
            return end;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot write", directory.resolve(Manifest.NAME), e);
        }
    }

    /** Zero bytes behind the fields bring the next document's header to a multiple of 64 in the file. */
    private void writeCold(final int fieldsLength)
    {
        final int most = BitUtil.align(fieldsLength + DocumentLayout.EVENT_BYTES, DocumentLayout.ALIGNMENT);
        space.take(appender.end(), most);
        final long start = appender.begin(most);
        final long end = BitUtil.align(start + DocumentLayout.HEADER_BYTES + fieldsLength, DocumentLayout.EVENT_BYTES);
        final int length = (int)(end - start) - DocumentLayout.HEADER_BYTES;
        scratch.setMemory(fieldsLength, length - fieldsLength, (byte)0);
        scratch.putInt(DocumentLayout.PREVIOUS_CRC_OFFSET, lastCrc, LITTLE_ENDIAN);
        scratch.putInt(DocumentLayout.CRC_OFFSET, 0, LITTLE_ENDIAN);
        crc.reset();
        crc.update(scratch.byteBuffer().limit(length).position(0));
        lastCrc = (int)crc.getValue();
        scratch.putInt(DocumentLayout.CRC_OFFSET, lastCrc, LITTLE_ENDIAN);
        device.step(TapeStep.DOCUMENT_BEGUN);
        appender.document().putBytes(0, scratch, 0, length);
        appender.shorten(length);
        commit();
        mark.store(info.runId(), appender.fileNumber(), appender.end(), lastSequence, lastCrc);
        device.step(TapeStep.DOCUMENT_MARKED);
        writtenBytes += DocumentLayout.HEADER_BYTES + length;
    }

    void rollback(final Throwable cause)
    {
        try
        {
            appender.rollback();
        }
        catch (final RuntimeException | Error e)
        {
            cause.addSuppressed(e);
        }
    }

    long runId()
    {
        return info.runId();
    }

    long nextSequence()
    {
        return lastSequence + 1;
    }

    Keeper keeper()
    {
        return keeper;
    }

    long writtenBytes()
    {
        return writtenBytes;
    }

    /** Leaves a zero header behind the last document, so that a reader that is mapping the file meets it. */
    private void cut(final long fileNumber, final long end) throws IOException
    {
        final Path file = directory.resolve(RollFiles.name(fileNumber));
        final long keep = BitUtil.align(end + DocumentLayout.HEADER_BYTES, PAGE_BYTES);
        // After a roll that failed there is none.
        if (Files.exists(file) && Files.size(file) > keep)
        {
            // Not a channel: the recorder's thread may carry an interrupt, which would close one.
            try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw"))
            {
                cut.setLength(keep);
            }
        }
    }

    @Override
    public void close()
    {
        final long end = appender.end();
        try (keeper; index)
        {
            index.endFile();
            appender.close();
            if (end != 0)
            {
                cut(appender.fileNumber(), end);
            }
            space.end(appender.fileNumber());
            final Manifest.Entry closed = closedEnd;
            if (closed != null)
            {
                keeper.seal(closed);
            }
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot finish a file", directory.resolve(RollFiles.name(appender.fileNumber())), e);
        }
    }
}
