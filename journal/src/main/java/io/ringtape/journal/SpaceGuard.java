package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.agrona.BitUtil;

/**
 * Stops the writer before the device is full: a write to a mapped page that finds no space ends the process. Each file
 * gets its space a stretch ahead of the writer, and the file after it has its first stretch, under another name, before
 * it is needed. Before each stretch the device is asked whether the reserve would stay free.
 * <p>
 * Hot path: {@link #take}.
 * Thread safety: none; the recorder's thread.
 * Allocation: none in it, but for a new stretch.
 */
final class SpaceGuard
{
    static final long STRETCH_BYTES = 16L << 20;
    static final String NEXT_SUFFIX = ".next";
    /** Behind a document Chronicle touches the header of the next one, and nothing of more than a page. */
    private static final long TOUCHED_BYTES = 64L << 10;
    /** {@link RollAppender} touches the next chunk too, from a large page before its beginning on. */
    private static final long MARGIN_BYTES = LargePages.BYTES + TOUCHED_BYTES;

    private final Path run;
    private final SpaceSource source;
    private final Device device;
    private final long wantedBytes;
    private Path file;
    private long reservedBytes;

    SpaceGuard(final Path run, final TapeParts parts)
    {
        this.run = run;
        this.source = parts.space();
        this.device = parts.device();
        this.wantedBytes = 2 * STRETCH_BYTES + parts.config().reserveBytes();
        this.file = run;
    }

    /**
     * Asks the device whether it has room.
     *
     * @throws TapeException if it has too little.
     */
    void requireRoom()
    {
        final long usable = source.usableBytes();
        if (usable < wantedBytes)
        {
            throw new TapeException(Kind.IO,
                "device is full: " + source.where() + "usableBytes=" + usable + " wantedBytes=" + wantedBytes);
        }
    }

    /**
     * Makes the first file of a run, with space, and the one after it.
     *
     * @throws IOException if it cannot be made.
     */
    void start() throws IOException
    {
        file = run.resolve(RollFiles.name(0));
        Permissions.createFile(file);
        device.step(TapeStep.FIRST_FILE_MADE);
        reserve();
        makeNext(1);
    }

    /**
     * Puts the file that was made ready in its place, just before Chronicle opens it.
     *
     * @param fileNumber of the file.
     * @throws IOException if it cannot be renamed.
     */
    void roll(final long fileNumber) throws IOException
    {
        requireRoom();
        file = run.resolve(RollFiles.name(fileNumber));
        Files.move(next(fileNumber), file, StandardCopyOption.ATOMIC_MOVE);
        device.step(TapeStep.NEXT_FILE_RENAMED);
        reservedBytes = STRETCH_BYTES;
    }

    /**
     * Makes the file after a file ready.
     *
     * @param fileNumber of the file to make.
     * @throws IOException if it cannot be made.
     */
    void makeNext(final long fileNumber) throws IOException
    {
        final Path next = next(fileNumber);
        Permissions.createFile(next);
        device.step(TapeStep.NEXT_FILE_MADE);
        reserve(next, 0);
        device.step(TapeStep.NEXT_FILE_RESERVED);
    }

    /**
     * Has the kernel forget the small pages that it read ahead of the first document of a file, before anybody could
     * ask for large ones. Where the file system has small ones only they come again.
     *
     * @param appender that has written the first document, and nothing else.
     * @throws TapeException if the space is lost by it.
     */
    void renewHead(final RollAppender appender)
    {
        final long from = BitUtil.align(appender.end() + TOUCHED_BYTES, LargePages.BYTES);
        if (appender.isLarge() && from < STRETCH_BYTES)
        {
            try
            {
                device.renew(file, from, STRETCH_BYTES - from);
            }
            catch (final IOException e)
            {
                throw full(e);
            }
        }
    }

    /**
     * Takes space for a document.
     *
     * @param start of the document in the file.
     * @param bytes of the document.
     * @throws TapeException if there is too little left.
     */
    void take(final long start, final int bytes)
    {
        if (start + bytes + MARGIN_BYTES > reservedBytes)
        {
            requireRoom();
            try
            {
                reserve();
            }
            catch (final IOException e)
            {
                throw full(e);
            }
        }
    }

    /**
     * Takes the file away that was made ready and is not needed.
     *
     * @param fileNumber of the last file that is used.
     * @throws IOException if it cannot be removed.
     */
    void end(final long fileNumber) throws IOException
    {
        Files.deleteIfExists(next(fileNumber + 1));
    }

    private void reserve() throws IOException
    {
        reserve(file, reservedBytes);
        device.step(TapeStep.SPACE_RESERVED);
        reservedBytes += STRETCH_BYTES;
    }

    // Where nothing can be reserved, the room that the device had is all there is.
    private void reserve(final Path of, final long from) throws IOException
    {
        device.reserve(of, from, STRETCH_BYTES);
    }

    private TapeException full(final IOException cause)
    {
        return new TapeException(Kind.IO, "device is full: file=" + file + " reservedBytes=" + reservedBytes + ": " +
            cause.getMessage(), cause);
    }

    private Path next(final long fileNumber)
    {
        return run.resolve(RollFiles.name(fileNumber) + NEXT_SUFFIX);
    }
}
