package io.ringtape.cli.soak;

import io.ringtape.bus.Attachment;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.FaultPolicy;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.Lane;
import io.ringtape.bus.LaneState;
import io.ringtape.bus.LeaveReason;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.event.Interest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Lets lanes, and handlers of a lane, join and leave as planned, on a thread of its own. At most a few are there at a
 * time: where one more is due, the one that came first is asked to leave.
 */
final class SoakVisitors implements Runnable
{
    private static final int MOST_AT_A_TIME = 3;
    private static final long LOOK_NS = 100_000;
    private static final long APART = 16_384;
    private static final long PARK_NS = 500_000;

    private final EventBus bus;
    private final List<Visit> plan;
    private final SplittableRandom random;
    private final List<Stay> stays = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private volatile boolean isFinishing;

    /** A visit that takes place. */
    private record Stay(
        String name, Visit visit, Attachment attachment, SoakAccount account, PlannedFaults fault)
    {
    }

    SoakVisitors(final EventBus bus, final List<Visit> plan, final SplittableRandom random)
    {
        this.bus = bus;
        this.plan = plan;
        this.random = random;
    }

    @Override
    public void run()
    {
        for (final Visit visit : plan)
        {
            while (bus.cursor() < visit.joinAt() && !isFinishing)
            {
                look();
            }
            // A run that was stopped does not come to each of them.
            if (bus.cursor() >= visit.joinAt())
            {
                makeRoom();
                attach(visit);
            }
        }
        while (!isFinishing)
        {
            look();
        }
        leaveDue();
    }

    private void look()
    {
        leaveDue();
        InjectedPause.ofNs(LOOK_NS);
    }

    private void leaveDue()
    {
        for (final Stay stay : stays)
        {
            if (stay.visit().leaveAt() <= bus.cursor())
            {
                stay.attachment().leave();
            }
        }
    }

    private void makeRoom()
    {
        while (present().size() >= MOST_AT_A_TIME)
        {
            present().stream().findFirst().ifPresent((stay) -> stay.attachment().leave());
            InjectedPause.ofNs(LOOK_NS);
        }
    }

    private List<Stay> present()
    {
        return stays.stream().filter((stay) -> !stay.attachment().hasEnded()).toList();
    }

    private void attach(final Visit visit)
    {
        final boolean isLane = visit.place() == Visit.Place.LANE;
        final String handler = (isLane ? "late-" : "guest-") + stays.size();
        final String listed = isLane ? handler : SoakLanes.HOST + "+" + handler;
        final PlannedFaults fault = PlannedFaults.onceAt(visit.faultAt());
        final SoakAccount account =
            new SoakAccount(new SlowDown(random.split(), APART, PARK_NS).then(fault));
        try
        {
            final Attachment attachment = isLane ?
                bus.attach(Lane.named(handler).onFault(FaultPolicy.DETACH).idle(new BackoffIdleStrategy())
                    .handler(handler, account).build(), visit.from()) :
                bus.attach(SoakLanes.HOST, handler, account, Interest.all(), visit.from());
            stays.add(new Stay(listed, visit, attachment, account, fault));
        }
        catch (final RuntimeException e)
        {
            broken.add("join refused: visit=" + visit + " cause=" + e);
        }
    }

    /** Ends the thread behind the visits that are still due. */
    void finish()
    {
        isFinishing = true;
    }

    /**
     * Adds rows and what is wrong; when all lanes have ended.
     */
    void report(final long cursor, final WriterWait waits, final List<SoakReport.Row> rows, final List<String> wrong)
    {
        wrong.addAll(broken);
        stays.forEach((stay) -> judge(stay, cursor, wrong));
        for (final Visit.Place place : Visit.Place.values())
        {
            for (final JoinFrom.Kind kind : List.of(JoinFrom.Kind.START, JoinFrom.Kind.SEQUENCE, JoinFrom.Kind.LIVE))
            {
                rows.add(row(place, kind, waits));
            }
        }
    }

    private SoakReport.Row row(final Visit.Place place, final JoinFrom.Kind kind, final WriterWait waits)
    {
        SoakCounts sum = new SoakCounts(0, 0, 0, 0, 0, 0, 0);
        long waitNs = 0;
        int count = 0;
        for (final Stay stay : stays)
        {
            if (stay.visit().place() == place && stay.visit().from().kind() == kind)
            {
                count++;
                waitNs = Math.max(waitNs, waits.longestNs(stay.name()));
                sum = sum.plus(stay.account().counts());
            }
        }
        final boolean isLane = place == Visit.Place.LANE;
        return new SoakReport.Row((isLane ? "late/" : "guest/") + kind.name().toLowerCase(Locale.ROOT),
            isLane ? "gate, detach" : "gate, halt", count, sum, 0, 0, waitNs);
    }

    private static void judge(final Stay stay, final long cursor, final List<String> wrong)
    {
        final SoakAccount account = stay.account();
        final LeaveReason reason = account.reason();
        final boolean isFault = reason == LeaveReason.FAULT;
        if (reason == LeaveReason.CLOSED)
        {
            account.endAt(cursor);
        }
        else if (isFault)
        {
            account.endAt(stay.fault().last());
        }
        final boolean isAsExpected = switch (reason)
        {
            case ASKED, CLOSED -> stay.fault().count() == 0 && stay.attachment().status().state() != LaneState.DETACHED;
            case FAULT -> stay.fault().count() == 1 && account.next() == stay.fault().last() + 1 &&
                stay.attachment().status().state() == LaneState.DETACHED;
            case HISTORY, HALTED, LANE -> false;
        };
        final JoinFrom from = stay.visit().from();
        final long first = from.kind() == JoinFrom.Kind.LIVE ? stay.attachment().firstSequence() : from.value();
        final String counts = account.counts().wrong();
        if (!isAsExpected || account.first() != first || !counts.isEmpty())
        {
            wrong.add("handler=" + stay.name() + " " + stay.visit() + " reason=" + reason + " state=" +
                stay.attachment().status().state() + " first=" + account.first() + " next=" + account.next() +
                " fault=" + stay.fault().last() + " cause=" +
                stay.attachment().cause().map(Throwable::toString).orElse("none") + " " + counts);
        }
    }

    /** How many lanes joined. */
    long lanes()
    {
        return stays.stream().filter((stay) -> stay.visit().place() == Visit.Place.LANE).count();
    }

    /** How many handlers were taken over by the lane that they joined. */
    long handlers()
    {
        return stays.stream()
            .filter((stay) -> stay.visit().place() == Visit.Place.HANDLER && stay.attachment().isLive()).count();
    }

    /** How many ended for a reason. */
    long ended(final LeaveReason reason)
    {
        return stays.stream().filter((stay) -> stay.account().reason() == reason).count();
    }
}
