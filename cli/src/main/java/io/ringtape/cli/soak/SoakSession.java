package io.ringtape.cli.soak;

import io.ringtape.bus.BusHaltedException;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.EventBusBuilder;
import io.ringtape.bus.LeaveReason;
import io.ringtape.bus.Stall;
import io.ringtape.bus.Writer;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeHistory;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import io.ringtape.journal.TapeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * One run of the bus, on the calling thread as the writer's.
 */
final class SoakSession
{
    static final int CAPACITY = 1 << 13;
    private static final int INBOX_EVENTS = 1 << 10;
    private static final int MAX_PACKET = 32;
    /** Each publisher has an eighth of the events. */
    private static final int PUBLISHER_SHARE = 8;
    private static final long CLOSE_LIMIT_NS = 300_000_000_000L;
    /** Far above any slow-down; a lane that stands that long does not go on. */
    private static final long STALL_NS = 60_000_000_000L;
    private static final RunSummary NO_SUMMARY = new RunSummary(0, 0, 0, 0, 0);

    private final SoakRequest request;
    private final SessionContext context;
    private final SoakDirectory directory;
    private final SplittableRandom random;
    private final List<String> broken = new ArrayList<>();
    private final AtomicLong faults = new AtomicLong();
    private final AtomicReference<String> stall = new AtomicReference<>("");
    private volatile @Nullable EventBus running;

    SoakSession(final SoakRequest request, final SessionContext context, final SoakDirectory directory)
    {
        this.request = request;
        this.context = context;
        this.directory = directory;
        random = new SplittableRandom(request.seed());
    }

    SoakReport run(final SoakReport.Setting setting)
    {
        final List<SoakReport.Row> rows = new ArrayList<>();
        final long elapsedNs;
        final long recorderWaitNs;
        final SoakVisitors visitors;
        final List<SoakPublisher> publishers;
        final long cursor;
        final TapeConfig config = TapeConfig.defaults();
        try (TapeWriter tape = TapeWriter.open(directory.tape(), config, SoakEvents.definitions(), () -> 0))
        {
            final SoakLanes lanes = new SoakLanes(random.split(), request.events(), tape);
            final WriterWait waits = new WriterWait(context.clock(), lanes.evictable());
            final EventBus bus = bus(lanes, waits, tape);
            waits.watch(bus);
            lanes.watch(bus);
            running = bus;
            publishers = publishers(bus);
            visitors = new SoakVisitors(bus, Visit.plan(random.split(), request.events()), random.split());
            final long startNs = context.clock().nanoTime();
            bus.start();
            publish(bus, publishers, visitors);
            elapsedNs = context.clock().nanoTime() - startNs;
            cursor = bus.cursor();
            judge(bus, lanes, waits, rows);
            visitors.report(cursor, waits, rows, broken);
            recorderWaitNs = waits.longestNs(SoakLanes.RECORDER);
            tape.close(NO_SUMMARY);
        }
        rows.add(new SoakReport.Row(
            SoakLanes.RECORDER + "/read back", "gate, halt", 1, readBack(cursor + 1), 0, 0, recorderWaitNs));
        final long fromInboxes = publishers.stream().mapToLong(SoakPublisher::accepted).sum();
        final SoakReport.Totals totals = new SoakReport.Totals(cursor + 1, fromInboxes, directory.bytes(),
            visitors.lanes(), visitors.handlers(), visitors.ended(LeaveReason.ASKED), faults.get());
        return new SoakReport(
            request.seed(), totals, rows, broken, elapsedNs, setting, context.stop().isRequested());
    }

    private EventBus bus(final SoakLanes lanes, final WriterWait waits, final TapeWriter tape)
    {
        final EventBusBuilder builder = EventBus.builder().capacity(CAPACITY).idle(waits)
            .history(new TapeHistory(directory.tape(), tape), SoakLanes.RECORDER)
            .faultListener((fault) -> faults.incrementAndGet())
            .stallLimit(STALL_NS, this::onStall);
        for (int source = 1; source < SoakEvents.SOURCES; source++)
        {
            builder.inbox(inbox(source), INBOX_EVENTS);
        }
        lanes.addTo(builder);
        return builder.build();
    }

    // On the watchdog's thread: what stands that long is told, and the run ends instead of hanging.
    private void onStall(final Stall found)
    {
        final EventBus stalled = running;
        if (stalled != null && stall.compareAndSet("", found.describe()))
        {
            stalled.halt();
        }
    }

