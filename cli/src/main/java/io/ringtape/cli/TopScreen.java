package io.ringtape.cli;

import io.ringtape.cli.output.ClosedOutputException;
import io.ringtape.cli.output.Console;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.report.TopReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.concurrent.IdleStrategy;

/**
 * A report that is drawn over itself, once a second, on a terminal.
 */
final class TopScreen
{
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final String CLEAR = "\033[2J";
    private static final String HOME = "\033[H";
    // What the look before left: behind the end of each line, and below the last.
    private static final String LINE_END = "\033[K\n";
    private static final String REST = "\033[J";

    private final Console console;
    private final StopSignal stop;
    private final IdleStrategy idle;

    TopScreen(final Console console, final StopSignal stop, final IdleStrategy idle)
    {
        this.console = console;
        this.stop = stop;
        this.idle = idle;
    }

    /**
     * Looks and draws until it is asked to stop.
     *
     * @param look gets the look before, if there was one.
     */
    void show(final Function<Optional<TopReport>, TopReport> look)
    {
        Optional<TopReport> before = Optional.empty();
        while (!stop.isRequested())
        {
            final TopReport report = look.apply(before);
            final String text = text(report);
            try
            {
                console.out().print((before.isEmpty() ? CLEAR : "") + HOME + text.replace("\n", LINE_END) + REST);
                console.out().flush();
            }
            catch (final ClosedOutputException e)
            {
                // Nobody looks any more.
                return;
            }
            before = Optional.of(report);
            await(console.clock().nanoTime() + INTERVAL_NS);
        }
    }

    private void await(final long deadlineNs)
    {
        while (!stop.isRequested() && console.clock().nanoTime() - deadlineNs < 0)
        {
            idle.idle();
        }
    }

    private static String text(final TopReport report)
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        report.writeText(new TextOutput(stream));
        stream.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
