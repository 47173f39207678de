package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.event.Definitions;
import io.ringtape.journal.RunDirectory.RollFile;
import io.ringtape.journal.codec.FileHeaderDecoder;
import io.ringtape.journal.codec.RunHeaderDecoder;
import io.ringtape.journal.codec.RunTrailerDecoder;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of one run over its files, holds them against each other, and tells how the run ends. Hot path.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: none in {@link #nextBlock()}, but for a new window, file, or definition.
 */
final class RunReader implements AutoCloseable
{
    private final Walker walker;
    private final UnsafeBuffer buffer;
    private final Checksum checksum = new Checksum();
    private final Definitions definitions = new Definitions();
    private final RunHead head;
    private final Documents.@Nullable RunEnd fence;
    private final TapeMarks marks;
    private final boolean live;
    private final RunCursor cursor;
    private boolean checking = true;
    private boolean started;
    private boolean believing = true;
    private int lastCrc;
    private long nextSequence;
    private long nextBlockNumber;
    private long maxReceiveTimeNs = DocumentLayout.NO_TIME;
    private long maxBeforeNs = DocumentLayout.NO_TIME;
    private long fenceOffset = Long.MAX_VALUE;
    private long acceptedEnd;
    private int eventsOffset;
    private int count;
    private @Nullable RunTrailer trailer;
    private @Nullable TapeTail tail;

    /**
     * A reader that is open at the start of a file.
     *
     * @param run       the run.
     * @param fileIndex of the file; one that is not the first is believed what it says of the files before it.
     * @param head      the run's header.
     * @param fence     where the next run says that this one ends, or null if there is no next run.
     * @param marks     of the tape.
     * @param live      whether a writer may be adding to the run.
     * @param walker    to read with; it is closed with this.
     * @throws IOException if the file cannot be opened.
     */
    RunReader(
        final RunDirectory run,
        final int fileIndex,
        final RunHead head,
        final Documents.@Nullable RunEnd fence,
        final TapeMarks marks,
        final boolean live,
        final Walker walker) throws IOException
    {
        this.cursor = new RunCursor(run, fileIndex, fence, marks);
        this.head = head;
        this.fence = fence;
        this.marks = marks;
        this.live = live;
        this.walker = walker;
        this.buffer = walker.buffer();
        this.lastCrc = head.previous().crc();
        this.nextSequence = head.run().firstSequence();
        open();
    }

    private void open() throws IOException
    {
        started = false;
        acceptedEnd = 0;
        fenceOffset = cursor.fenceOffset();
        walker.open(file().path());
    }

    /**
     * Whether documents are held against their CRC; without it they are only held against each other.
     *
     * @param newChecking false to skim.
     */
    void checking(final boolean newChecking)
    {
        checking = newChecking;
    }

    /**
     * Holds the block that was skimmed last against its CRC.
     *
     * @throws TapeException if it is damaged.
     */
    void checkBlock()
    {
        if (!checking)
        {
            final String wrong = intact();
            if (wrong != null)
            {
                nextSequence -= count;
                nextBlockNumber--;
                throw found(walker.start()).damaged(wrong, "");
            }
        }
    }

    /**
     * Moves to the next block.
     *
     * @return false at the end of the run, with a {@link #tail()}.
     * @throws TapeException if the run is damaged or has a gap.
     */
    boolean nextBlock()
    {
        final Walker steps = walker;
        while (true)
        {
            if (steps.position() == fenceOffset)
            {
                return end(found(fenceOffset), trailer == null ? TapeTail.Kind.FENCED : TapeTail.Kind.CLOSED, "");
            }
            final int step = steps.next();
            if (step == Walker.DOCUMENT)
            {
                final boolean block = started && steps.startsWith(DocumentLayout.BLOCK_WORD);
                final String wrong = block ? block() : cold();
                if (wrong != null)
                {
                    return stop(wrong, steps.start(), false);
                }
                acceptedEnd = steps.position();
                if (block)
                {
                    return true;
                }
                if (trailer != null && fence == null)
                {
                    return end(found(acceptedEnd), TapeTail.Kind.CLOSED, "");
                }
            }
            else if (!passed(step))
            {
                return false;
            }
        }
    }

    /**
     * Goes on with the block that an entry of the file's index names, if it is that block, whole.
     *
     * @param to an entry that it may jump to, and that counts as many definitions as were read.
     * @return false if the entry is not right; the reader stays.
     */
    boolean jump(final IndexEntry to)
    {
        final long back = walker.position();
        walker.seek(to.offset());
        if (walker.next() != Walker.DOCUMENT || !to.names(buffer, walker.offset(), walker.length()) ||
            intact() != null)
        {
            walker.seek(back);
            return false;
        }
        walker.seek(to.offset());
        acceptedEnd = to.offset();
        nextSequence = to.firstSequence();
        nextBlockNumber = to.blockNumber();
        maxReceiveTimeNs = to.maxBeforeNs();
        lastCrc = to.previousCrc();
        return true;
    }

    /** Whether what stands before a place in the file may be passed over unread. */
    boolean mayJump(final long offset)
    {
        return started && offset < fenceOffset && cursor.mayJump(offset);
    }

    /** Reads on to the trailer if it follows. What else follows, whole or not, was not asked for. */
    void lookForTrailer()
    {
        boolean follows = true;
        while (follows && trailer == null)
        {
            follows = walker.position() != fenceOffset && walker.next() == Walker.DOCUMENT &&
                !walker.startsWith(DocumentLayout.BLOCK_WORD) && cold() == null;
        }
    }

    private boolean passed(final int step)
    {
        final long at = walker.position();
        return switch (step)
        {
            case Walker.CHRONICLE -> !started || stop("a document is marked as Chronicle's own", walker.start(), false);
            case Walker.UNFINISHED -> stop("a document is unfinished", at, live);
            case Walker.OVERRUN -> stop("a document does not fit in the file", at, false);
            default -> (!isLostWithTheMachine(step, at) && nextFile(step == Walker.END_MARK)) || stop(null, at, live);
        };
    }

    /** Pages that were not forced are gone in any order: a later file that is there does not make up for them. */
    private boolean isLostWithTheMachine(final int step, final long at)
    {
        return step != Walker.END_MARK && fence == null &&
            marks.isLost(head.run().runId(), file().number(), at, nextSequence);
    }

    private @Nullable String block()
    {
        final UnsafeBuffer window = buffer;
        final int offset = walker.offset();
        final int length = walker.length();
        String wrong = DocumentCheck.wrongBlock(window, offset, length);
        if (wrong == null && checking)
        {
            wrong = intact();
        }
        if (wrong == null)
        {
            wrong = follows(offset);
        }
        if (wrong != null)
        {
            return wrong;
        }
        final long first = window.getLong(offset + DocumentLayout.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        final long number = window.getLong(offset + DocumentLayout.BLOCK_NUMBER_OFFSET, LITTLE_ENDIAN);
        if (first != nextSequence || number != nextBlockNumber)
        {
            return "block is not the next one: firstSequence=" + first + " blockNumber=" + number;
        }
        final int events = DocumentCheck.events(window, offset);
        nextSequence = first + events;
        nextBlockNumber = number + 1;
        maxBeforeNs = maxReceiveTimeNs;
        maxReceiveTimeNs = window.getLong(offset + DocumentLayout.MAX_RECEIVE_TIME_OFFSET, LITTLE_ENDIAN);
        eventsOffset = offset + DocumentLayout.EVENTS_OFFSET;
        count = events;
        return null;
    }

    private @Nullable String intact()
    {
        return DocumentCheck.wrongBytes(checksum, walker, head.run().runId());
    }

    private @Nullable String follows(final int offset)
    {
        if (buffer.getInt(offset + DocumentLayout.PREVIOUS_CRC_OFFSET, LITTLE_ENDIAN) != lastCrc)
        {
            return "document does not follow the one before it";
        }
        lastCrc = buffer.getInt(offset + DocumentLayout.CRC_OFFSET, LITTLE_ENDIAN);
        return null;
    }

    private @Nullable String cold()
    {
        final int offset = walker.offset();
        final int length = walker.length();
        String wrong = DocumentCheck.wrongSchema(buffer, offset, length);
        if (wrong == null)
        {
            wrong = intact();
        }
        if (wrong == null && !started)
        {
            wrong = fileHeader(offset, length);
        }
        if (wrong == null)
        {
            wrong = follows(offset);
        }
        return wrong == null ? apply(offset, length) : wrong;
    }

    /** The first document of a file says where the file stands; what was read before it must agree. */
    private @Nullable String fileHeader(final int offset, final int length)
    {
        final long number = file().number();
        final String wrong = DocumentCheck.wrongStart(buffer, offset, length, number);
        if (wrong != null)
        {
            return wrong;
        }
        if (number != 0)
        {
            final Documents.FileInfo info = Documents.decodeFileHeader(buffer, offset);
            if (believing)
            {
                nextSequence = info.firstSequence();
                nextBlockNumber = info.firstBlockNumber();
                maxReceiveTimeNs = info.maxReceiveTimeNs();
                lastCrc = buffer.getInt(offset + DocumentLayout.PREVIOUS_CRC_OFFSET, LITTLE_ENDIAN);
            }
            else if (info.firstSequence() > nextSequence)
            {
                throw found(0).gap(info.firstSequence() - 1, "before file=" + fileName());
            }
        }
        started = true;
        believing = false;
        return null;
    }

    private @Nullable String apply(final int offset, final int length)
    {
        final int template = buffer.getShort(offset + DocumentLayout.TEMPLATE_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        try
        {
            Documents.requireFields(buffer, offset, length, template);
            return switch (template)
            {
                case RunHeaderDecoder.TEMPLATE_ID, FileHeaderDecoder.TEMPLATE_ID -> null;
                case RunTrailerDecoder.TEMPLATE_ID -> trailer(Documents.decodeTrailer(buffer, offset));
                default -> ReadDefinitions.add(definitions, buffer, offset, template);
            };
        }
        catch (final IllegalArgumentException | IndexOutOfBoundsException e)
        {
            return "document cannot be decoded: templateId=" + template + ": " + e.getMessage();
        }
    }

    private @Nullable String trailer(final RunTrailer found)
    {
        trailer = found;
        return found.lastSequence() == nextSequence - 1 ? null :
            "trailer names another last sequence: lastSequence=" + found.lastSequence();
    }

    private boolean nextFile(final boolean marked)
    {
        try
        {
            final boolean moved = cursor.next(marked);
            if (moved)
            {
                open();
            }
            return moved;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", cursor.directory().path(), e);
        }
    }

    /** Nothing sensible stands at the offset: tells an end from damage. */
    private boolean stop(final @Nullable String wrong, final long at, final boolean mayGrow)
    {
        final Found found = found(at);
        if (fence == null && mayGrow && !marks.isVouchedFor(found.runId(), file().number(), at, nextSequence))
        {
            return end(found, TapeTail.Kind.LIVE, "");
        }
        if (wrong == null)
        {
            cursor.requireLink(found, lastCrc);
        }
        tail = RunEnding.decide(found, wrong, cursor.directory(), cursor.index(), fence, marks);
        return false;
    }

    private Found found(final long at)
    {
        return new Found(head.run().runId(), fileName(), nextBlockNumber, at, nextSequence);
    }

    private boolean end(final Found at, final TapeTail.Kind kind, final String detail)
    {
        cursor.requireLink(at, lastCrc);
        tail = new TapeTail(kind, fileName(), walker.position(), detail);
        return false;
    }

    /** The file that is being read. */
    RollFile file()
    {
        return cursor.file();
    }

    private String fileName()
    {
        return file().name();
    }

    /** How the run ends, once {@link #nextBlock()} has said so. */
    @Nullable
    TapeTail tail()
    {
        return tail;
    }

    /** The trailer, once it was passed. */
    @Nullable
    RunTrailer trailer()
    {
        return trailer;
    }

    RunHead head()
    {
        return head;
    }

    /** Whether a writer may be adding to the run. */
    boolean isLive()
    {
        return live;
    }

    Definitions definitions()
    {
        return definitions;
    }

    /** The window that the events lie in. */
    UnsafeBuffer buffer()
    {
        return buffer;
    }

    /** Where the first event of the block lies in the window. */
    int eventsOffset()
    {
        return eventsOffset;
    }

    /** Events of the block. */
    int count()
    {
        return count;
    }

    /** One above the last sequence so far. */
    long nextSequence()
    {
        return nextSequence;
    }

    /** One above the number of the last block so far. */
    long nextBlockNumber()
    {
        return nextBlockNumber;
    }

    /** Running maximum of receive times, the block included. */
    long maxReceiveTimeNs()
    {
        return maxReceiveTimeNs;
    }

    /** Where the header of the block last met stands. */
    long blockStart()
    {
        return walker.start();
    }

    /** Running maximum of receive times before the block. */
    long maxBeforeNs()
    {
        return maxBeforeNs;
    }

    /** The last CRC of the chain so far. */
    int lastCrc()
    {
        return lastCrc;
    }

    /** Where the next document's header stands. */
    long position()
    {
        return walker.position();
    }

    /** Behind the last document of the file that was believed. */
    long acceptedEnd()
    {
        return acceptedEnd;
    }

    @Override
    public void close()
    {
        walker.close();
    }
}
