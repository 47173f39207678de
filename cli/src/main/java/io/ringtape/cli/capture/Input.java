package io.ringtape.cli.capture;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Where the bytes of one capture file come from: a file, or an entry of a zip file; either may be compressed.
 *
 * @param path  of the file.
 * @param entry name of the zip entry; empty for a plain file.
 */
record Input(Path path, String entry)
{
    private static final int MAGIC_BYTES = 4;
    private static final int ZSTD_MAGIC = 0xFD2FB528;
    private static final int ZSTD_SKIPPABLE_MAGIC = 0x184D2A50;
    private static final int ZIP_ENTRY_MAGIC = 0x04034B50;
    private static final int ZIP_EMPTY_MAGIC = 0x06054B50;

    static Input file(final Path path)
    {
        return new Input(path, "");
    }

    /** The file as messages name it. */
    String display()
    {
        return CaptureException.printable(entry.isEmpty() ? path.toString() : path + "!" + entry);
    }

    /** The last part of the name, without the suffix of a compression. */
    String leafName()
    {
        final Path last = path.getFileName();
        final String name = entry.isEmpty() ? String.valueOf(last) : entry;
        final String leaf = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return leaf.replaceFirst("\\.(gz|zst)$", "");
    }

    long sizeBytes() throws CaptureException
    {
        try
        {
            return Files.size(path);
        }
        catch (final IOException e)
        {
            throw CaptureException.io(display(), 0, e);
        }
    }

    /** Whether the file is a zip; refuses what is missing, empty or no file. */
    boolean isZip() throws CaptureException
    {
        if (!Files.exists(path))
        {
            throw CaptureException.missing(display(), "no such file");
        }
        if (!Files.isRegularFile(path))
        {
            throw CaptureException.bad(display(), "not a regular file", "");
        }
        if (sizeBytes() == 0)
        {
            throw CaptureException.bad(display(), "file is empty", "");
        }
        try (InputStream in = Files.newInputStream(path))
        {
            final int magic = littleEndian(in.readNBytes(MAGIC_BYTES));
            return magic == ZIP_ENTRY_MAGIC || magic == ZIP_EMPTY_MAGIC;
        }
        catch (final IOException e)
        {
            throw CaptureException.io(display(), 0, e);
        }
    }

    /** The files in a zip, in the order of its directory. */
    List<Input> zipEntries() throws CaptureException
    {
        try (ZipFile zip = new ZipFile(path.toFile()))
        {
            final List<Input> entries = new ArrayList<>();
            zip.stream().filter(found -> !found.isDirectory())
                .forEach(found -> entries.add(new Input(path, found.getName())));
            return entries;
        }
        catch (final ZipException | EOFException | IllegalArgumentException e)
        {
            throw corrupt(0, e);
        }
        catch (final IOException e)
        {
            throw CaptureException.io(display(), 0, e);
        }
    }

    /** Opens the bytes, decompressed. */
    ByteWindow open() throws CaptureException
    {
        try
        {
            return entry.isEmpty() ? openFile() : openEntry();
        }
        catch (final ZipException | EOFException | IllegalArgumentException e)
        {
            throw corrupt(0, e);
        }
        catch (final IOException e)
        {
            throw CaptureException.io(display(), 0, e);
        }
    }

    CaptureException corrupt(final long position, final Exception cause)
    {
        final String message = CaptureException.oneLine(cause);
        final boolean cut = cause instanceof EOFException ||
            message.toLowerCase(Locale.ROOT).contains("truncated");
        return CaptureException.bad(display(), cut ? "file is truncated" : "file is corrupt", "byte", position,
            "cause=" + message).causedBy(cause);
    }

    private ByteWindow openFile() throws IOException
    {
        final CountingStream counter = new CountingStream(Files.newInputStream(path));
        return closingOnFailure(counter, () -> new ByteWindow(this, decompress(counter), counter, 1, 1));
    }

    // The handle belongs to the window that is returned.
    private ByteWindow openEntry() throws IOException
    {
        final ZipFile zip = new ZipFile(path.toFile());
        return closingOnFailure(zip, () ->
        {
            final ZipEntry found = zip.getEntry(entry);
            if (found == null)
            {
                throw new ZipException("zip entry is gone");
            }
            final CountingStream counter = new CountingStream(new EntryStream(zip, found));
            return new ByteWindow(
                this, decompress(counter), counter, found.getCompressedSize(), Math.max(1, found.getSize()));
        });
    }

    private static InputStream decompress(final InputStream in) throws IOException
    {
        final PushbackInputStream stream = new PushbackInputStream(in, MAGIC_BYTES);
        final byte[] start = stream.readNBytes(MAGIC_BYTES);
        stream.unread(start);
        final int magic = littleEndian(start);
        if ((magic & 0xFFFF) == 0x8B1F)
        {
            return new GzipStream(stream);
        }
        if (magic == ZSTD_MAGIC || (magic & 0xFFFF_FFF0) == ZSTD_SKIPPABLE_MAGIC)
        {
            return new ZstdInputStreamNoFinalizer(stream);
        }
        return stream;
    }

    private static int littleEndian(final byte[] start)
    {
        int value = 0;
        for (int i = 0; i < start.length; i++)
        {
            value |= (start[i] & 0xFF) << (8 * i);
        }
        return value;
    }

    private static ByteWindow closingOnFailure(final AutoCloseable owned, final Opener opener) throws IOException
    {
        boolean opened = false;
        try
        {
            final ByteWindow window = opener.open();
            opened = true;
            return window;
        }
        finally
        {
            if (!opened)
            {
                closeQuietly(owned);
            }
        }
    }

    // Only after a failure, which is the one to report.
    private static void closeQuietly(final AutoCloseable owned) throws IOException
    {
        try
        {
            owned.close();
        }
        catch (final IOException e)
        {
            throw e;
        }
        catch (final Exception e)
        {
            throw new IOException(e);
        }
    }

    /** Opens a window over what the caller closes if this fails. */
    private interface Opener
    {
        ByteWindow open() throws IOException;
    }
}
