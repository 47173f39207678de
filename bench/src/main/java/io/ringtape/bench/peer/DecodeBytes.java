package io.ringtape.bench.peer;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.capture.FileBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a capture in flat memory, decompressed, so that a decoder has nothing but bytes before it.
 * <p>
 * Thread safety: stateless. Allocation: the bytes.
 */
final class DecodeBytes
{
    /** Bytes of zero behind the last one, so that a scan may read a word where a byte is left. */
    static final int PADDING_BYTES = Long.BYTES;

    private DecodeBytes()
    {
    }

    /** The first lines of a file in a zip, told by a part of its name. */
    static UnsafeBuffer lines(final CaptureFile file, final String part, final int count)
    {
        return read(file, part, count);
    }

    /** The whole of a file. */
    static UnsafeBuffer whole(final CaptureFile file)
    {
        return read(file, "", Integer.MAX_VALUE);
    }

    private static UnsafeBuffer read(final CaptureFile file, final String part, final int count)
    {
        final ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (FileBytes bytes = FileBytes.open(file.path(), (name) -> name.contains(part), part))
        {
            int lines = 0;
            for (int next = bytes.read(); next != FileBytes.END && lines < count; next = bytes.read())
            {
                read.write(next);
                lines += next == '\n' ? 1 : 0;
            }
        }
        catch (final CaptureException e)
        {
            throw new IllegalStateException(e.getMessage(), e);
        }
        final ByteBuffer direct = ByteBuffer.allocateDirect(read.size() + PADDING_BYTES);
        direct.put(read.toByteArray()).clear();
        return new UnsafeBuffer(direct);
    }
}
