package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The quick share of the fault matrix that the bus alone answers for, by its ids. */
@Timeout(30)
final class BusFaultMatrixTest
{
    private static final int F28_ROUNDS = 100;
    private static final FaultPhase[] PHASES = {FaultPhase.START, FaultPhase.EVENT, FaultPhase.BATCH_END};
    private static final long STALL_LIMIT_NS = 50_000_000L;
    private static final int F30_ROUNDS = 10_000;
    private static final int F27_INTERRUPTS = 100;

    @Test
    void f27ShouldLoseNothingUnderInterruptsAndKeepTheFlag()
    {
        final Interruptible recorder = new Interruptible();
        final EventBus bus = bus(16).lane(lane("l").handler("h", recorder).build()).build();
        bus.start();
        await(() -> recorder.thread != null);

        for (int i = 0; i < F27_INTERRUPTS; i++)
        {
            recorder.thread.interrupt();
            Thread.currentThread().interrupt();
            for (int k = 0; k < 10; k++)
            {
                assertEquals(Writer.ACCEPTED, bus.writer().publish(batch(0, 3)));
            }
            assertTrue(Thread.currentThread().isInterrupted());
        }

        final boolean drained = bus.close(CLOSE_LIMIT_NS);
        assertTrue(Thread.interrupted());
        assertTrue(drained);
        assertTrue(recorder.interruptedAtStop);
        assertArrayEquals(LongStream.range(0, 30L * F27_INTERRUPTS).toArray(), recorder.all.sequences());
    }

    @ParameterizedTest
    @EnumSource(FaultPolicy.class)
    void f28ShouldApplyPolicyToHandlerThatThrowsAtRandom(final FaultPolicy policy)
    {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (int round = 0; round < F28_ROUNDS; round++)
        {
            final String context = "seed=" + seed + " round=" + round;
            final long at = random.nextInt(200);
            final BusFixture.Recorder other = new BusFixture.Recorder();
            final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();
            final Lane.Builder failing = lane("l").onFault(policy).batchLimit(1 + random.nextInt(8))
                .statelessHandler("failing", new FailingAt(FaultPhase.EVENT, at));
            final EventBus bus = bus(16).faultListener(fault::set)
                .lane((random.nextBoolean() ? failing.inline() : failing).build())
                .lane(lane("other").handler("other", other).build())
                .build();
            bus.start();

            final boolean refused = publishUntilHalted(bus, 200, random);
            final boolean drained = bus.close(CLOSE_LIMIT_NS);

            assertEquals(new Fault("l", "failing", FaultPhase.EVENT, at, policy, fault.get().cause()), fault.get(),
                context);
            assertEquals(policy != FaultPolicy.HALT, drained, context);
            if (policy != FaultPolicy.HALT)
            {
                assertFalse(refused, context);
                assertArrayEquals(LongStream.range(0, 200).toArray(), other.sequences(), context);
            }
            assertEquals(policy == FaultPolicy.SKIP ? 1 : 0, bus.lane("l").skippedCount(), context);
        }
    }

    @ParameterizedTest
    @EnumSource(FaultPolicy.class)
    void f28ShouldApplyPolicyAtStartAndAtTheEndOfABatch(final FaultPolicy policy)
    {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (int round = 0; round < F28_ROUNDS; round++)
        {
            final String context = "seed=" + seed + " round=" + round;
            final FaultPhase phase = PHASES[random.nextInt(PHASES.length)];
            final int size = 1 + random.nextInt(8);
            // A claim is a batch of an inline lane: the last event of a batch and its end are known beforehand.
            final long at = phase == FaultPhase.START ? 0 : (long)size * random.nextInt(20) + size - 1;
            final FaultPolicy applied =
                policy == FaultPolicy.SKIP && phase == FaultPhase.START ? FaultPolicy.HALT : policy;
            final BusFixture.Recorder behind = new BusFixture.Recorder();
            final BusFixture.Recorder other = new BusFixture.Recorder();
            final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();
            final EventBus bus = bus(16).faultListener(fault::set)
                .lane(lane("l").inline().onFault(policy).batchLimit(8)
                    .statelessHandler("failing", new FailingAt(phase, at)).statelessHandler("behind", behind).build())
                .lane(lane("other").handler("other", other).build())
                .build();
            bus.start();

            final boolean halted = publishUntilHalted(bus, 20, size);
            final boolean drained = bus.close(CLOSE_LIMIT_NS);

            assertEquals(new Fault("l", "failing", phase, at, applied, fault.get().cause()), fault.get(), context);
            assertEquals(applied == FaultPolicy.HALT, halted, context);
            assertEquals(applied != FaultPolicy.HALT, drained, context);
            if (applied != FaultPolicy.HALT)
            {
                assertArrayEquals(LongStream.range(0, 20L * size).toArray(), other.sequences(), context);
            }
            if (applied == FaultPolicy.SKIP)
            {
                assertArrayEquals(LongStream.range(0, 20L * size).toArray(), behind.sequences(), context);
                assertEquals(20, behind.ends(), context);
            }
        }
    }

