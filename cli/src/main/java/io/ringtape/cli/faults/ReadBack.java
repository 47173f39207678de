package io.ringtape.cli.faults;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a tape gives when it is read, held event by event against what was written.
 *
 * @param events  that were read, all of them right.
 * @param refusal what ended the reading before the end of the tape, or null.
 */
record ReadBack(long events, @Nullable TapeException refusal)
{
    private static final int WORDS = OrderBookEvent.SIZE_BYTES / Long.BYTES;

    static ReadBack of(final Path tape)
    {
        return of(tape, TapeRange.ALL);
    }

    /**
     * Reads a tape that starts at sequence 0.
     *
     * @throws FaultFailure if an event is not what was written, or is not the next one.
     */
    static ReadBack of(final Path tape, final TapeRange range)
    {
        final OrderBookEvent event = new OrderBookEvent();
        final OrderBookEvent expected = new OrderBookEvent().wrap(FaultTapes.room(1), 0);
        long next = 0;
        try (TapeReader reader = Tape.open(tape).read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    FaultTapes.fill(expected, next);
                    requireSame(expected, event, next);
                    next++;
                }
            }
            return new ReadBack(next, null);
        }
        catch (final TapeException e)
        {
            return new ReadBack(next, e);
        }
    }

    /** How many events a tape gives whose CRCs a forger made right: they may be any. */
    static long countOf(final Path tape)
    {
        long count = 0;
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                count += reader.count();
            }
            return count;
        }
        catch (final TapeException e)
        {
            return count;
        }
    }

    private static void requireSame(final OrderBookEvent expected, final OrderBookEvent event, final long sequence)
    {
        for (int i = 0; i < WORDS; i++)
        {
            // Not asked before: the text of each event that is right would be most of the time of a round.
            if (expected.word(i) != event.word(i))
            {
                throw new FaultFailure("a wrong event was read: sequence=" + sequence + " expected=" + expected +
                    " found=" + event);
            }
        }
    }

    /**
     * Reads and verifies a tape of which nothing may be missing unseen.
     *
     * @param events that were acknowledged.
     * @return what verify says.
     * @throws FaultFailure if fewer events than that are read without a word.
     */
    static TapeReport requireHonest(final Path tape, final long events)
    {
        final ReadBack read = of(tape);
        final TapeReport report = TapeVerifier.verify(tape);
        FaultFailure.require(read.refusal != null || read.events >= events,
            "tape is silently short: events=" + read.events + " expected=" + events + " " + report);
        FaultFailure.require(report.status() != TapeStatus.OK || (read.refusal == null && read.events >= events),
            "verify says ok, but events are missing: events=" + read.events + " expected=" + events);
        FaultFailure.require(report.events() == read.events,
            "verify and reader differ: events=" + read.events + " " + report);
        return report;
    }

    /**
     * Reads and verifies a tape that must be whole.
     *
     * @throws FaultFailure if it is not.
     */
    static void requireWhole(final Path tape, final long events)
    {
        final ReadBack read = of(tape);
        final TapeReport report = TapeVerifier.verify(tape);
        FaultFailure.require(read.refusal == null && read.events == events && report.status() == TapeStatus.OK &&
            report.events() == events, "tape is not whole: events=" + read.events + " expected=" + events + " " +
            report);
    }

    /**
     * A verdict that is not one of these two hides something.
     *
     * @throws FaultFailure if the tape is said to be well.
     */
    static void requireDamaged(final TapeReport report)
    {
        FaultFailure.require(report.status() == TapeStatus.DAMAGED || report.status() == TapeStatus.GAP,
            "damage was not seen: " + report);
    }
}
