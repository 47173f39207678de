package io.ringtape.cli.capture;

import com.github.luben.zstd.Zstd;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Small captures in a scratch folder, and what reading them gives.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class CaptureFiles
{
    static final String MESSAGE_NAME = "TEST_2012-06-21_34200000_57600000_message_1.csv";
    static final String BOOK_NAME = "TEST_2012-06-21_34200000_57600000_orderbook_1.csv";
    static final String MESSAGES = "1.5,1,7,30,100,1\n2.5,4,8,5,110,-1\n3.5,5,0,1,105,1\n";
    static final String BOOKS = "110,5,100,40\n120,6,100,40\n120,6,100,40\n";
    /** Snapshot 3, then 1, 2 and 1 events. */
    static final int EVENTS = 7;

    final Path folder;

    CaptureFiles()
    {
        try
        {
            final Path target = Files.createDirectories(Path.of("target"));
            folder = Files.createTempDirectory(target, "captures-");
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    void delete() throws IOException
    {
        try (Stream<Path> files = Files.walk(folder))
        {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList())
            {
                Files.delete(file);
            }
        }
    }

    Path write(final String name, final byte[] bytes)
    {
        try
        {
            final Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    Path write(final String name, final String text)
    {
        return write(name, bytes(text));
    }

    static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] gzip(final byte[] bytes)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out))
        {
            gzip.write(bytes);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static byte[] zstd(final byte[] bytes)
    {
        return Zstd.compress(bytes);
    }

    /** Names and contents in turn. */
    static byte[] zip(final Object... entries)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out))
        {
            for (int i = 0; i < entries.length; i += 2)
            {
                zip.putNextEntry(new ZipEntry((String)entries[i]));
                zip.write((byte[])entries[i + 1]);
                zip.closeEntry();
            }
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static byte[] join(final byte[]... parts)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final byte[] part : parts)
        {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** DBN of version 3 with adds of orders 1 to count, each a venue event of so many records. */
    public static byte[] dbn(final int schema, final int count, final int recordsOfEvent)
    {
        final ByteBuffer bytes = ByteBuffer.allocate(400 + 56 * count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {'D', 'B', 'N', 3}).putInt(0).put(bytes("GLBX.MDP3\0\0\0\0\0\0\0"));
        bytes.putShort((short)schema).putLong(1).putLong(2).putLong(0).put(new byte[] {1, 0, 0});
        bytes.putShort((short)71).put(new byte[53]).putInt(0).putInt(0).putInt(0).putInt(0).putInt(1);
        bytes.put(bytes("ESM4")).put(new byte[67]).putInt(1).putInt(20240508).putInt(20240509);
        bytes.put(bytes("5602")).put(new byte[67]);
        bytes.putInt(4, bytes.position() - 8);
        for (int i = 1; i <= count; i++)
        {
            bytes.put((byte)14).put((byte)0xA0).putShort((short)1).putInt(5602).putLong(1_715_126_400_000_000_000L);
            bytes.putLong(i).putLong(5_000_000_000L).putInt(1).put((byte)(i % recordsOfEvent == 0 ? 0x80 : 0));
            bytes.put((byte)4).put((byte)'A').put((byte)'B').putLong(1_715_126_400_000_000_001L).putInt(0).putInt(i);
        }
        final byte[] written = new byte[bytes.position()];
        bytes.get(0, written);
        return written;
    }

    /** What reading captures gave, and the error that ended it. */
    record Result(
        String format,
        List<Integer> batchSizes,
        int events,
        int lasts,
        Definitions definitions,
        Optional<CaptureException> error,
        long bytesRead,
        long totalBytes)
    {
    }

    static Result read(final Path... files) throws CaptureException
    {
        return read(Optional.empty(), files);
    }

    static Result read(final Optional<String> format, final Path... files) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        final List<Integer> sizes = new ArrayList<>();
        final EventBatch batch = new EventBatch(8);
        int events = 0;
        int lasts = 0;
        try (Capture capture = Captures.open(List.of(files), format, definitions))
        {
            Optional<CaptureException> error = Optional.empty();
            try
            {
                while (capture.next(batch))
                {
                    sizes.add(batch.count());
                    events += batch.count();
                    lasts += batch.event(batch.count() - 1).has(EventFlags.LAST) ? 1 : 0;
                }
            }
            catch (final CaptureException e)
            {
                error = Optional.of(e);
            }
            return new Result(capture.format(), sizes, events, lasts, definitions, error,
                capture.bytesRead(), capture.totalBytes());
        }
    }
}
