package io.ringtape.cli.faults;

import io.ringtape.cli.faults.VenueLink.Frame;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeStep;
import io.ringtape.journal.TapeVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A process that is gone with orders out, maybe between their publish and their place on tape: F43. With write-ahead
 * every order that left is on tape; without, those that are not are counted.
 */
final class AheadRow implements FaultRow
{
    private static final List<WriteAhead> AHEAD = List.of(WriteAhead.values());
    private static final List<TapeStep> OF_A_BLOCK = List.of(TapeStep.DOCUMENT_BEGUN, TapeStep.BLOCK_PART,
        TapeStep.DOCUMENT_FILLED, TapeStep.DOCUMENT_COMMITTED, TapeStep.DOCUMENT_MARKED);
    private static final int MAX_ORDERS = 300;
    private static final int MAX_BLOCKS = 2_000;
    /** Those of an open come first. */
    private static final int MIN_BLOCKS = 20;
    private static final int MAX_PAUSE_NS = 1_000_000;

    private final Limits limits;
    private final Class<?> child;
    private long sentCount;
    private long missingCount;

    AheadRow(final Limits limits, final Class<?> child)
    {
        this.limits = limits;
        this.child = child;
    }

    @Override
    public String id()
    {
        return "F43";
    }

    @Override
    public String what()
    {
        return "kill -9 between publish and journal with orders out";
    }

    @Override
    public long fullRounds()
    {
        return 1_000;
    }

    @Override
    public String note()
    {
        return "with write-ahead off " + missingCount + " of " + sentCount + " orders that had left are not on tape";
    }

    @Override
    public void round(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final WriteAhead ahead = AHEAD.get((int)Math.floorMod(seed, (long)AHEAD.size()));
        final boolean isAtStep = random.nextInt(3) == 0;
        final GatewayPlan running = GatewayPlan.of(random.nextLong(), ahead);
        final GatewayPlan plan = isAtStep ? running.endingAt(TapeFiles.any(OF_A_BLOCK, random),
            MIN_BLOCKS + random.nextInt(MAX_BLOCKS)) : running;
        try (FaultVenue venue = FaultVenue.start(limits, GatewayRows.command(child, tape, plan),
            RecordingProcess.errors(tape), random.split()))
        {
            if (!isAtStep)
            {
                venue.tradeUntilSent(1 + random.nextInt(random.nextBoolean() ? MAX_ORDERS : MAX_ORDERS / 30));
                InjectedPause.ofNs(random.nextInt(4) == 0 ? random.nextInt(MAX_PAUSE_NS) : 0);
                venue.kill();
            }
            final int code = venue.tradeToEnd();
            FaultFailure.require(venue.isKilled() || code == HaltingDevice.CODE, "did not come to its end: " + plan +
                " code=" + code + " err=" + Children.text(RecordingProcess.errors(tape)));
            requireOnTape(plan, venue.sends(), tape);
        }
        TradedTapes.nextRun(tape);
        final TapeReport after = TapeVerifier.verify(tape);
        FaultFailure.require(after.status() == TapeStatus.OK, "the tape does not go on: " + plan + " " + after);
    }

    private void requireOnTape(final GatewayPlan plan, final List<Frame> sends, final Path tape)
    {
        final TapeReport report = TapeVerifier.verify(tape);
        FaultFailure.require(report.status() == TapeStatus.OK || report.status() == TapeStatus.TORN_TAIL,
            "a kill damaged the tape: " + plan + " " + report);
        final OrdersOnTape found = OrdersOnTape.of(tape);
        final List<Long> missing =
            sends.stream().map(Frame::id).filter((id) -> !found.orders().contains(id)).toList();
        if (plan.ahead() == WriteAhead.OFF)
        {
            sentCount += sends.size();
            missingCount += missing.size();
            return;
        }
        FaultFailure.require(missing.isEmpty(),
            "an order left that is not on tape: " + plan + " orders=" + missing.size() + " first=" +
            missing.stream().limit(1).toList() + " " + report);
        for (final Frame send : sends)
        {
            // A kill leaves what is journaled: that it was durable must be asked when it leaves.
            FaultFailure.require(send.c() >= send.b(), "an order left ahead of its frontier: " + plan + " order=" +
                send.id() + " sequence=" + send.b() + " frontier=" + send.c());
        }
    }
}
