package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.agrona.IoUtil;

/**
 * What tells a {@link ControlFile} from any other file: its length and its start.
 */
final class ControlFormat
{
    static final int BYTES = 4096;
    private static final long MAGIC = 0x32304C5254435452L;

    private ControlFormat()
    {
    }

    /**
     * Whether a file is a kill switch, whatever stands in it.
     *
     * @param file that is there.
     * @return false for any other, and for a link to one.
     * @throws IOException if it cannot be read.
     */
    static boolean isOf(final Path file) throws IOException
    {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == BYTES &&
            TapeFiles.startsWith(file, MAGIC);
    }

    static MappedByteBuffer map(
        final Path file, final FileChannel channel, final FileChannel.MapMode mode) throws IOException
    {
        final long bytes = channel.size();
        if (bytes != BYTES)
        {
            throw noKillSwitch(file, bytes);
        }
        final MappedByteBuffer mapped = channel.map(mode, 0, BYTES);
        try
        {
            check(file, mapped.order(ByteOrder.LITTLE_ENDIAN));
            return mapped;
        }
        catch (final TapeException e)
        {
            IoUtil.unmap(mapped);
            throw e;
        }
    }

    /** Refuses what is no such file. */
    static void check(final Path file, final ByteBuffer bytes)
    {
        if (bytes.limit() != BYTES)
        {
            throw noKillSwitch(file, bytes.limit());
        }
        if (bytes.getLong(0) != MAGIC)
        {
            throw new TapeException(Kind.UNREADABLE, "file is no kill switch, its start is another: file=" + file);
        }
    }

    private static TapeException noKillSwitch(final Path file, final long bytes)
    {
        return new TapeException(Kind.UNREADABLE, "file is no kill switch: file=" + file + " bytes=" + bytes);
    }

    /** What a file holds of which nothing was ever changed. */
    static ByteBuffer empty()
    {
        return ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, MAGIC);
    }
}
