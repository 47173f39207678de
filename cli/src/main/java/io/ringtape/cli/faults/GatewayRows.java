package io.ringtape.cli.faults;

import io.ringtape.cli.faults.GatewayPlan.Fault;
import io.ringtape.cli.faults.GatewayPlan.Point;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Processes that halt with orders open, and those that are killed with orders out: F40 and F43. The venue is this
 * process, so that what left the other one is known whatever becomes of it.
 */
final class GatewayRows
{
    private static final int MIB = 1 << 20;
    /** What a tape and its side file want to be opened, and some more. */
    private static final int DISK_MIB = 42;
    /** The same with room for some more files. */
    private static final int LARGE_DISK_MIB = 73;
    private static final int MORE_DISK_MIB = 4;
    /** The last of them is the small disk. */
    private static final int FAULTS = 8;
    private static final int MAX_RUNS = 3;
    private static final int MAX_SENDS = 200;
    private static final int MAX_EVENTS = 8_000;
    /** A recording waits for a force with each of its packets: fewer of them. */
    private static final int SLOWER = 8;
    private static final int MAX_FORCES = 60;
    private static final int MAX_RESERVES = 3;
    private static final int MAX_KEPT = 60;
    private static final List<WriteAhead> AHEAD = List.of(WriteAhead.values());
    private static final List<WriteAhead> FAST = List.of(WriteAhead.OFF, WriteAhead.JOURNALED);

    private final Limits limits;
    private final Optional<SmallDisk> disk;
    private final Class<?> child;

    GatewayRows(final Limits limits, final Optional<SmallDisk> disk)
    {
        this(limits, disk, GatewayChild.class);
    }

    /** Rows whose children have a main class of a test's. */
    GatewayRows(final Limits limits, final Optional<SmallDisk> disk, final Class<?> child)
    {
        this.limits = limits;
        this.disk = disk;
        this.child = child;
    }

    List<FaultRow> rows()
    {
        return List.of(new HaltRow(), new AheadRow(limits, child));
    }

    /** Trades on a tape in a child that is to fail, and holds what it left against what the venue knows. */
    private final class HaltRow implements FaultRow
    {
        private long killed;
        private long lost;

        @Override
        public String id()
        {
            return "F40";
        }

        @Override
        public String what()
        {
            return "halt, dead recorder or full disk with orders open";
        }

        @Override
        public long fullRounds()
        {
            return 1_000;
        }

        @Override
        public String note()
        {
            return (disk.isPresent() ? "" : "full disks are injected: no tmpfs can be mounted here, root can; ") +
                "processes killed before their side file was forced: " + killed + ", answers that only they had: " +
                lost;
        }

        @Override
        public void round(final long seed, final Path scratch) throws IOException, InterruptedException
        {
            final SplittableRandom random = new SplittableRandom(seed);
            final Path tape = FaultTapes.fresh(scratch);
            final Fault fault = fault(seed);
            final Traded traded = new Traded();
            if (fault == Fault.DISK && Math.floorMod(Math.floorDiv(seed, (long)FAULTS), 2L) == 0)
            {
                new RecordedHalt(disk.orElseThrow()).round(random, scratch, tape);
                return;
            }
            if (fault == Fault.DISK)
            {
                onSmallDisk(seed, random, tape, traded);
            }
            else
            {
                // Each puts on tape what the one before kept, and may fail at that.
                final int runs = 1 + random.nextInt(MAX_RUNS);
                for (int i = 0; i < runs; i++)
                {
                    run(plan(random, i == 0 ? fault : fault(random.nextInt(FAULTS - 1)), i), random, tape, traded);
                }
            }
            TradedTapes.nextRun(tape);
            FaultFailure.require(
                !TradedTapes.nextRun(tape).contains(TradedTapes.KEPT), "what is on tape is still kept");
            final TapeReport report = TapeVerifier.verify(tape);
            FaultFailure.require(report.status() == TapeStatus.OK, "tape is not whole: " + report);
            traded.requireOnTape(OrdersOnTape.of(tape));
            killed += traded.killed();
            lost += traded.lost();
        }
    }

