package io.ringtape.cli.faults;

import io.ringtape.bus.BusHaltedException;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.FaultPolicy;
import io.ringtape.bus.Lane;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * What happens to the threads of a bus that records: F27 and F32.
 */
final class ThreadRows
{
    private static final int PACKET = 16;
    private static final long CLOSE_LIMIT_NS = 10_000_000_000L;
    private static final String RECORDER = "tape";

    private ThreadRows()
    {
    }

    static List<FaultRow> interrupted()
    {
        return List.of(new Row("F27", "interrupts at publisher and recorder", 10_000, ThreadRows::interrupts));
    }

    static List<FaultRow> errors()
    {
        return List.of(new Row("F32", "OutOfMemoryError, StackOverflowError in a handler", 50, ThreadRows::errors));
    }

    private static void interrupts(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        // One in eight goes over a roll.
        final long events = PACKET * (random.nextInt(8) == 0 ? 1_500L : 10 + random.nextInt(100));
        final AtomicReference<Thread> recorder = new AtomicReference<>();
        final AtomicBoolean isDone = new AtomicBoolean();
        final Thread publisher = Thread.currentThread();
        final Path tape = FaultTapes.fresh(scratch);
        final int pauseNs = 1_000 + random.nextInt(200_000);
        final Thread tormentor = new Thread(() -> torment(publisher, recorder, isDone, pauseNs), "tormentor");
        boolean isFlagKept = false;
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            final EventBus bus = EventBus.builder().idle(new BackoffIdleStrategy())
                .threadFactory((task) -> made(task, recorder))
                .lane(Lane.named(RECORDER).idle(new BackoffIdleStrategy()).rangeHandler("recorder", writer).build())
                .build();
            bus.start();
            tormentor.start();
            publish(bus, events);
            publisher.interrupt();
            final boolean isDrained = bus.close(CLOSE_LIMIT_NS);
            isDone.set(true);
            isFlagKept = Thread.interrupted();
            joinUninterrupted(tormentor);
            FaultFailure.require(isDrained && bus.fault().isEmpty(),
                "an interrupt stopped the bus: " + bus.fault().map((fault) -> fault.describe()).orElse("not drained"));
            writer.close(FaultTapes.SUMMARY);
        }
        finally
        {
            isDone.set(true);
            joinUninterrupted(tormentor);
        }
        FaultFailure.require(isFlagKept, "the publisher's interrupt was swallowed");
        ReadBack.requireWhole(tape, events);
    }

    private static Thread made(final Runnable task, final AtomicReference<Thread> recorder)
    {
        final Thread thread = new Thread(task, "fault-lane");
        thread.setDaemon(true);
        recorder.set(thread);
        return thread;
    }

    private static void torment(
        final Thread publisher, final AtomicReference<Thread> recorder, final AtomicBoolean isDone, final int pauseNs)
    {
        while (!isDone.get())
        {
            final Thread found = recorder.get();
            if (found != null)
            {
                found.interrupt();
            }
            publisher.interrupt();
            InjectedPause.ofNs(pauseNs);
        }
    }

    /** The round's own thread was interrupted on purpose: that is not a wish to end it. */
    private static void joinUninterrupted(final Thread thread)
    {
        while (thread.isAlive())
        {
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }

    private static void publish(final EventBus bus, final long events)
    {
        final EventBatch packet = new EventBatch(PACKET);
        for (long next = 0; next < events; next += PACKET)
        {
            packet.clear();
            for (int i = 0; i < PACKET; i++)
            {
                FaultTapes.fill(packet.append(), next + i);
            }
            bus.writer().publish(packet);
        }
    }

    private static void errors(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final long events = PACKET * (50L + random.nextInt(500));
        final long at = random.nextLong(events);
        final boolean isMemory = random.nextBoolean();
        final FaultPolicy policy = random.nextBoolean() ? FaultPolicy.HALT : FaultPolicy.DETACH;
        final Path tape = FaultTapes.fresh(scratch);
        final EventHandler failing = (event) ->
        {
            if (event.sequence() == at)
            {
                throwError(isMemory);
            }
        };
        boolean isHalted = false;
        final long journaled;
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            final EventBus bus = EventBus.builder().idle(new BackoffIdleStrategy())
                .lane(Lane.named(RECORDER).finishOnHalt().idle(new BackoffIdleStrategy())
                    .rangeHandler("recorder", writer).build())
                .lane(Lane.named("failing").onFault(policy).idle(new BackoffIdleStrategy())
                    .handler("failing", failing).build())
                .build();
            bus.start();
            try
            {
                publish(bus, events);
            }
            catch (final BusHaltedException e)
            {
                isHalted = true;
            }
            bus.close(CLOSE_LIMIT_NS);
            journaled = writer.journaledSequence();
            final String fault = bus.fault().map((found) -> found.describe()).orElse("none");
            FaultFailure.require(bus.lane("failing").state().toString().length() > 0 &&
                (policy == FaultPolicy.DETACH || fault.contains("sequence=" + at)),
                "the fault is not told: policy=" + policy + " at=" + at + " fault=" + fault);
            FaultFailure.require(policy == FaultPolicy.HALT || (!isHalted && journaled == events - 1),
                "a detached lane cost others: journaled=" + journaled + " events=" + events);
            FaultFailure.require(journaled >= at, "recorder is behind the fault: journaled=" + journaled + " at=" + at);
            writer.close(FaultTapes.SUMMARY);
        }
        final TapeReport report = TapeVerifier.verify(tape);
        FaultFailure.require(report.status() == TapeStatus.OK, "tape is not whole: " + report);
        ReadBack.requireWhole(tape, journaled + 1);
    }

    private static void throwError(final boolean isMemory)
    {
        if (isMemory)
        {
            throw new OutOfMemoryError("made by a fault row");
        }
        throw new StackOverflowError("made by a fault row");
    }
}