    @Test
    void f29ShouldAnswerFullAndNameTheLaneThatHangs()
    {
        final BusFixture.Hold hang = new BusFixture.Hold();
        final BusFixture.Recorder other = new BusFixture.Recorder();
        final List<Stall> stalls = new CopyOnWriteArrayList<>();
        final EventBus bus = bus(8).lane(lane("hanging").handler("hang", hang).build())
            .stallLimit(STALL_LIMIT_NS, stalls::add)
            .lane(lane("other").handler("other", other).build()).build();
        bus.start();
        final Writer writer = bus.writer();

        await(() -> writer.tryPublish(batch(0, 1)) == Writer.FULL);
        await(() -> bus.lane("other").lag() == 0);

        await(() -> stalls.stream().anyMatch((told) -> told.lane().equals("hanging")));
        final Stall stall = stalls.stream().filter((told) -> told.lane().equals("hanging")).findFirst().orElseThrow();
        assertEquals(new Stall("hanging", "hang", "", 0, stall.lag(), stall.waitedNs()), stall);
        assertTrue(stall.lag() > 0);
        assertTrue(stall.waitedNs() >= STALL_LIMIT_NS);
        assertEquals(8, bus.lane("hanging").lag());
        assertEquals(8, other.count());
        assertFalse(bus.close(50_000_000L));
        assertEquals(Writer.CLOSED, writer.tryPublish(batch(0, 1)));
        hang.release();
    }

