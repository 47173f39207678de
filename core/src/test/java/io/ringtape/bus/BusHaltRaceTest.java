package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane that finishes on a halt gets all that was published before the halt was accepted, whoever published it. */
@Timeout(110)
final class BusHaltRaceTest
{
    private static final int ROUNDS = 3_000;
    private static final int INBOX_EVENTS = 64;
    private static final int MAX_SPINS = 3_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void stopOther()
    {
        other.shutdownNow();
    }

    @Test
    void shouldFinishWhatTheWriterPublishedBeforeTheHalt() throws Exception
    {
        for (int round = 0; round < ROUNDS; round++)
        {
            final Count tape = new Count();
            final EventBus bus = bus(16).lane(lane("tape").finishOnHalt().handler("tape", tape).build()).build();
            bus.start();
            final Future<Long> accepted = other.submit(() -> publishUntilHalted(bus));
            spin(random.nextInt(MAX_SPINS));

            bus.halt();
            final long published = accepted.get();
            await(() -> bus.lane("tape").state() == LaneState.STOPPED);

            final String where = "seed=" + seed + " round=" + round;
            assertEquals(published, tape.events, where);
            assertEquals(published - 1, bus.cursor(), where);
            bus.close(CLOSE_LIMIT_NS);
        }
    }

    @Test
    void shouldFinishWhatAClosePublishedBeforeTheHalt() throws Exception
    {
        final EventBatch one = batch(7, 1);
        for (int round = 0; round < ROUNDS; round++)
        {
            final Count tape = new Count();
            final EventBus bus = bus(256).inbox("in", INBOX_EVENTS)
                .lane(lane("tape").finishOnHalt().handler("tape", tape).build()).build();
            bus.start();
            // Nobody has used the writer: the first thread to publish is the one that closes.
            for (int i = 0; i < INBOX_EVENTS; i++)
            {
                bus.inbox("in").offer(one);
            }
            final Future<Boolean> closed = other.submit(() -> bus.close(CLOSE_LIMIT_NS));
            spin(random.nextInt(MAX_SPINS));

            bus.halt();
            closed.get();

            final String where = "seed=" + seed + " round=" + round;
            assertEquals(bus.cursor() + 1, tape.events, where);
        }
    }

    @Test
    void shouldFinishWhatIsPublishedThoughASecondHaltCutsALookOff()
    {
        final BusControl control = new BusControl((fault) ->
        {
        }, System::nanoTime);
        final Sequencer sequencer = BusFixture.sequencer(16, 0);
        final Slots slots = new Slots(16);
        final Count tape = new Count();
        final LaneParts parts = LaneParts.of(
            lane("tape").finishOnHalt().handler("tape", tape).build(), control, sequencer, slots, null);
        final SequenceBarrier barrier = haltedAnew(sequencer.newBarrier(), control);
        control.barriers(new SequenceBarrier[] {barrier});
        control.change(BusControl.NEW, BusControl.RUNNING);
        slots.copy(0, 16, batch(0, 16).buffer(), 0);
        sequencer.claim(15);
        sequencer.publish(15);
        control.halt(null);

        new LaneThread(parts, new LaneRunner[0], barrier, slots, control, new WriterRole(control)).run();

        assertEquals(16, tape.events);
    }

    /** A barrier with a second halt right behind the place where a lane takes note of the first one. */
    private static SequenceBarrier haltedAnew(final SequenceBarrier barrier, final BusControl control)
    {
        final AtomicBoolean isFirst = new AtomicBoolean(true);
        return (SequenceBarrier)Proxy.newProxyInstance(
            SequenceBarrier.class.getClassLoader(), new Class<?>[] {SequenceBarrier.class},
            (proxy, method, arguments) ->
            {
                try
                {
                    final Object answer = method.invoke(barrier, arguments);
                    if (method.getName().equals("clearAlert") && isFirst.getAndSet(false))
                    {
                        control.halt(null);
                    }
                    return answer;
                }
                catch (final InvocationTargetException e)
                {
                    throw e.getCause();
                }
            });
    }

    private static long publishUntilHalted(final EventBus bus)
    {
        final EventBatch one = batch(7, 1);
        long count = 0;
        int result = bus.writer().tryPublish(one);
        while (result != Writer.HALTED)
        {
            count += result == Writer.ACCEPTED ? 1 : 0;
            result = bus.writer().tryPublish(one);
        }
        return count;
    }

    private static void spin(final int times)
    {
        for (int i = 0; i < times; i++)
        {
            Thread.onSpinWait();
        }
    }

    private static final class Count implements EventHandler
    {
        // Plain: the end of the lane makes it visible.
        private long events;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            events++;
        }
    }
}
