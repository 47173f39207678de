package io.ringtape.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Where a command writes to and what time it is there: the process's own console, or a test's.
 * <p>
 * Thread safety: as its streams.
 * Allocation: on construction only.
 *
 * @param out              the report, and nothing else.
 * @param err              errors and progress.
 * @param terminalOut      whether {@code out} is a terminal, so that a report can be drawn over itself there.
 * @param terminalErr      whether {@code err} is a terminal, so that a progress bar can be drawn there.
 * @param clock            measures how long work takes.
 */
public record Console(
    PrintStream out, PrintStream err, boolean terminalOut, boolean terminalErr, NanoClock clock)
{
    /**
     * The console of this process.
     *
     * @return a console over the file descriptors 1 and 2; flush {@link #out()} at the end.
     */
    public static Console system()
    {
        return new Console(
            StandardOutput.over(new FileOutputStream(FileDescriptor.out), Terminal.isPipe(1)), System.err,
            Terminal.isTerminal(1), Terminal.isTerminal(2), SystemNanoClock.INSTANCE);
    }

    /**
     * A progress bar.
     *
     * @param wanted false to draw nothing at all, as with {@code --json}.
     * @return one that draws on {@code err} only if that is a terminal.
     */
    public Progress progress(final boolean wanted)
    {
        return new Progress(err, wanted && terminalErr, clock);
    }
}
