package io.ringtape.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a user reads where a compressed capture is cut or damaged: each text as a whole. */
@Timeout(20)
final class CaptureErrorTextTest
{
    private static final byte[] DBN = CaptureFiles.dbn(0, 10, 1);
    private static final int GZIP_FLAGS_AT = 3;
    private static final int GZIP_DATA_AT = 10;
    private static final int GZIP_LENGTH_BYTES = 4;
    private static final int GZIP_TRAILER_BYTES = 8;
    /** Of an entry in the directory of a zip file. */
    private static final int ZIP_DIRECTORY_MAGIC = 0x02014B50;
    private static final int ZIP_CRC_AT = 16;
    private static final int ZIP_COMPRESSED_AT = 20;
    private static final int ZIP_SIZE_AT = 24;

    private final CaptureFiles files = new CaptureFiles();

    @AfterEach
    void deleteFiles() throws IOException
    {
        files.delete();
    }

    @Test
    void shouldSayThatAFileEndsWithinAGzipMember()
    {
        final byte[] good = CaptureFiles.gzip(DBN);

        requireGzip("file is truncated", "file ends within a gzip member",
            Arrays.copyOf(good, good.length - GZIP_TRAILER_BYTES - 2));
        requireGzip("file is truncated", "file ends within a gzip member", Arrays.copyOf(good, good.length - 1));
        requireGzip("file is truncated", "file ends within a gzip member", Arrays.copyOf(good, GZIP_DATA_AT - 1));
    }

    @Test
    void shouldSayWhatIsWrongWithAGzipMember()
    {
        final byte[] good = CaptureFiles.gzip(DBN);

        requireGzip("file is corrupt", "reserved gzip flags are set", changed(good, GZIP_FLAGS_AT, 0x20));
        requireGzip("file is corrupt", "invalid block type", changed(good, GZIP_DATA_AT, 0x07));
        requireGzip("file is corrupt", "gzip checksum differs",
            flipped(good, good.length - GZIP_TRAILER_BYTES));
        requireGzip("file is corrupt", "gzip length differs", flipped(good, good.length - GZIP_LENGTH_BYTES));
    }

    @Test
    void shouldSayWhatStandsBehindAGzipMember()
    {
        final byte[] good = CaptureFiles.gzip(DBN);

        requireGzip("file is corrupt", "not a gzip member", CaptureFiles.join(good, new byte[] {7}));
        requireGzip("file is corrupt", "data behind the last gzip member",
            CaptureFiles.join(good, new byte[] {0, 7}));
    }

    @Test
    void shouldSayThatAZipEntryIsNotWhatItsDirectorySays()
    {
        final byte[] good = CaptureFiles.zip("a.dbn", DBN);
        final ByteBuffer bytes = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        final int entry = directoryAt(bytes);
        final long compressed = bytes.getInt(entry + ZIP_COMPRESSED_AT);
        final Path crc = files.write("crc.zip", flipped(good, entry + ZIP_CRC_AT));
        final byte[] longer = good.clone();
        ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + ZIP_SIZE_AT, DBN.length + 1);
        final Path size = files.write("size.zip", longer);

        requireBad("file is corrupt: file=" + crc + "!a.dbn byte=" + compressed +
            " cause=zip entry has another checksum than its directory says", crc);
        requireBad("file is corrupt: file=" + size + "!a.dbn byte=" + compressed * DBN.length / (DBN.length + 1) +
            " cause=zip entry has another length than its directory says", size);
    }

    @Test
    void shouldSayThatAZipEntryIsGone()
    {
        final Path zip = files.write("a.zip", CaptureFiles.zip("a.dbn", DBN));
        final Input gone = new Input(zip, "b.dbn");

        final CaptureException e = assertThrows(CaptureException.class, gone::open);

        assertEquals("file is corrupt: file=" + zip + "!b.dbn byte=0 cause=zip entry is gone", e.getMessage());
        assertEquals(CaptureException.Kind.BAD_INPUT, e.kind());
    }

    @Test
    void shouldSayThatAZipHasNoDirectory()
    {
        final byte[] good = CaptureFiles.zip("a.dbn", DBN);
        final Path zip = files.write("cut.zip", Arrays.copyOf(good, good.length - 30));

        requireBad("file is corrupt: file=" + zip + " byte=0 cause=zip END header not found", zip);
    }

    @Test
    void shouldSayThatAFileThatIsGoneCannotBeRead()
    {
        final Path nowhere = files.folder.resolve("nowhere");

        final CaptureException e = assertThrows(CaptureException.class, () -> Input.file(nowhere).sizeBytes());

        assertEquals("cannot read file: file=" + nowhere + " byte=0 cause=" + nowhere, e.getMessage());
        assertEquals(CaptureException.Kind.IO, e.kind());
    }

    /** A small file is read at once, so that its length is the place. */
    private void requireGzip(final String text, final String cause, final byte[] bytes)
    {
        final Path file = files.write("a.dbn.gz", bytes);

        requireBad(text + ": file=" + file + " byte=" + bytes.length + " cause=" + cause, file);
    }

    private static void requireBad(final String text, final Path file)
    {
        final CaptureException e = assertThrows(CaptureException.class, () -> readWhole(file));

        assertEquals(text, e.getMessage());
        assertEquals(CaptureException.Kind.BAD_INPUT, e.kind());
    }

    /** Whether the mistake is met when the file is opened or later. */
    private static void readWhole(final Path file) throws CaptureException
    {
        final Optional<CaptureException> error = CaptureFiles.read(file).error();
        if (error.isPresent())
        {
            throw error.get();
        }
    }

    private static int directoryAt(final ByteBuffer bytes)
    {
        int at = 0;
        while (bytes.getInt(at) != ZIP_DIRECTORY_MAGIC)
        {
            at++;
        }
        return at;
    }

    private static byte[] flipped(final byte[] good, final int at)
    {
        return changed(good, at, good[at] ^ 1);
    }

    private static byte[] changed(final byte[] good, final int at, final int value)
    {
        final byte[] bad = good.clone();
        bad[at] = (byte)value;
        return bad;
    }
}
