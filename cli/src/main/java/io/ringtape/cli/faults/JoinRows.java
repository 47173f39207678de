package io.ringtape.cli.faults;

import io.ringtape.bus.Attachment;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.FaultPolicy;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.JoinRefusedException;
import io.ringtape.bus.JoinRefusedException.Reason;
import io.ringtape.bus.LaneState;
import io.ringtape.bus.Writer;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.event.Interest;
import io.ringtape.event.RangeHandler;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeHistory;
import io.ringtape.journal.TapeRetention;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A late join, of a lane or of a handler onto a running lane, for which the tape has not what it needs: F41.
 */
final class JoinRows
{
    private static final int CAPACITY = 1_024;
    private static final int PACKET = 16;
    private static final int FILE_BLOCKS = 300;
    private static final int BLOCK = 128;
    private static final long NAP_NS = 50_000;
    private static final String RECORDER = "tape";
    private static final String LATE = "late";
    private static final String OTHER = "other";

    private final Limits limits;

    JoinRows(final Limits limits)
    {
        this.limits = limits;
    }

    List<FaultRow> rows()
    {
        return List.of(new Row("F41",
            "late join of lane or handler while the recorder lags, is dead, or the range is gone", 1_000,
            this::joining));
    }

    private void joining(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        // The last one writes megabytes.
        final int kind = random.nextInt(20);
        if (kind < 10)
        {
            lagging(random, tape);
        }
        else if (kind < 19)
        {
            dead(random, tape);
        }
        else
        {
            removed(random, tape);
        }
    }

    /** Stands ahead of the recorder, and holds it for a while or for good. */
    private static final class Hold implements RangeHandler
    {
        private final long heldFrom;
        private final boolean isFailing;
        private volatile boolean isReleased;

        private Hold(final long heldFrom, final boolean isFailing)
        {
            this.heldFrom = heldFrom;
            this.isFailing = isFailing;
        }

        @Override
        public void onRange(final UnsafeBuffer buffer, final int offset, final long firstSequence, final int count)
        {
            if (firstSequence + count > heldFrom && isFailing)
            {
                throw new IllegalStateException("made by a fault row");
            }
            while (firstSequence + count > heldFrom && !isReleased)
            {
                InjectedPause.ofNs(NAP_NS);
            }
        }
    }

