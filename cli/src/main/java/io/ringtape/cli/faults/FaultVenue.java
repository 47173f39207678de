package io.ringtape.cli.faults;

import io.ringtape.cli.faults.VenueLink.Frame;
import io.ringtape.event.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A venue outside of the process that trades with it: it counts what gets there, answers at random, and knows what it
 * answered when that process is gone.
 */
final class FaultVenue implements AutoCloseable
{
    private static final int SELDOM = 8;

    private final Limits limits;
    private final Process process;
    private final VenueLink link;
    private final SplittableRandom random;
    private final Map<Long, Long> open = new LinkedHashMap<>();
    private final List<Frame> sends = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Long> ownCancels = new ArrayList<>();
    private int lateSends;
    private int sendsBehindCancels;
    private int keptAnswers;
    private int keptCancels;
    private int forcedAnswers;
    private int forcedCancels;
    private boolean isDeaf;
    private boolean isKilled;
    private @Nullable Frame done;

    private FaultVenue(final Limits limits, final Process process, final SplittableRandom random)
    {
        this.limits = limits;
        this.process = process;
        this.random = random;
        link = new VenueLink(process.getInputStream(), process.getOutputStream());
    }

    /**
     * Starts a child that trades here.
     *
     * @param command that starts it.
     * @param errors  where it says what went wrong.
     * @param random  of what the venue does.
     */
    static FaultVenue start(
        final Limits limits, final List<String> command, final Path errors, final SplittableRandom random)
        throws IOException
    {
        return new FaultVenue(limits, new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())).start(), random);
    }

    /** Trades until so many orders have come, or the child has ended. */
    void tradeUntilSent(final int count) throws IOException
    {
        boolean isOn = true;
        while (isOn && sends.size() < count)
        {
            isOn = next();
        }
    }

    /** Trades until the child itself has cancelled so many orders, or has ended. */
    void tradeUntilCancelled(final int count) throws IOException
    {
        boolean isOn = true;
        while (isOn && ownCancels.size() < count)
        {
            isOn = next();
        }
    }

    /** Kills the child; what it had said is still read. */
    void kill()
    {
        // Through the handle: the process object would close the pipe, and what is still in it be lost.
        isKilled = process.toHandle().destroyForcibly();
    }

    /**
     * Trades to the end of the child.
     *
     * @return what it ended with.
     */
    int tradeToEnd() throws IOException, InterruptedException
    {
        boolean isOn = true;
        while (isOn)
        {
            isOn = next();
        }
        FaultFailure.require(process.waitFor(Children.LIMIT_S, TimeUnit.SECONDS), "a child hangs");
        return process.exitValue();
    }

    private boolean next() throws IOException
    {
        limits.await("a child's next word", 4 * Limits.HANG_MS, () -> link.hasFrame() || !process.isAlive());
        final Frame frame = link.read();
        if (frame != null)
        {
            take(frame);
        }
        return frame != null;
    }

    private void take(final Frame frame)
    {
        switch (frame.what())
        {
            case VenueLink.SEND, VenueLink.LATE_SEND -> onSend(frame);
            case VenueLink.CANCEL -> onCancel(frame);
            case VenueLink.OWN_CANCEL ->
            {
                ownCancels.add(frame.id());
                onCancel(frame);
            }
            case VenueLink.KEPT -> onKept(frame);
            case VenueLink.FORCED ->
            {
                forcedAnswers = keptAnswers;
                forcedCancels = keptCancels;
            }
            case VenueLink.DONE -> done = frame;
            default -> throw new FaultFailure("a child says what nobody knows: " + frame);
        }
    }

    private void onSend(final Frame frame)
    {
        sends.add(frame);
        lateSends += frame.what() == VenueLink.LATE_SEND ? 1 : 0;
        sendsBehindCancels += ownCancels.isEmpty() ? 0 : 1;
        if (random.nextInt(SELDOM) == 0)
        {
            answer(EventType.OWN_REJECTED, frame, frame.a(), Answer.NOTHING);
            return;
        }
        open.put(frame.id(), frame.a());
        answer(EventType.OWN_ACCEPTED, frame, frame.a(), Answer.NOTHING);
        if (random.nextInt(SELDOM) == 0)
        {
            fill(frame);
        }
    }

    private void onCancel(final Frame frame)
    {
        // A fill is faster now and then, also when everything is cancelled.
        if (random.nextInt(SELDOM / 2) == 0)
        {
            fill(frame);
        }
        final Long left = open.remove(frame.id());
        if (left != null)
        {
            answer(EventType.OWN_CANCELLED, frame, left, Answer.NOTHING);
        }
    }

    private void fill(final Frame frame)
    {
        final Long before = open.get(frame.id());
        if (before != null)
        {
            final long quantity = 1 + random.nextLong(before);
            final long left = before - quantity;
            if (left == 0)
            {
                open.remove(frame.id());
            }
            else
            {
                open.put(frame.id(), left);
            }
            answer(EventType.OWN_FILL, frame, quantity, left);
        }
    }

    private void answer(final int type, final Frame to, final long quantity, final long left)
    {
        if (!isDeaf)
        {
            try
            {
                link.say(new Frame(type, to.id(), quantity, left, to.b()));
                answers.add(new Answer(type, to.id(), quantity, left));
            }
            catch (final IOException e)
            {
                // It has ended: this answer, and all behind it, will never get there.
                isDeaf = true;
            }
        }
    }

    // What is kept are answers in the order in which they were given: up to the last of them all are safe then. What
    // the gateway answered itself, where it held an order back, is none of them.
    private void onKept(final Frame kept)
    {
        if (kept.a() == EventType.OWN_CANCEL)
        {
            keptCancels++;
        }
        else if (kept.a() != EventType.DETAIL)
        {
            int found = keptAnswers;
            while (found < answers.size() && !isOf(answers.get(found), kept))
            {
                found++;
            }
            keptAnswers = found < answers.size() ? found + 1 : keptAnswers;
        }
    }

    private static boolean isOf(final Answer answer, final Frame kept)
    {
        return answer.id() == kept.id() && answer.type() == kept.a() && answer.quantity() == kept.b();
    }

    /** What came here and was answered as a new order, or as none: quantity, sequence, frontier. */
    List<Frame> sends()
    {
        return sends;
    }

    /** All that was answered, in its order. */
    List<Answer> answers()
    {
        return answers;
    }

    /** The orders that the child's gateway cancelled by itself, in their order. */
    List<Long> ownCancels()
    {
        return ownCancels;
    }

    /** How many of the answers the next run must put on tape in any case, if this one was killed. */
    int forcedAnswers()
    {
        return forcedAnswers;
    }

    int forcedCancels()
    {
        return forcedCancels;
    }

    boolean isKilled()
    {
        return isKilled;
    }

    /** Whether safe mode has come to its end. */
    boolean isDone()
    {
        return done != null;
    }

    /**
     * After a halt nothing new may have left, and nothing may be open.
     *
     * @throws FaultFailure if it is not so.
     */
    void requireSafe()
    {
        // One may be in hand when the bus halts.
        FaultFailure.require(lateSends <= 1 && sendsBehindCancels == 0, "a new order left after the halt: orders=" +
            lateSends + " behindCancels=" + sendsBehindCancels);
        FaultFailure.require(open.isEmpty(), "an order is open after the halt: orders=" + open.keySet() +
            " cancelled=" + ownCancels.size());
        final Frame end = done;
        FaultFailure.require(end == null || (end.a() == 0 && end.b() == 0 && end.c() == ownCancels.size()),
            "safe mode says something else: cancelled=" + ownCancels.size() + " done=" + end);
    }

    @Override
    public void close()
    {
        Children.kill(process);
    }
}
