package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Works behind the recorder: forces the tape to the device and has the files sealed that are finished. What it fails at
 * is never tried again: the tape stops.
 * <p>
 * The order of a force is tape, manifest and directories if a file is new, mark; only then is it told.
 */
final class Keeper implements AutoCloseable, Sealer.Failures
{
    private final Path tape;
    private final Path run;
    private final Durability durability;
    private final MarkFile mark;
    private final Device device;
    private final Sealer sealer;
    private final ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(Threads.daemon("ringtape-keeper"));
    private final @Nullable ScheduledFuture<?> forcing;
    private long unforcedFile;
    private boolean isDirectoryForced;
    private volatile long durableSequence;
    private volatile @Nullable TapeException failure;
    // Under the monitor of the mark, as all that it durably says is.
    private boolean isClosed;

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
        sealer = new Sealer(run, durability, device, this);
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
            synchronized (mark)
            {
                if (isClosed)
                {
                    // Who asked for it came while the tape is closed, or behind that: the run may be taken back.
                    throw new IOException("tape is closed");
                }
                mark.store(journaled);
                device.force(mark);
            }
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
        sealer.seal(end);
    }

    @Override
    public boolean hasFailed()
    {
        return failure != null;
    }

    @Override
    public void fail(final String what, final Throwable cause)
    {
        // What comes later may follow from the first.
        if (failure == null)
        {
            failure = new TapeException(Kind.IO, what + ": run=" + run.getFileName() + " durableSequence=" +
                durableSequence + ": " + Tape.reason(cause), cause);
        }
    }

    /**
     * Ends the work behind the recorder: what was to be sealed is, and what was to be durable too.
     *
     * @throws TapeException if any of it failed.
     */
    @Override
    public void close()
    {
        try (sealer)
        {
            if (forcing != null)
            {
                forcing.cancel(false);
            }
            if (durability.kind() != Durability.Kind.PAGE_CACHE)
            {
                force();
            }
            synchronized (mark)
            {
                isClosed = true;
            }
            // A force that it was in the middle of is over: they are made one at a time.
            thread.shutdown();
            Threads.awaitEnd(thread);
        }
        requireNoFailure();
    }
}
