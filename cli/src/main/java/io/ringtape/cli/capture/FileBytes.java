package io.ringtape.cli.capture;

import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * The bytes of a file, one after the other: plain, gzip, Zstandard or a file in a zip, told apart as captures are.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: on opening.
 */
public final class FileBytes implements AutoCloseable
{
    /** What {@link #read()} gives behind the last byte. */
    public static final int END = -1;

    private static final int MOST_BYTES = 1 << 20;

    private final ByteWindow window;

    private FileBytes(final ByteWindow window)
    {
        this.window = window;
    }

    /**
     * Opens a file.
     *
     * @param path  of the file.
     * @param wanted tells by its name the file that is meant in a zip, of which the first one counts.
     * @param what  the zip must hold, for a message.
     * @return the bytes; close it after use.
     * @throws CaptureException if there is no such file, it cannot be read, is empty or corrupt, or is a zip without
     *                          what is wanted.
     */
    public static FileBytes open(final Path path, final Predicate<String> wanted, final String what)
        throws CaptureException
    {
        final Input file = Input.file(path);
        return new FileBytes((file.isZip() ? entry(file, wanted, what) : file).open());
    }

    /**
     * The next byte.
     *
     * @return 0 to 255, or {@link #END}.
     * @throws CaptureException if the file cannot be read or is corrupt; the message names file and byte.
     */
    public int read() throws CaptureException
    {
        if (window.remaining() == 0 && !window.fill(MOST_BYTES))
        {
            return END;
        }
        final int position = window.position();
        window.position(position + 1);
        return window.buffer().getByte(position) & 0xFF;
    }

    @Override
    public void close()
    {
        window.close();
    }

    private static Input entry(final Input zip, final Predicate<String> wanted, final String what)
        throws CaptureException
    {
        for (final Input entry : zip.zipEntries())
        {
            if (wanted.test(entry.leafName()))
            {
                return entry;
            }
        }
        throw CaptureException.bad(zip.display(), "zip holds no " + what, "");
    }
}
