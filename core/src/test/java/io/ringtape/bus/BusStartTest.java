package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class BusStartTest
{
    /** Longer than the time limit of a test: one that waits for it fails. */
    private static final long TOO_LONG_NS = 15_000_000_000L;

    private final BusFixture.Recorder recorder = new BusFixture.Recorder();
    private final BusFixture.Recorder inline = new BusFixture.Recorder();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCloseAtOnceWhatWasHaltedBeforeItWasStarted(final boolean ownWriterThread)
    {
        final EventBusBuilder builder = bus(8)
            .lane(lane("l").handler("h", recorder).build())
            .lane(lane("tape").finishOnHalt().handler("tape", new BusFixture.Recorder()).build())
            .lane(lane("inline").inline().handler("inline", inline).build());
        final EventBus bus = (ownWriterThread ? builder.ownWriterThread() : builder).build();
        bus.halt();

        assertFalse(bus.close(TOO_LONG_NS));

        assertFalse(bus.close(TOO_LONG_NS));
        assertEquals(BusState.HALTED, bus.state());
        assertEquals(Long.MIN_VALUE, recorder.startedAt());
        assertEquals(Long.MIN_VALUE, inline.startedAt());
        assertEquals("bus cannot be started: state=HALTED",
            assertThrows(IllegalStateException.class, bus::start).getMessage());
    }

    @Test
    void shouldWaitForLanesOfBusThatWasHaltedAfterItsStart()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(8).lane(lane("l").handler("hold", hold).build()).build();
        bus.start();
        bus.writer().publish(batch(0, 1));
        hold.awaitHeld();
        bus.halt();

        assertFalse(bus.close(20_000_000L));

        assertEquals(LaneState.RUNNING, bus.lane("l").state());
        hold.release();
        await(() -> bus.lane("l").state() == LaneState.STOPPED);
    }

    @ParameterizedTest
    @CsvSource({"0,true", "1,true", "2,true", "0,false", "1,false"})
    void shouldHaltAndEndWhereThreadCannotBeStarted(final int failing, final boolean ownWriterThread)
    {
        final Unstartable threads = new Unstartable(failing);
        final EventBusBuilder builder = bus(8).threadFactory(threads)
            .lane(lane("first").handler("first", recorder).build())
            .lane(lane("second").finishOnHalt().handler("second", new BusFixture.Recorder()).build())
            .lane(lane("inline").inline().handler("inline", inline).build());
        final EventBus bus = (ownWriterThread ? builder.ownWriterThread() : builder).build();

        assertSame(threads.failure, assertThrows(OutOfMemoryError.class, bus::start));

        assertEquals(BusState.HALTED, bus.state());
        await(() -> bus.lane("first").state() == LaneState.STOPPED);
        await(() -> bus.lane("second").state() == LaneState.STOPPED);
        assertFalse(bus.close(TOO_LONG_NS));
        assertEquals(LaneState.STOPPED, bus.lane("inline").state());
        threads.awaitEnd();
    }

    @Test
    void shouldStayNewWhereThreadCannotEvenBeMade()
    {
        final IllegalStateException failure = new IllegalStateException("no thread");
        final EventBus bus = bus(8).lane(lane("l").handler("h", recorder).build())
            .threadFactory((runnable) ->
            {
                throw failure;
            }).build();

        assertSame(failure, assertThrows(IllegalStateException.class, bus::start));

        assertEquals(BusState.NEW, bus.state());
        assertTrue(bus.close(TOO_LONG_NS));
    }

    @Test
    void shouldKnowItsThreadsBeforeItRuns()
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        final ThreadFactory factory = (runnable) ->
        {
            thrown.compareAndSet(null, assertThrows(
                Throwable.class, () -> self.get().writer().tryPublish(batch(0, 1))));
            return daemon(runnable);
        };
        final EventBus bus = bus(8).ownWriterThread().threadFactory(factory)
            .lane(lane("l").handler("h", recorder).build()).build();
        self.set(bus);

        bus.start();

        final Throwable early = thrown.get();
        assertNotNull(early);
        assertInstanceOf(IllegalStateException.class, early);
        assertEquals("bus is not started", early.getMessage());
        assertEquals("not the writer's thread: writer=ringtape-writer thread=" + Thread.currentThread().getName(),
            assertThrows(IllegalStateException.class, () -> bus.writer().tryPublish(batch(0, 1))).getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, recorder.count());
    }

    private static Thread daemon(final Runnable runnable)
    {
        final Thread thread = new Thread(runnable);
        thread.setDaemon(true);
        return thread;
    }

    /** Makes threads of which one, counted in the order of their starts, cannot be started. */
    private static final class Unstartable implements ThreadFactory
    {
        private final OutOfMemoryError failure = new OutOfMemoryError("unable to create native thread");
        private final int failing;
        private final List<Thread> threads = new ArrayList<>();
        private int starts;

        private Unstartable(final int failing)
        {
            this.failing = failing;
        }

        @Override
        public Thread newThread(final Runnable runnable)
        {
            final Thread thread = new Thread(runnable)
            {
                @Override
                public synchronized void start()
                {
                    if (starts++ == failing)
                    {
                        throw failure;
                    }
                    super.start();
                }
            };
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        }

        private void awaitEnd()
        {
            await(() -> threads.stream().noneMatch(Thread::isAlive));
        }
    }
}
