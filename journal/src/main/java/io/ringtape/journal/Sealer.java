package io.ringtape.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32C;

/**
 * Seals the files of a run that are finished, one after the other. On a thread of its own: a file is hashed for as long
 * as it takes to read it, and no force waits for that.
 */
final class Sealer implements AutoCloseable
{
    private static final int READ_BYTES = 1 << 20;

    private final Path run;
    private final Durability durability;
    private final Device device;
    private final Failures failures;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Threads.daemon("ringtape-sealer"));

    /** What has stopped the tape, and what stops it. */
    interface Failures
    {
        boolean hasFailed();

        void fail(String what, Throwable cause);
    }

    Sealer(final Path run, final Durability durability, final Device device, final Failures failures)
    {
        this.run = run;
        this.durability = durability;
        this.device = device;
        this.failures = failures;
    }

    /**
     * Seals a file, some time later.
     *
     * @param end the record of its end; the file is cut already.
     */
    void seal(final Manifest.Entry end)
    {
        thread.execute(() -> sealNow(end));
    }

    private void sealNow(final Manifest.Entry end)
    {
        final Path file = run.resolve(RollFiles.name(end.fileNumber()));
        try
        {
            if (!failures.hasFailed())
            {
                Permissions.forbidWriting(file);
                device.step(TapeStep.SEAL_READ_ONLY);
                final Seal seal = Seal.of(file);
                Manifest.append(run, end.sealed(seal.length(), seal.crc(), sealIndex(end.fileNumber())));
                device.step(TapeStep.SEALED);
            }
        }
        catch (final IOException | RuntimeException | Error e)
        {
            failures.fail("file cannot be sealed: file=" + file.getFileName(), e);
        }
    }

    /** Entries of the index that was sealed; 0 without one. */
    private int sealIndex(final long fileNumber) throws IOException
    {
        final int count = FileIndex.count(run, fileNumber);
        if (count > 0)
        {
            final Path path = FileIndex.path(run, fileNumber);
            Permissions.forbidWriting(path);
            if (durability.kind() != Durability.Kind.PAGE_CACHE)
            {
                device.force(path);
            }
        }
        return count;
    }

    /** Waits until what was to be sealed is. */
    @Override
    public void close()
    {
        thread.shutdown();
        Threads.awaitEnd(thread);
    }

    /**
     * What a sealed file is.
     *
     * @param length in bytes.
     * @param crc    CRC-32C of all its bytes.
     */
    record Seal(long length, int crc)
    {
        static Seal of(final Path file) throws IOException
        {
            final CRC32C crc = new CRC32C();
            final ByteBuffer bytes = ByteBuffer.allocateDirect(READ_BYTES);
            long length = 0;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
            {
                int got = channel.read(bytes);
                while (got >= 0)
                {
                    crc.update(bytes.flip());
                    length += got;
                    bytes.clear();
                    got = channel.read(bytes);
                }
            }
            return new Seal(length, (int)crc.getValue());
        }
    }
}
