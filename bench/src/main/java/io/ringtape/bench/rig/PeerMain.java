package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Latencies;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.cli.platform.SignalTrap;
import io.ringtape.cli.platform.StopSignal;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The main class of a fork: one peer, warmed up, then a turn for each line on standard input. The end of the input,
 * which is also the end of the rounds' own process, ends the fork, and the latencies of its turns are written. A first
 * signal changes nothing: Ctrl-C goes to the forks too, and their turn goes on until the rounds stop in order.
 * <p>
 * Thread safety: for the main thread.
 * Allocation: little beside the peer's.
 */
public final class PeerMain
{
    static final String READY = "ready";
    static final String RESULT = "cost ";
    static final String FAILED = "failed ";

    /** What the rounds read: standard output is the fork's line to them and to nobody else. */
    private static final PrintStream ANSWERS =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private PeerMain()
    {
    }

    /**
     * Runs the fork.
     *
     * @param args id of the row, index of the peer, directory, turn and warm-up in milliseconds.
     * @throws IOException if standard input fails.
     */
    public static void main(final String[] args) throws IOException
    {
        // First of all: a Ctrl-C that comes while the classes of the peers are loaded would end the fork.
        SignalTrap.open(new StopSignal());
        final Row row = Rows.named(args[0]);
        final int peer = Integer.parseInt(args[1]);
        final Path directory = Path.of(args[2]);
        final long turnNs = TimeUnit.MILLISECONDS.toNanos(Integer.parseInt(args[3]));
        final long warmUpNs = TimeUnit.MILLISECONDS.toNanos(Integer.parseInt(args[4]));
        try
        {
            Assertions.refuse();
            warmUp(row, peer, directory, turnNs, warmUpNs);
            ANSWERS.println(READY);
            serve(row, peer, directory, turnNs);
        }
        catch (final RuntimeException | LinkageError e)
        {
            // One line for the rounds; the stack goes to standard error with the end of this thread.
            ANSWERS.println(FAILED + e);
            throw e;
        }
    }

    private static void warmUp(
        final Row row, final int peer, final Path directory, final long turnNs, final long warmUpNs)
    {
        final Histogram forgotten = Latencies.histogram();
        final long start = System.nanoTime();
        do
        {
            Turn.run(row, peer, directory, turnNs, forgotten);
        }
        while (System.nanoTime() - start < warmUpNs);
    }

    private static void serve(final Row row, final int peer, final Path directory, final long turnNs)
        throws IOException
    {
        final Histogram latencies = Latencies.histogram();
        latencies.setStartTimeStamp(System.currentTimeMillis());
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null)
        {
            ANSWERS.println(RESULT + Turn.run(row, peer, directory, turnNs, latencies));
        }
        latencies.setEndTimeStamp(System.currentTimeMillis());
        ForkProperties.out().ifPresent((out) -> HistogramLog.append(out, row, peer, latencies));
    }
}
