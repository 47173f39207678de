package io.ringtape.cli.faults;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A child JVM that records and says which sequences are journaled. It waits for a word before it opens the tape, so
 * that its classes are warm by then.
 */
final class RecordingProcess implements AutoCloseable
{
    private static final long POLL_NS = 50_000;

    private final Limits limits;
    private final Process process;
    private final DataInputStream acknowledgements;
    private long last = Long.MIN_VALUE;

    private RecordingProcess(final Limits limits, final Process process)
    {
        this.limits = limits;
        this.process = process;
        acknowledgements = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    static RecordingProcess start(final Limits limits, final String mode, final Path tape, final long seed)
        throws IOException
    {
        final Path errors = tape.resolveSibling("errors");
        return new RecordingProcess(limits, new ProcessBuilder(Children.with(
            Children.java(FaultChild.class, List.of()), mode, tape.toString(), Long.toString(seed)))
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())).start());
    }

    long pid()
    {
        return process.pid();
    }

    Process process()
    {
        return process;
    }

    /** Lets it open the tape and record. */
    void go() throws IOException
    {
        process.getOutputStream().write(FaultChild.GO);
        process.getOutputStream().flush();
    }

    /** Reads what is acknowledged until a sequence is. */
    long readUntil(final long sequence) throws IOException
    {
        final long startNs = limits.start();
        while (last < sequence)
        {
            while (acknowledgements.available() < Long.BYTES)
            {
                FaultFailure.require(process.isAlive(), "child has ended: acknowledged=" + last);
                limits.require("a child's next acknowledgement", startNs, 4 * Limits.HANG_NS / 1_000_000);
                LockSupport.parkNanos(POLL_NS);
            }
            last = acknowledgements.readLong();
        }
        return last;
    }

    /** Kills it, and reads what it had still said: the last sequence, or the least of all if it said none. */
    long kill() throws IOException, InterruptedException
    {
        // Through the handle: the process object would close the pipe, and what is still in it be lost.
        process.toHandle().destroyForcibly();
        return drain();
    }

    /** Asks it to close the tape in order, and reads what it said to its end. */
    long quit() throws IOException, InterruptedException
    {
        process.getOutputStream().write(FaultChild.QUIT);
        process.getOutputStream().flush();
        final long acknowledged = drain();
        FaultFailure.require(process.exitValue() == 0, "child did not end well: code=" + process.exitValue());
        return acknowledged;
    }

    private long drain() throws IOException, InterruptedException
    {
        try
        {
            while (true)
            {
                last = acknowledgements.readLong();
            }
        }
        catch (final EOFException e)
        {
            FaultFailure.require(process.waitFor(Children.LIMIT_S, TimeUnit.SECONDS), "a child hangs");
            return last;
        }
    }

    @Override
    public void close()
    {
        process.destroyForcibly();
        try
        {
            process.waitFor();
        }
        catch (final InterruptedException e)
        {
            Thread.currentThread().interrupt();
        }
    }
}
