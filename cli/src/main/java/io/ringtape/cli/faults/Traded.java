package io.ringtape.cli.faults;

import io.ringtape.cli.faults.VenueLink.Frame;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What left the processes that traded on one tape and what they were answered, to be held against the tape.
 */
final class Traded
{
    private final List<Part> parts = new ArrayList<>();
    private int lost;

    /**
     * What one process did.
     *
     * @param plan      of the process.
     * @param sends     that left it.
     * @param answers   that it was given.
     * @param answered  how many of them must be on tape.
     * @param cancels   that its gateway sent by itself.
     * @param cancelled how many of them must be on tape.
     */
    private record Part(
        GatewayPlan plan, List<Frame> sends, List<Answer> answers, int answered, List<Long> cancels, int cancelled)
    {
        boolean isWhole()
        {
            return answered == answers.size() && cancelled == cancels.size();
        }
    }

    /**
     * Takes what a process did; it has ended.
     *
     * @param wasKilled whether it did not come to the end of its safe mode.
     * @throws FaultFailure if something was open, or left, that must not.
     */
    void add(final GatewayPlan plan, final FaultVenue venue, final boolean wasKilled)
    {
        // Whoever kills it in the middle of its cancels stops those too; it ends itself only behind them.
        if (!venue.isKilled() || venue.isDone())
        {
            venue.requireSafe();
        }
        parts.add(new Part(plan, venue.sends(), venue.answers(),
            wasKilled ? venue.forcedAnswers() : venue.answers().size(), venue.ownCancels(),
            wasKilled ? venue.forcedCancels() : venue.ownCancels().size()));
    }

    /**
     * Each answer must be there exactly once, in order, and each cancel; but for those at the end of a process that was
     * killed before it had forced them, of which each may be there once.
     *
     * @throws FaultFailure if it is not so.
     */
    void requireOnTape(final OrdersOnTape tape)
    {
        int answers = 0;
        int cancels = 0;
        final Set<Long> left = new HashSet<>();
        for (final Part part : parts)
        {
            final int found = common(part.answers(), tape.answers(), answers);
            FaultFailure.require(found >= part.answered(), "an answer is not on tape: " + part.plan() + " answer=" +
                text(part.answers(), found) + " number=" + found + " of=" + part.answers().size() + " onTape=" +
                text(tape.answers(), answers + found));
            answers += found;
            lost += part.answers().size() - found;
            final int sent = common(part.cancels(), tape.cancels(), cancels);
            FaultFailure.require(sent >= part.cancelled(), "a cancel is not on tape: " + part.plan() + " order=" +
                text(part.cancels(), sent) + " onTape=" + text(tape.cancels(), cancels + sent));
            cancels += sent;
            if (part.plan().ahead() != WriteAhead.OFF)
            {
                part.sends().forEach((send) -> left.add(send.id()));
            }
        }
        FaultFailure.require(answers == tape.answers().size(), "an answer is on tape that was not given, or twice: " +
            text(tape.answers(), answers));
        FaultFailure.require(cancels == tape.cancels().size(), "a cancel is on tape that did not leave, or twice: " +
            text(tape.cancels(), cancels));
        left.removeAll(tape.orders());
        FaultFailure.require(left.isEmpty(), "an order left that is not on tape: orders=" + left.size() + " first=" +
            left.stream().limit(1).toList());
    }

    /** How many processes were killed that had not forced all. */
    long killed()
    {
        return parts.stream().filter((part) -> !part.isWhole()).count();
    }

    /** How many answers are on no tape, because their process was killed; known once the tape was looked at. */
    long lost()
    {
        return lost;
    }

    private static <T> int common(final List<T> given, final List<T> tape, final int from)
    {
        int count = 0;
        while (count < given.size() && from + count < tape.size() && given.get(count).equals(tape.get(from + count)))
        {
            count++;
        }
        return count;
    }

    private static String text(final List<?> list, final int index)
    {
        return index < list.size() ? list.get(index).toString() : "none";
    }
}
