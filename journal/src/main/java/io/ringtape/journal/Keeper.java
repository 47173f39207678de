package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Works behind the recorder: forces the tape to the device and seals the files that are finished. What it fails at is
 * never tried again: the tape stops.
 * <p>
 * The order of a force is tape, manifest and directories if a file is new, mark; only then is it told.
 */
final class Keeper implements AutoCloseable
{
    private static final int READ_BYTES = 1 << 20;
    private static final long END_LIMIT_S = 600;

    private final Path tape;
    private final Path run;
    private final Durability durability;
    private final MarkFile mark;
    private final Device device;
    private final ScheduledExecutorService thread;
    private final @Nullable ScheduledFuture<?> forcing;
    private long unforcedFile;
    private boolean isDirectoryForced;
    private volatile long durableSequence;
    private volatile @Nullable TapeException failure;

    Keeper(
        final Path tape, final Path run, final Durability durability, final MarkFile mark, final Device device,
        final long durableSequence)
    {
        this.tape = tape;
        this.run = run;
        this.durability = durability;
        this.mark = mark;
        this.device = device;
        this.durableSequence = durableSequence;
        thread = Executors.newSingleThreadScheduledExecutor((task) ->
        {
            final Thread made = new Thread(task, "ringtape-keeper");
            made.setDaemon(true);
            return made;
        });
        forcing = durability.kind() == Durability.Kind.INTERVAL ? thread.scheduleWithFixedDelay(
            this::force, durability.intervalNs(), durability.intervalNs(), TimeUnit.NANOSECONDS) : null;
    }

    Durability durability()
    {
        return durability;
    }

    /** The last sequence that survives the machine (volatile). */
    long durableSequence()
    {
        return durableSequence;
    }

    /**
     * Refuses to go on after a failure.
     *
     * @throws TapeException that stopped the tape.
     */
    void requireNoFailure()
    {
        final TapeException found = failure;
        if (found != null)
        {
            throw new TapeException(found.kind(), String.valueOf(found.getMessage()), found);
        }
    }

    /** After a batch; forces it where that was asked for. */
    void afterBatch()
    {
        if (durability.kind() == Durability.Kind.EVERY_BATCH)
        {
            force();
        }
        requireNoFailure();
    }

    /** Forces what is journaled, unless that failed before. */
    synchronized void force()
    {
        // An interrupt that the caller carries is for the caller: it would close the channels that are forced.
        final boolean isInterrupted = Thread.interrupted();
        try
        {
            forceNow();
        }
        finally
        {
            if (isInterrupted)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void forceNow()
    {
        try
        {
            final Mark journaled = MarkFile.read(tape, MarkFile.JOURNALED);
            // Until the run has its header, the mark is that of the run before.
            if (failure != null || journaled.lastSequence() <= durableSequence ||
                !run.endsWith(RunDirectory.name(journaled.runId())))
            {
                return;
            }
            for (long file = unforcedFile; file <= journaled.fileNumber(); file++)
            {
                device.force(run.resolve(RollFiles.name(file)));
            }
            if (!isDirectoryForced || unforcedFile != journaled.fileNumber())
            {
                device.force(run.resolve(Manifest.NAME));
                device.force(run);
                device.force(tape);
                forceFirst();
            }
            unforcedFile = journaled.fileNumber();
            mark.store(journaled);
            device.force(mark);
            durableSequence = journaled.lastSequence();
        }
        catch (final IOException | RuntimeException | Error e)
        {
            fail("tape cannot be forced to the device", e);
        }
    }

    /** Without the tape's own name nothing is found, and without a journaled mark the loss is taken for damage. */
    private void forceFirst() throws IOException
    {
        if (!isDirectoryForced)
        {
            device.force(tape.toAbsolutePath().resolveSibling(""));
            device.force(tape.resolve(MarkFile.JOURNALED));
            isDirectoryForced = true;
        }
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
            if (failure == null)
            {
                Permissions.forbidWriting(file);
                final Seal seal = Seal.of(file);
                Manifest.append(run, end.sealed(seal.length(), seal.crc(), sealIndex(end.fileNumber())));
            }
        }
        catch (final IOException e)
        {
            fail("file cannot be sealed: file=" + file.getFileName(), e);
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

    private void fail(final String what, final Throwable cause)
    {
        failure = new TapeException(Kind.IO, what + ": run=" + run.getFileName() + " durableSequence=" +
            durableSequence + ": " + Tape.reason(cause), cause);
    }

    /**
     * Ends the work behind the recorder: what was to be sealed is, and what was to be durable too.
     *
     * @throws TapeException if any of it failed.
     */
    @Override
    public void close()
    {
        if (forcing != null)
        {
            forcing.cancel(false);
        }
        if (durability.kind() != Durability.Kind.PAGE_CACHE)
        {
            force();
        }
        thread.shutdown();
        awaitEnd(thread);
        requireNoFailure();
    }

    /** A tape that is let go before its files are sealed might be written by two: an interrupt has to wait. */
    static void awaitEnd(final ExecutorService thread)
    {
        boolean isInterrupted = false;
        boolean isEnded = false;
        while (!isEnded)
        {
            try
            {
                isEnded = thread.awaitTermination(END_LIMIT_S, TimeUnit.SECONDS);
                if (!isEnded)
                {
                    throw new TapeException(Kind.IO, "tape cannot be sealed in time: limitSeconds=" + END_LIMIT_S);
                }
            }
            catch (final InterruptedException e)
            {
                isInterrupted = true;
            }
        }
        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
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