    private void lagging(final SplittableRandom random, final Path tape) throws IOException
    {
        final long before = PACKET * (1L + random.nextInt(200));
        final Delivered late = new Delivered();
        final Delivered other = new Delivered();
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            final Hold hold = new Hold(before, false);
            final EventBus bus = bus(tape, writer, hold, other, FaultPolicy.HALT);
            try
            {
                publish(bus, 0, before);
                limits.await("the tape", Limits.HANG_MS, () -> writer.journaledSequence() == before - 1);
                final long held = PACKET * (1L + random.nextInt(CAPACITY / PACKET - 1));
                publish(bus, before, held);
                requireRefused(random, bus, timeOf(before + random.nextLong(held)), Reason.NOT_ON_TAPE);
                final long first = random.nextLong(before + held);
                final JoinFrom from = switch (random.nextInt(3))
                {
                    case 0 -> JoinFrom.start();
                    case 1 -> timeOf(first % before);
                    default -> JoinFrom.sequence(first);
                };
                final Attachment attached = attach(random, bus, LATE, late, from);
                final long expected = switch (from.kind())
                {
                    case START -> 0;
                    case TIME -> first % before;
                    default -> first;
                };
                FaultFailure.require(attached.firstSequence() == expected, "a join starts elsewhere: from=" + from +
                    " first=" + attached.firstSequence() + " expected=" + expected);
                // The others go on; the late one has what is on tape and waits for the rest.
                limits.await("the other lane", Limits.HANG_MS, () -> other.next() == before + held);
                limits.await("the late lane", Limits.HANG_MS,
                    () -> late.next() == Math.max(before, expected) || attached.hasEnded());
                FaultFailure.require(!attached.isLive() && !attached.hasEnded(), "a join did not wait for the tape");
                hold.isReleased = true;
                publish(bus, before + held, 2 * CAPACITY);
                final long end = before + held + 2 * CAPACITY;
                limits.await("the join", Limits.HANG_MS, attached::isLive);
                FaultFailure.require(bus.close(BusRows.CLOSE_LIMIT_NS), "bus was not drained");
                late.requireUpTo(LATE, end);
                other.requireUpTo(OTHER, end);
            }
            finally
            {
                hold.isReleased = true;
                bus.close(BusRows.CLOSE_LIMIT_NS);
            }
        }
    }

    private void dead(final SplittableRandom random, final Path tape) throws IOException
    {
        final long before = PACKET * (1L + random.nextInt(200));
        final Delivered late = new Delivered();
        final Delivered other = new Delivered();
        final FaultPolicy policy = random.nextBoolean() ? FaultPolicy.HALT : FaultPolicy.DETACH;
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            final EventBus bus = bus(tape, writer, new Hold(before, true), other, policy);
            publish(bus, 0, before);
            limits.await("the tape", Limits.HANG_MS, () -> writer.journaledSequence() == before - 1);
            final boolean isJoinedBefore = random.nextBoolean();
            final Attachment joined = isJoinedBefore ?
                attach(random, bus, "before", late, JoinFrom.start()) : null;
            if (joined != null)
            {
                limits.await("the first join", Limits.HANG_MS, joined::isLive);
            }
            BusRows.publish(limits, bus, before, PACKET);
            limits.await("the end of the recorder", Limits.HANG_MS,
                () -> bus.lane(RECORDER).state() == LaneState.DETACHED ||
                    bus.lane(RECORDER).state() == LaneState.FAULTED);
            final Reason expected = policy == FaultPolicy.HALT ? Reason.NOT_RUNNING : Reason.RECORDER_ENDED;
            requireRefused(random, bus, JoinFrom.start(), expected);
            if (policy == FaultPolicy.DETACH)
            {
                final Delivered live = new Delivered();
                final Attachment attached = attach(random, bus, "live", live, JoinFrom.live());
                publish(bus, before + PACKET, 2 * CAPACITY);
                FaultFailure.require(bus.close(BusRows.CLOSE_LIMIT_NS) &&
                    attached.firstSequence() == before + PACKET, "live needs no recorder: " + attached.reason());
                live.requireUpTo("live", before + PACKET + 2 * CAPACITY);
                late.requireUpTo("before", isJoinedBefore ? before + PACKET + 2 * CAPACITY : 0);
            }
            bus.close(BusRows.CLOSE_LIMIT_NS);
        }
    }

    private void removed(final SplittableRandom random, final Path tape) throws IOException
    {
        FaultTapes.record(tape, FILE_BLOCKS, BLOCK, true);
        final long kept = TapeRetention.keepBytes(Tape.open(tape), 0, true).firstSequence();
        FaultFailure.require(kept > 0, "nothing was removed");
        final Delivered late = new Delivered();
        final Delivered other = new Delivered();
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            final long first = writer.firstSequence();
            final EventBus bus = bus(tape, writer, new Hold(Long.MAX_VALUE, false), other,
                FaultPolicy.HALT);
            publish(bus, first, PACKET);
            // Removed or still there: it is of an earlier run.
            requireRefused(random, bus, JoinFrom.sequence(random.nextLong(first)), Reason.EARLIER_RUN);
            final Attachment attached = attach(random, bus, LATE, late, JoinFrom.start());
            FaultFailure.require(attached.firstSequence() == first,
                "a join does not start with its run: first=" + attached.firstSequence() + " run=" + first);
            publish(bus, first + PACKET, PACKET);
            FaultFailure.require(bus.close(BusRows.CLOSE_LIMIT_NS), "bus was not drained");
            late.requireUpTo(LATE, first + 2 * PACKET);
        }
    }

    private static EventBus bus(
        final Path tape, final TapeWriter writer, final Hold hold, final Delivered other,
        final FaultPolicy policy)
    {
        final EventBus bus = EventBus.builder().capacity(CAPACITY).firstSequence(writer.firstSequence())
            .idle(new BackoffIdleStrategy()).history(new TapeHistory(tape, writer), RECORDER)
            .lane(BusRows.lane(RECORDER).onFault(policy).rangeHandler("hold", hold)
                .rangeHandler("recorder", writer).build())
            .lane(BusRows.lane(OTHER).handler(OTHER, other).build()).build();
        bus.start();
        return bus;
    }

    /** A lane of its own or a handler of the other one. */
    private static Attachment attach(
        final SplittableRandom random, final EventBus bus, final String name, final Delivered handler,
        final JoinFrom from)
    {
        return random.nextBoolean() ? bus.attach(BusRows.lane(name).handler(name, handler).build(), from) :
            bus.attach(OTHER, name, handler, Interest.all(), from);
    }

    private static JoinFrom timeOf(final long sequence)
    {
        return JoinFrom.time(FaultTapes.receiveTimeNs(sequence));
    }

    private static void requireRefused(
        final SplittableRandom random, final EventBus bus, final JoinFrom from, final Reason expected)
    {
        try
        {
            attach(random, bus, "refused", new Delivered(), from);
            throw new FaultFailure("a join was not refused: from=" + from + " expected=" + expected);
        }
        catch (final JoinRefusedException e)
        {
            FaultFailure.require(e.reason() == expected,
                "a join was refused for another reason: expected=" + expected + " " + e.reason() + " " +
                e.getMessage());
        }
    }

    private void publish(final EventBus bus, final long first, final long events)
    {
        for (long next = first; next < first + events; next += PACKET)
        {
            FaultFailure.require(BusRows.publish(limits, bus, next, PACKET) == Writer.ACCEPTED,
                "publisher was refused: sequence=" + next);
        }
    }
}
