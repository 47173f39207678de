package io.ringtape.cli.faults;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM that records and says which sequences are journaled. It waits for a word before it opens the tape, so
 * that its classes are warm by then.
 */
final class RecordingProcess implements AutoCloseable
{
    /** Stands for the last sequence of a child that acknowledged none. */
    static final long NOTHING = Long.MIN_VALUE;

    private final Limits limits;
    private final Process process;
    private final DataInputStream acknowledgements;
    private long last = NOTHING;

    private RecordingProcess(final Limits limits, final Process process)
    {
        this.limits = limits;
        this.process = process;
        acknowledgements = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** Starts a child that records blocks of any size, with small files. */
    static RecordingProcess start(final Limits limits, final String mode, final Path tape, final long seed)
        throws IOException
    {
        return start(limits, List.of(), tape, List.of(mode, tape.toString(), Long.toString(seed),
            Long.toString(FaultTapes.CONFIG.rollBytes()), Long.toString(FaultChild.MAX_EVENTS)));
    }

    /**
     * Starts a child and lets it open the tape and record.
     *
     * @param before    words that start it in a place of its own; empty for none.
     * @param tape      beside which its errors go.
     * @param arguments of {@link FaultChild}.
     */
    static RecordingProcess start(
        final Limits limits, final List<String> before, final Path tape, final List<String> arguments)
        throws IOException
    {
        final List<String> command = new ArrayList<>(before);
        command.addAll(Children.java(FaultChild.class, List.of()));
        command.addAll(arguments);
        final RecordingProcess child = new RecordingProcess(limits, new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors(tape).toFile())).start());
        child.process.getOutputStream().write(FaultChild.GO);
        child.process.getOutputStream().flush();
        return child;
    }

    /** Where the children that record a tape say what went wrong. */
    static Path errors(final Path tape)
    {
        return tape.resolveSibling("errors");
    }

    long pid()
    {
        return process.pid();
    }

    Process process()
    {
        return process;
    }

    /** Reads what is acknowledged until a sequence is. */
    long readUntil(final long sequence) throws IOException
    {
        while (last < sequence)
        {
            limits.await("a child's next acknowledgement", 4 * Limits.HANG_MS, () ->
            {
                FaultFailure.require(process.isAlive() || hasMore(), "child has ended: acknowledged=" + last);
                return hasMore();
            });
            last = acknowledgements.readLong();
        }
        return last;
    }

    /** Reads the next acknowledgement. */
    void readMore() throws IOException
    {
        readUntil(last + 1);
    }

    private boolean hasMore() throws IOException
    {
        return acknowledgements.available() >= Long.BYTES;
    }

    /** Kills it, and reads what it had still said: the last sequence, or {@link #NOTHING}. */
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

    /** Reads what it says until it ends on its own: the last sequence, or {@link #NOTHING}. */
    long drain() throws IOException, InterruptedException
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
        Children.kill(process);
    }
}
