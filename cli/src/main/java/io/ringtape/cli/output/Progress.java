package io.ringtape.cli.output;

import java.io.PrintStream;
import org.agrona.concurrent.NanoClock;

/**
 * A progress bar with a rate, for work that takes more than a second, on a terminal only.
 * <p>
 * Call {@link #update(long, long)} as often as convenient, some thousand times a second: it draws nothing in the first
 * second and then ten times a second at most. {@link #finish()} wipes the bar away.
 * <p>
 * Thread safety: none; the thread that does the work.
 * Allocation: only when it draws.
 */
public final class Progress
{
    /** A total that is not known. */
    public static final long UNKNOWN = -1;

    private static final long QUIET_NS = 1_000_000_000L;
    private static final long INTERVAL_NS = 100_000_000L;
    private static final int BAR_WIDTH = 24;
    private static final int LABEL_WIDTH = 9;

    private final PrintStream err;
    private final boolean enabled;
    private final NanoClock clock;
    private String label = "";
    private long total = UNKNOWN;
    private long startNs;
    private long nextDrawNs;
    private int drawnLength;

    /**
     * A bar that has not started.
     *
     * @param err     to draw on.
     * @param enabled false to draw nothing ever.
     * @param clock   measures the rate.
     */
    public Progress(final PrintStream err, final boolean enabled, final NanoClock clock)
    {
        this.err = err;
        this.enabled = enabled;
        this.clock = clock;
    }

    /**
     * Whether anybody may see it, so that what only the bar needs is worth finding out.
     *
     * @return false if it never draws.
     */
    public boolean isDrawn()
    {
        return enabled;
    }

    /**
     * Starts a piece of work; wipes the bar of the piece before.
     *
     * @param newLabel one word, for example {@code recording}.
     * @param newTotal what {@code done} will be at the end, for example bytes of a file, or {@link #UNKNOWN}.
     */
    public void start(final String newLabel, final long newTotal)
    {
        finish();
        label = newLabel;
        total = newTotal;
        startNs = clock.nanoTime();
        nextDrawNs = startNs + QUIET_NS;
    }

    /**
     * Tells how far the work has come.
     *
     * @param done   of the total.
     * @param events so far; the rate is of these.
     */
    public void update(final long done, final long events)
    {
        if (enabled)
        {
            final long nowNs = clock.nanoTime();
            if (nowNs - nextDrawNs >= 0)
            {
                nextDrawNs = nowNs + INTERVAL_NS;
                draw(line(done, events, nowNs - startNs));
            }
        }
    }

    /**
     * Wipes the bar away.
     */
    public void finish()
    {
        if (drawnLength > 0)
        {
            err.print("\r" + " ".repeat(drawnLength) + "\r");
            err.flush();
            drawnLength = 0;
        }
    }

    private void draw(final String line)
    {
        final int shorter = Math.max(0, drawnLength - line.length());
        err.print("\r" + line + " ".repeat(shorter));
        err.flush();
        drawnLength = line.length() + shorter;
    }

    private String line(final long done, final long events, final long elapsedNs)
    {
        final StringBuilder text = new StringBuilder(96).append(label);
        text.append(" ".repeat(Math.max(0, LABEL_WIDTH - label.length())));
        if (total > 0)
        {
            final double share = Math.min(1.0, Math.max(0.0, (double)done / total));
            final int filled = (int)(share * BAR_WIDTH);
            text.append(" [").append("#".repeat(filled)).append(".".repeat(BAR_WIDTH - filled)).append("] ")
                .append((int)(share * 100)).append(" % ");
        }
        text.append(' ').append(Formats.count(events, "event")).append("  ")
            .append(Formats.rate(Formats.perSecond(events, elapsedNs)));
        if (total > 0 && done > 0)
        {
            final long leftNs = (long)((double)elapsedNs / done * Math.max(0, total - done));
            text.append("  ").append(Formats.duration(leftNs / INTERVAL_NS * INTERVAL_NS)).append(" left");
        }
        return text.toString();
    }
}
