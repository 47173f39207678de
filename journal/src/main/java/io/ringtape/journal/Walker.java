package io.ringtape.journal;

import static io.ringtape.journal.DocumentLayout.HEADER_BYTES;
import static io.ringtape.journal.DocumentLayout.LENGTH_MASK;
import static io.ringtape.journal.DocumentLayout.MAX_DOCUMENT_BYTES;
import static io.ringtape.journal.DocumentLayout.METADATA;
import static io.ringtape.journal.DocumentLayout.NOT_READY;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Steps over the documents of one roll file, read-only, through a bounded window of mapped memory. It believes nothing:
 * no length takes it past the end of the file, and each step goes forward, so that any bytes end after a time that is
 * linear in their number.
 * <p>
 * Hot path: {@link #next()}.
 * Thread safety: none; one thread.
 * Allocation: none in it, but for a new window.
 */
final class Walker implements AutoCloseable
{
    /** A document of ours lies at {@link #offset()}. */
    static final int DOCUMENT = 0;
    /** Chronicle's own document was passed. */
    static final int CHRONICLE = 1;
    /** The header is zero: nothing was written here. */
    static final int EMPTY = 2;
    /** Chronicle's mark that the file is full and another follows. */
    static final int END_MARK = 3;
    /** The writer has not finished the document, or never will. */
    static final int UNFINISHED = 4;
    /** The length does not fit. */
    static final int OVERRUN = 5;
    /** The file ends. */
    static final int FILE_END = 6;

    static final int DEFAULT_WINDOW_BYTES = 64 << 20;
    static final int MIN_WINDOW_BYTES = 4 * MAX_DOCUMENT_BYTES;
    private static final int PAGE_BYTES = 4096;

    private final int windowBytes;
    private final WalkedFile.Opener opener;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private boolean isFollowing;
    private @Nullable WalkedFile opened;
    private @Nullable ByteBuffer window;
    private long windowStart;
    private int windowLength;
    private long position;
    private long start;
    private int offset;
    private int length;

    Walker(final int windowBytes)
    {
        this(windowBytes, WalkedFile.MAPPED);
    }

    /** Over files that may be none. */
    Walker(final int windowBytes, final WalkedFile.Opener opener)
    {
        this.windowBytes = Math.max(MIN_WINDOW_BYTES, windowBytes);
        this.opener = opener;
    }

    /**
     * Whether what is opened from now on may be written meanwhile.
     *
     * @param newFollowing true to leave its pages as large as the writer wants them.
     */
    void following(final boolean newFollowing)
    {
        isFollowing = newFollowing;
    }

    /**
     * Moves to the start of a file.
     *
     * @param file to read.
     * @throws IOException if it cannot be opened.
     */
    void open(final Path file) throws IOException
    {
        close();
        opened = opener.open(file);
    }

    /**
     * Moves to the next document.
     *
     * @return one of the constants of this class; the position stays unless it is {@link #DOCUMENT} or
     *     {@link #CHRONICLE}.
     */
    int next()
    {
        final long at = position;
        int relative = (int)(at - windowStart);
        if (relative + HEADER_BYTES > windowLength)
        {
            if (!map(at, HEADER_BYTES))
            {
                return FILE_END;
            }
            relative = (int)(at - windowStart);
        }
        // The writer stores it with release, after the bytes of the document.
        final int header = buffer.getIntVolatile(relative);
        if (header <= 0 || (header & METADATA) != 0)
        {
            return rare(at, header);
        }
        final int bytes = header & LENGTH_MASK;
        if (bytes > MAX_DOCUMENT_BYTES)
        {
            return OVERRUN;
        }
        if (relative + HEADER_BYTES + bytes > windowLength)
        {
            if (!map(at, HEADER_BYTES + bytes))
            {
                return OVERRUN;
            }
            relative = (int)(at - windowStart);
        }
        start = at;
        offset = relative + HEADER_BYTES;
        length = bytes;
        position = at + HEADER_BYTES + DocumentLayout.padded(bytes);
        return DOCUMENT;
    }

    private int rare(final long at, final int header)
    {
        if (header == 0)
        {
            return EMPTY;
        }
        if (header == DocumentLayout.END_OF_FILE)
        {
            return END_MARK;
        }
        if ((header & NOT_READY) != 0)
        {
            return UNFINISHED;
        }
        final long end = at + HEADER_BYTES + DocumentLayout.padded(header & LENGTH_MASK);
        if (end > fileLength())
        {
            return OVERRUN;
        }
        start = at;
        position = end;
        return CHRONICLE;
    }

    /**
     * Where the header of the next document stands.
     *
     * @return offset in the file.
     */
    long position()
    {
        return position;
    }

    /**
     * Moves to another place in the file.
     *
     * @param at offset at which a header stands, or is said to.
     */
    void seek(final long at)
    {
        if (at < windowStart || at - windowStart > windowLength)
        {
            unmap();
            windowStart = at;
        }
        position = at;
    }

    /** Where the header of the document last met stands. */
    long start()
    {
        return start;
    }

    /** Where the document lies in the {@link #buffer()}. */
    int offset()
    {
        return offset;
    }

    /** Length of the document, without its header. */
    int length()
    {
        return length;
    }

    /** Whether the document has such a first word; a shorter one has none, and may be the last bytes of the file. */
    boolean startsWith(final long word)
    {
        return length >= Long.BYTES && buffer.getLong(offset, LITTLE_ENDIAN) == word;
    }

    /** The window; it moves, but stays the same object. */
    UnsafeBuffer buffer()
    {
        return buffer;
    }

    /** The bytes under the window. */
    ByteBuffer bytes()
    {
        final ByteBuffer mapped = window;
        if (mapped == null)
        {
            throw new IllegalStateException("no file is open");
        }
        return mapped;
    }

    long fileLength()
    {
        final WalkedFile file = opened;
        if (file == null)
        {
            return 0L;
        }
        try
        {
            return file.size();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    private boolean map(final long at, final int needed)
    {
        final long size = fileLength();
        final WalkedFile file = opened;
        // An offset that was read from a file may be any: no sum with it.
        if (file == null || needed > size - at)
        {
            return false;
        }
        final long newStart = BitUtil.align(at + 1, PAGE_BYTES) - PAGE_BYTES;
        final int newLength = (int)Math.min(windowBytes, size - newStart);
        try
        {
            final ByteBuffer mapped = file.map(newStart, newLength);
            unmap();
            window = mapped;
        }
        catch (final IOException e)
        {
            if (fileLength() < size)
            {
                // It was finished meanwhile, and cut at its end.
                return map(at, needed);
            }
            throw new UncheckedIOException(e);
        }
        buffer.wrap(bytes());
        if (isFollowing)
        {
            LargePages.askToFollow(buffer.addressOffset(), newLength);
        }
        windowStart = newStart;
        windowLength = newLength;
        return true;
    }

    private void unmap()
    {
        final ByteBuffer mapped = window;
        final WalkedFile file = opened;
        if (mapped != null && file != null)
        {
            // First the view that flyweights hold: one that is used too late finds no bytes rather than a fault.
            buffer.wrap(0, 0);
            window = null;
            file.unmap(mapped);
        }
        windowStart = 0;
        windowLength = 0;
    }

    @Override
    public void close()
    {
        unmap();
        position = 0;
        final WalkedFile file = opened;
        opened = null;
        if (file != null)
        {
            try
            {
                file.close();
            }
            catch (final IOException e)
            {
                throw new UncheckedIOException(e);
            }
        }
    }
}
