package io.ringtape.bench.peer;

import io.ringtape.cli.platform.InjectedPause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.openhft.posix.PosixAPI;
import org.agrona.BufferUtil;

/**
 * Files and directories of the peers that write.
 * <p>
 * Thread safety: stateless. Allocation: not for hot paths.
 */
public final class Scratch
{
    static final int LARGE_PAGE_BYTES = 2 << 20;

    /** Two large pages: what a file took in such pieces is free in such pieces. */
    private static final int CHUNK_BYTES = 2 * LARGE_PAGE_BYTES;
    /** Linux tells the host of a virtual machine what has been free for 2 s. */
    private static final long COOLING_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int MADV_HUGEPAGE = 14;

    private Scratch()
    {
    }

    /** A directory of its own for who may not be the only one. */
    static Path directory(final Path parent)
    {
        try
        {
            return Files.createTempDirectory(parent, "scratch");
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("cannot make a directory: parent=" + parent, e);
        }
    }

    /**
     * Makes the kernel's free memory warm: a virtual machine may have to fetch a page from its host at the first touch,
     * which would be charged to whoever comes first. Every peer that writes a tape calls it just before a run.
     */
    static void recyclePages(final Path directory, final long bytes)
    {
        final Path file = directory.resolve("recycle");
        final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE))
        {
            for (long at = 0; at < bytes; at += CHUNK_BYTES)
            {
                channel.write(chunk.clear());
            }
            Files.delete(file);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("cannot write: file=" + file, e);
        }
    }

    /**
     * The contrary: waits until the kernel has given back to the host what was freed, if there is one that takes it.
     */
    static void coolPages()
    {
        InjectedPause.ofNs(COOLING_NS);
    }

    /** A file that can be written to and read where it lies in memory; made if it is not there. */
    static MappedByteBuffer map(final Path file, final long bytes)
    {
        try (FileChannel channel = FileChannel.open(file,
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("cannot map: file=" + file, e);
        }
    }

    /** The same, in large pages where they are asked for and the system has them. */
    static MappedByteBuffer map(final Path file, final long bytes, final boolean isLarge)
    {
        final MappedByteBuffer mapped = map(file, bytes);
        if (isLarge)
        {
            // Refused where there are none.
            PosixAPI.posix().madvise(BufferUtil.address(mapped), bytes, MADV_HUGEPAGE);
        }
        return mapped;
    }

    /**
     * Removes a directory, or nothing if it is not there.
     *
     * @param directory to remove with all that is in it.
     */
    public static void remove(final Path directory)
    {
        if (!Files.exists(directory))
        {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory))
        {
            for (final Path path : paths.sorted(Comparator.reverseOrder()).toList())
            {
                Files.deleteIfExists(path);
            }
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("cannot remove: directory=" + directory, e);
        }
    }
}