    private List<SoakPublisher> publishers(final EventBus bus)
    {
        final List<SoakPublisher> publishers = new ArrayList<>();
        for (int source = 1; source < SoakEvents.SOURCES; source++)
        {
            publishers.add(new SoakPublisher(
                source, request.events() / PUBLISHER_SHARE, bus.inbox(inbox(source)), random.split()));
        }
        return publishers;
    }

    private static String inbox(final int source)
    {
        return "inbox-" + source;
    }

    private void publish(final EventBus bus, final List<SoakPublisher> publishers, final SoakVisitors visitors)
    {
        final List<Thread> threads = new ArrayList<>();
        publishers.forEach((publisher) -> threads.add(start(publisher, "soak-publisher")));
        final Thread visiting = start(visitors, "soak-visitors");
        try
        {
            publishAll(bus, threads);
        }
        catch (final BusHaltedException e)
        {
            broken.add("bus halted: stall=" + stall.get() + " fault=" + fault(bus));
        }
        finally
        {
            publishers.forEach(SoakPublisher::stop);
            visitors.finish();
            threads.add(visiting);
            threads.forEach(SoakSession::join);
            if (!bus.close(CLOSE_LIMIT_NS))
            {
                broken.add("bus was not drained: fault=" + fault(bus));
            }
        }
    }

    private static String fault(final EventBus bus)
    {
        return bus.fault().map((fault) -> fault.describe()).orElse("none");
    }

    private void publishAll(final EventBus bus, final List<Thread> publishers)
    {
        final Writer writer = bus.writer();
        final SplittableRandom packets = random.split();
        final IdleStrategy idle = new BackoffIdleStrategy();
        long left = request.events() - (SoakEvents.SOURCES - 1) * (request.events() / PUBLISHER_SHARE);
        context.progress().start("soaking", request.events());
        while (!context.stop().isRequested() && (left > 0 || publishers.stream().anyMatch(Thread::isAlive)))
        {
            final int count = (int)Math.min(left, 1 + packets.nextInt(MAX_PACKET));
            if (count > 0)
            {
                publishPacket(writer, count);
                left -= count;
            }
            idle.idle(count + writer.poll());
            context.progress().update(writer.cursor() + 1, writer.cursor() + 1);
        }
    }

    private static void publishPacket(final Writer writer, final int count)
    {
        final long first = writer.claim(count);
        for (long sequence = first; sequence < first + count; sequence++)
        {
            SoakEvents.fill(writer.slot(sequence), SoakEvents.WRITER, sequence);
        }
        writer.publish();
    }

    private void judge(
        final EventBus bus, final SoakLanes lanes, final WriterWait waits, final List<SoakReport.Row> rows)
    {
        for (final Watched watched : lanes.watched())
        {
            final Watched.Ending ending =
                new Watched.Ending(bus.cursor(), bus.lane(watched.lane()), lanes.reference());
            final SoakCounts counts = watched.counts().apply(ending);
            final String handler = watched.lane() + "/" + watched.handler();
            final String wrong = counts.wrong() + watched.also().apply(ending);
            if (!wrong.isEmpty())
            {
                broken.add("handler=" + handler + " " + wrong.strip());
            }
            rows.add(new SoakReport.Row(handler, watched.policy(), 1, counts, ending.status().evictionCount(),
                ending.status().spillCount(), waits.longestNs(watched.lane())));
        }
    }

    private SoakCounts readBack(final long events)
    {
        context.progress().start("reading", events);
        final TapeReport report = TapeVerifier.verify(directory.tape());
        if (report.status() != TapeStatus.OK || report.events() != events)
        {
            broken.add("tape is not whole: expected=" + events + " " + report);
        }
        final SoakAccount account = new SoakAccount((sequence) -> context.progress().update(sequence, sequence));
        final OrderBookEvent event = new OrderBookEvent();
        account.onStart(0);
        try (TapeReader reader = Tape.open(directory.tape()).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    account.onEvent(event);
                }
            }
        }
        catch (final TapeException e)
        {
            broken.add("tape cannot be read: " + e.getMessage());
        }
        account.endAt(events - 1);
        final SoakCounts counts = account.counts();
        if (!counts.wrong().isEmpty())
        {
            broken.add("tape holds other events: " + counts.wrong());
        }
        return counts;
    }

    private static Thread start(final Runnable task, final String name)
    {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(final Thread thread)
    {
        while (thread.isAlive())
        {
            Thread.onSpinWait();
        }
    }
}
