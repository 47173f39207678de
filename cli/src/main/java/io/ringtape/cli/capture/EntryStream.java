package io.ringtape.cli.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The bytes of a zip entry with length and checksum held against the directory, which {@link ZipFile} does not do.
 * Owns the zip file.
 */
final class EntryStream extends BlockStream
{
    private final ZipFile zip;
    private final InputStream in;
    private final long expectedCrc;
    private final long expectedBytes;
    private final CRC32 crc = new CRC32();
    private long count;
    private boolean ended;

    EntryStream(final ZipFile zip, final ZipEntry entry) throws IOException
    {
        this.zip = zip;
        in = zip.getInputStream(entry);
        expectedCrc = entry.getCrc();
        expectedBytes = entry.getSize();
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) throws IOException
    {
        if (ended)
        {
            return -1;
        }
        final int read = in.read(target, offset, length);
        if (read > 0)
        {
            crc.update(target, offset, read);
            count += read;
        }
        if (count > expectedBytes || (read < 0 && count < expectedBytes))
        {
            throw new ZipException("zip entry has another length than its directory says");
        }
        if (read < 0)
        {
            ended = true;
            if (crc.getValue() != expectedCrc)
            {
                throw new ZipException("zip entry has another checksum than its directory says");
            }
        }
        return read;
    }

    @Override
    public int available()
    {
        return ended ? 0 : 1;
    }

    @Override
    public void close() throws IOException
    {
        zip.close();
    }
}
