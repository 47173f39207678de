package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.RangeHandler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lanes that run after a frontier. */
@Timeout(10)
final class FrontierTest
{
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final BusFixture.Recorder behind = new BusFixture.Recorder();
    private final ByHand byHand = new ByHand();

    @Test
    void shouldDeliverWhatTheFrontierHasPassedAndNoMore()
    {
        final EventBus bus = bus(16).lane(lane("behind").after(byHand).handler("h", behind).build()).build();
        bus.start();
        bus.writer().publish(batch(0, 10));

        byHand.reached = 3;
        await(() -> behind.count() == 4);
        byHand.reached = 20;
        await(() -> behind.count() == 10);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(LongStream.range(0, 10).toArray(), behind.sequences());
    }

    @Test
    void shouldHoldTheRingWhileTheFrontierStandsStill()
    {
        final EventBus bus = bus(8).lane(lane("behind").after(byHand).handler("h", behind).build()).build();
        bus.start();

        await(() -> bus.writer().tryPublish(batch(0, 1)) == Writer.FULL);

        assertEquals(7, bus.cursor());
        assertEquals(0, behind.count());
        assertEquals(8, bus.lane("behind").lag());
        byHand.reached = 7;
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(8, behind.count());
    }

    @Test
    void shouldCloseWithinItsLimitThoughTheFrontierStandsStill()
    {
        final EventBus bus = bus(8).lane(lane("behind").after(byHand).handler("h", behind).build()).build();
        bus.start();
        byHand.reached = 1;
        bus.writer().publish(batch(0, 4));
        await(() -> behind.count() == 2);

        assertFalse(bus.close(SHORT_NS));

        await(() -> bus.lane("behind").state() == LaneState.STOPPED);
        assertArrayEquals(new long[]{0, 1}, behind.sequences());
        assertEquals(1, behind.stoppedAt());
    }

    @Test
    void shouldEndOnHaltThoughTheFrontierStandsStill()
    {
        final EventBus bus = bus(8).lane(lane("behind").finishOnHalt().after(byHand).handler("h", behind).build())
            .build();
        bus.start();
        byHand.reached = 1;
        bus.writer().publish(batch(0, 4));

        bus.halt();

        await(() -> bus.lane("behind").state() == LaneState.STOPPED);
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(1, behind.stoppedAt());
    }

    @Test
    void shouldFinishOnHaltAsFarAsTheRecorderGot()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final Recorder recorder = new Recorder();
        final EventBus bus = bus(64)
            .lane(lane("tape").finishOnHalt().handler("hold", hold).rangeHandler("recorder", recorder).build())
            .lane(lane("behind").finishOnHalt().after(recorder).handler("h", behind).build())
            .build();
        bus.start();
        bus.writer().publish(batch(0, 10));
        hold.awaitHeld();

        bus.halt();
        hold.release();

        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(LongStream.range(0, 10).toArray(), behind.sequences());
        assertEquals(9, behind.stoppedAt());
    }

    /** Moves when a test says so. */
    static final class ByHand implements Frontier
    {
        private volatile long reached = -1;

        @Override
        public String name()
        {
            return "by-hand";
        }

        @Override
        public long sequence()
        {
            return reached;
        }
    }

    /** Moves with each range that it gets. */
    private static final class Recorder implements RangeHandler, Frontier
    {
        private volatile long reached = -1;

        @Override
        public void onRange(final UnsafeBuffer buffer, final int offset, final long firstSequence, final int count)
        {
            reached = firstSequence + count - 1;
        }

        @Override
        public String name()
        {
            return "recorded";
        }

        @Override
        public long sequence()
        {
            return reached;
        }

        @Override
        public Optional<RangeHandler> recorder()
        {
            return Optional.of(this);
        }
    }
}