    @Test
    void f31ShouldRefuseInlineHandlerThatPublishesWhileItIsStartedOrStopped()
    {
        for (final FaultPhase phase : List.of(FaultPhase.START, FaultPhase.STOP))
        {
            for (final boolean ownThread : new boolean[]{false, true})
            {
                final AtomicReference<EventBus> self = new AtomicReference<>();
                final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();
                final EventBusBuilder builder = bus(8).faultListener(fault::set)
                    .lane(lane("l").inline().handler("loop", new Publishing(phase, self)).build());
                final EventBus bus = (ownThread ? builder.ownWriterThread() : builder).build();
                self.set(bus);
                bus.start();

                if (!ownThread)
                {
                    assertEquals(phase == FaultPhase.START ? Writer.HALTED : Writer.ACCEPTED,
                        bus.writer().tryPublish(batch(0, 1)));
                }

                assertFalse(bus.close(CLOSE_LIMIT_NS));
                final Fault found = fault.get();
                assertEquals(phase, found.phase());
                assertTrue(found.cause().getMessage().startsWith(
                    "a handler must not publish through the writer, it offers to an inbox: thread="));
                assertEquals(phase == FaultPhase.START || ownThread ? -1 : 0, bus.cursor());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FaultPolicy.class)
    void f32ShouldTreatWantOfMemoryAndOfStackAsFaults(final FaultPolicy policy)
    {
        final FaultPolicy applied = policy == FaultPolicy.DETACH ? FaultPolicy.DETACH : FaultPolicy.HALT;
        for (final EventHandler greedy : List.<EventHandler>of(
            (event) -> fill(new ArrayList<>()), (event) -> descend(event, 0)))
        {
            final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();
            final EventBus bus = bus(8).faultListener(fault::set)
                .lane(lane("l").onFault(policy).statelessHandler("greedy", greedy).build()).build();
            bus.start();

            bus.writer().tryPublish(batch(0, 1));
            await(() -> fault.get() != null);

            assertEquals(new Fault("l", "greedy", FaultPhase.EVENT, 0, applied, fault.get().cause()), fault.get());
            assertInstanceOf(VirtualMachineError.class, fault.get().cause());
            assertEquals(applied == FaultPolicy.DETACH, bus.close(CLOSE_LIMIT_NS));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void f30ShouldHandleOrRefuseEachPublishAgainstClose(final Way way) throws Exception
    {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final ExecutorService publisher = Executors.newSingleThreadExecutor();
        try
        {
            for (int round = 0; round < F30_ROUNDS / Way.values().length; round++)
            {
                final Counter counter = new Counter();
                final Lane.Builder lane = lane("l").handler("h", counter);
                final EventBusBuilder builder = bus(8)
                    .lane((way == Way.WRITER_AND_LANE_THREAD ? lane : lane.inline()).build());
                final EventBus bus = switch (way)
                {
                    case INBOX_DRAINED_BY_CLOSE -> builder.inbox("in", 16).build();
                    case INBOX_AND_WRITER_THREAD -> builder.inbox("in", 16).ownWriterThread().build();
                    default -> builder.build();
                };
                bus.start();
                final Future<Long> accepted = publisher.submit(
                    way.offers ? () -> offerUntilClosed(bus) : () -> publishUntilClosed(bus));
                spin(random.nextInt(4_000));

                final boolean drained = bus.close(CLOSE_LIMIT_NS);

                final String context = "seed=" + seed + " round=" + round;
                assertTrue(drained, context);
                assertEquals(accepted.get(), counter.count, context);
                assertEquals(bus.cursor() + 1, counter.count, context);
            }
        }
        finally
        {
            publisher.shutdownNow();
        }
    }

    private static boolean publishUntilHalted(final EventBus bus, final int count, final Random random)
    {
        int published = 0;
        try
        {
            while (published < count)
            {
                final int size = Math.min(count - published, 1 + random.nextInt(4));
                assertEquals(Writer.ACCEPTED, bus.writer().publish(batch(published, size)));
                published += size;
            }
            bus.writer().awaitLane("l");
            return false;
        }
        catch (final BusHaltedException e)
        {
            return true;
        }
    }

    private static boolean publishUntilHalted(final EventBus bus, final int claims, final int size)
    {
        for (int i = 0; i < claims; i++)
        {
            int answer = Writer.FULL;
            while (answer == Writer.FULL)
            {
                answer = bus.writer().tryPublish(batch((long)i * size, size));
            }
            if (answer == Writer.HALTED)
            {
                return true;
            }
        }
        return bus.state() == BusState.HALTED;
    }

    // The JVM refuses an array of this length whatever the heap.
    private static void fill(final List<long[]> held)
    {
        held.add(new long[Integer.MAX_VALUE]);
    }

    private static int descend(final OrderBookEvent event, final int depth)
    {
        return event.type() == 0 ? depth : descend(event, depth + 1) + 1;
    }

    private static Long publishUntilClosed(final EventBus bus)
    {
        final EventBatch batch = batch(0, 2);
        long accepted = 0;
        while (bus.writer().publish(batch) == Writer.ACCEPTED)
        {
            accepted += 2;
        }
        return accepted;
    }

    private static Long offerUntilClosed(final EventBus bus)
    {
        final EventBatch batch = batch(0, 2);
        final EventPublisher inbox = bus.inbox("in");
        long accepted = 0;
        while (true)
        {
            final int result = inbox.offer(batch);
            if (result == EventPublisher.CLOSED)
            {
                return accepted;
            }
            if (result == EventPublisher.ACCEPTED)
            {
                accepted += 2;
            }
            else
            {
                Thread.onSpinWait();
            }
        }
    }

    private static void spin(final int times)
    {
        for (int i = 0; i < times; i++)
        {
            Thread.onSpinWait();
        }
    }

    /** Who publishes while the bus is closed by another thread. */
    private enum Way
    {
        WRITER_AND_LANE_THREAD(false),
        WRITER_AND_INLINE_LANE(false),
        INBOX_DRAINED_BY_CLOSE(true),
        INBOX_AND_WRITER_THREAD(true);

        private final boolean offers;

        Way(final boolean offers)
        {
            this.offers = offers;
        }
    }

    private static final class Counter implements EventHandler
    {
        private long count;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            count++;
        }
    }

    /** Throws once, in one kind of call. */
    private static final class FailingAt implements EventHandler
    {
        private final FaultPhase phase;
        private final long at;
        private boolean failed;

        private FailingAt(final FaultPhase phase, final long at)
        {
            this.phase = phase;
            this.at = at;
        }

        @Override
        public void onStart(final long firstSequence)
        {
            failAt(FaultPhase.START, firstSequence);
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            failAt(FaultPhase.EVENT, event.sequence());
        }

        @Override
        public void onBatchEnd(final long lastSequence)
        {
            failAt(FaultPhase.BATCH_END, lastSequence);
        }

        private void failAt(final FaultPhase called, final long sequence)
        {
            if (called == phase && sequence == at && !failed)
            {
                failed = true;
                throw new IllegalStateException("drill");
            }
        }
    }

    /** Publishes to its own ring when it is started or stopped. */
    private static final class Publishing implements EventHandler
    {
        private final FaultPhase phase;
        private final AtomicReference<EventBus> bus;

        private Publishing(final FaultPhase phase, final AtomicReference<EventBus> bus)
        {
            this.phase = phase;
            this.bus = bus;
        }

        @Override
        public void onStart(final long firstSequence)
        {
            publishIn(FaultPhase.START);
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
        }

        @Override
        public void onStop(final long lastSequence)
        {
            publishIn(FaultPhase.STOP);
        }

        private void publishIn(final FaultPhase called)
        {
            if (called == phase)
            {
                bus.get().writer().publish(batch(0, 1));
            }
        }
    }

    private static final class Interruptible implements EventHandler
    {
        private final BusFixture.Recorder all = new BusFixture.Recorder();
        private volatile @Nullable Thread thread;
        private volatile boolean interruptedAtStop;

        @Override
        public void onStart(final long firstSequence)
        {
            thread = Thread.currentThread();
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            all.onEvent(event);
        }

        @Override
        public void onStop(final long lastSequence)
        {
            interruptedAtStop = Thread.currentThread().isInterrupted();
        }
    }
}