    /** Each in turn. */
    private Fault fault(final long turn)
    {
        return switch ((int)Math.floorMod(turn, (long)FAULTS))
        {
            case 0 -> Fault.HANDLER;
            case 1 -> Fault.HALT;
            case 2 -> Fault.GATEWAY;
            case 3 -> Fault.FORCE;
            case 4 -> Fault.SPACE;
            case 5 -> Fault.CAPTURE;
            case 6 -> Fault.END;
            default -> disk.isPresent() ? Fault.DISK : Fault.SPACE;
        };
    }

    private static GatewayPlan plan(final SplittableRandom random, final Fault fault, final int before)
    {
        // Nor is a file filled so.
        final WriteAhead ahead = TapeFiles.any(fault == Fault.SPACE ? FAST : AHEAD, random);
        final int most = ahead == WriteAhead.DURABLE ? MAX_EVENTS / SLOWER : MAX_EVENTS;
        final long at = switch (fault)
        {
            case GATEWAY -> 1 + random.nextInt(MAX_SENDS);
            case FORCE -> random.nextInt(MAX_FORCES);
            case SPACE -> ahead == WriteAhead.OFF ? random.nextInt(MAX_RESERVES) : 0;
            default -> 1 + random.nextInt(random.nextInt(4) == 0 ? MAX_EVENTS / 100 : most);
        };
        final GatewayPlan plan = GatewayPlan.of(random.nextLong(), ahead).failing(fault, at);
        return switch (random.nextInt(before == 0 ? 2 : 5))
        {
            case 0 -> plan;
            case 1 -> plan.endingAt(Point.KEEPING, 1 + random.nextInt(MAX_KEPT));
            case 2 -> plan.endingAt(Point.CLAIMED, 1);
            case 3 -> plan.endingAt(Point.PUBLISHING, 1 + random.nextInt(MAX_KEPT / 4));
            default -> plan.endingAt(Point.PUBLISHED, 1);
        };
    }

    private void run(
        final GatewayPlan plan, final SplittableRandom random, final Path tape, final Traded traded)
        throws IOException, InterruptedException
    {
        try (FaultVenue venue = FaultVenue.start(limits, command(child, tape, plan),
            RecordingProcess.errors(tape), random.split()))
        {
            if (!plan.isEnding() && random.nextInt(4) == 0)
            {
                venue.tradeUntilCancelled(1 + random.nextInt(4));
                venue.kill();
            }
            judge(plan, venue, tape, traded);
        }
    }

    private void onSmallDisk(final long seed, final SplittableRandom random, final Path tape, final Traded traded)
        throws IOException, InterruptedException
    {
        final Path round = tape.getParent();
        final int bytes = ((random.nextBoolean() ? DISK_MIB : LARGE_DISK_MIB) + random.nextInt(MORE_DISK_MIB)) * MIB;
        GatewayPlan plan = GatewayPlan.of(seed, TapeFiles.any(AHEAD, random)).failing(Fault.DISK, 0);
        if (random.nextInt(3) == 0)
        {
            plan = plan.endingAt(Point.KEEPING, 1 + random.nextInt(MAX_KEPT));
        }
        final List<String> words = disk.orElseThrow().before("size=" + bytes, round);
        words.addAll(command(child, SmallDisk.tape(round), plan));
        try (FaultVenue venue =
            FaultVenue.start(limits, words, RecordingProcess.errors(tape), random.split()))
        {
            judge(plan, venue, tape, traded);
        }
    }

    /** The words that start a child that trades. */
    static List<String> command(final Class<?> child, final Path tape, final GatewayPlan plan)
    {
        final List<String> words = new ArrayList<>(Children.java(child, List.of()));
        words.add(tape.toString());
        words.addAll(plan.arguments());
        return words;
    }

    private static void judge(
        final GatewayPlan plan, final FaultVenue venue, final Path tape, final Traded traded)
        throws IOException, InterruptedException
    {
        final int code = venue.tradeToEnd();
        final boolean isEnded = plan.isEnding() && code == HaltingDevice.CODE;
        FaultFailure.require(isEnded || venue.isKilled() || (code == 0 && venue.isDone()),
            "did not halt: " + plan + " code=" + code + " err=" + Children.text(RecordingProcess.errors(tape)));
        traded.add(plan, venue, isEnded || (venue.isKilled() && !venue.isDone()));
    }
}
