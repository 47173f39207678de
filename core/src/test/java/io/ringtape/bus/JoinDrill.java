package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One thread publishes events of two types in turn; another attaches, lets leave, and closes the bus, at whichever
 * moment. Handlers are slow now and then, some throw, some want one type only, and one, of a lane that spills, stands
 * still until the ring is far ahead. Everyone sees its events once and in order, up to where it was told that it ends.
 */
final class JoinDrill
{
    private static final int MAX_EVENTS = 4_096;
    private static final int MAX_PACKET = 16;
    private static final int MAX_SPINS = 4_000;
    private static final int SAME_TIME = 3;
    private static final String WORK = "work";
    private static final String SPILL = "spill";

    private final Way way;
    private final Random random;
    private final ArrayHistory history;
    private final Joiner old;
    private final Behind behind;
    private final EventBus bus;
    private final List<Joined> joined = new ArrayList<>();
    private volatile boolean isPublished;
    private boolean isDrained;

    /** What joins. */
    enum Way
    {
        /** A lane of its own. */
        LANE,
        /** A handler of a lane that runs: a fault of it is that lane's, once it has it. */
        HANDLER;

        private Attachment attach(
            final EventBus bus, final String name, final Joiner joiner, final JoinFrom from, final Random random)
        {
            if (this == LANE)
            {
                return bus.attach(lane(name).onFault(FaultPolicy.DETACH).batchLimit(1 + random.nextInt(30))
                    .handler(name, joiner, joiner.interest()).build(), from);
            }
            return bus.attach(WORK, name, joiner, joiner.interest(), from);
        }
    }

    private JoinDrill(final Way way, final int capacity, final long first, final Random random)
    {
        this.way = way;
        this.random = random;
        history = new ArrayHistory(first, MAX_EVENTS);
        old = new Joiner(Long.MAX_VALUE, random, 50);
        behind = new Behind(first + random.nextInt(100), 2L * capacity, new Joiner(Long.MAX_VALUE, random, 50));
        final Lane.Builder tape = lane("tape").batchLimit(1 + random.nextInt(20))
            .handler("stall", new Joiner(Long.MAX_VALUE, random, 50)).rangeHandler("recorder", history);
        bus = bus(capacity).firstSequence(first).history(history, "tape")
            .lane((random.nextBoolean() ? tape.inline() : tape).build())
            .lane(lane(WORK).onFault(FaultPolicy.DETACH).batchLimit(1 + random.nextInt(20))
                .handler("old", old, old.interest()).build())
            .lane(lane(SPILL).overflow(OverflowPolicy.SPILL).handler("behind", behind, behind.joiner.interest())
                .build()).build();
    }

    private static boolean isAdd(final long sequence)
    {
        return (sequence & 1) == 0;
    }

    private static EventBatch packet(final long sequence, final int count)
    {
        final EventBatch batch = new EventBatch(count);
        for (long s = sequence; s < sequence + count; s++)
        {
            batch.append().type(isAdd(s) ? EventType.ORDER_ADD : EventType.ORDER_DELETE).orderId(s)
                .receiveTimeNs(s / SAME_TIME);
        }
        return batch;
    }

    /**
     * Runs one.
     *
     * @param way      of all joins.
     * @param capacity of the ring.
     * @param first    sequence.
     * @param packets  that are published at most.
     * @param random   of all that is chosen; moments are as the machine has them.
     */
    static void run(final Way way, final int capacity, final long first, final int packets, final Random random)
    {
        final JoinDrill drill = new JoinDrill(way, capacity, first, random);
        drill.bus.start();
        final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        final Random writing = new Random(random.nextLong());
        final Thread visitors = new Thread(() -> drill.visit(packets, thrown), "visitors");
        visitors.setDaemon(true);
        visitors.start();

        final long published = drill.publish(packets, Math.min(capacity, MAX_PACKET), writing);
        await(() -> !visitors.isAlive());

        assertNull(thrown.get(), () -> "visitors: " + thrown.get());
        assertTrue(drill.isDrained);
        assertEquals(first + published - 1, drill.bus.cursor());
        drill.requireWhole();
    }

    private long publish(final int packets, final int most, final Random writing)
    {
        long published = 0;
        int answer = Writer.ACCEPTED;
        try
        {
            for (int i = 0; i < packets && answer == Writer.ACCEPTED; i++)
            {
                final int count = 1 + writing.nextInt(most);
                answer = bus.writer().publish(packet(bus.firstSequence() + published, count));
                published += answer == Writer.ACCEPTED ? count : 0;
                spin(writing.nextInt(MAX_SPINS));
            }
        }
        finally
        {
            isPublished = true;
        }
        assertTrue(answer == Writer.ACCEPTED || answer == Writer.CLOSED, "answer=" + answer);
        return published;
    }

    private void visit(final int packets, final AtomicReference<@Nullable Throwable> thrown)
    {
        try
        {
            for (int moves = random.nextInt(1 + packets / 2); moves > 0; moves--)
            {
                final long due = bus.cursor() + random.nextInt(4 * MAX_PACKET);
                await(() -> bus.cursor() >= due || isPublished);
                if (random.nextInt(3) != 0)
                {
                    join();
                }
                else if (!joined.isEmpty())
                {
                    final Joined one = joined.get(random.nextInt(joined.size()));
                    one.asked = true;
                    one.attachment.leave();
                }
            }
            isDrained = bus.close(CLOSE_LIMIT_NS);
            final JoinRefusedException tooLate = assertThrows(JoinRefusedException.class, () -> way.attach(
                bus, "too-late", new Joiner(Long.MAX_VALUE, random, 1), JoinFrom.live(), random));
            assertEquals(JoinRefusedException.Reason.NOT_RUNNING, tooLate.reason());
        }
        catch (final Throwable t)
        {
            thrown.set(t);
            // Else the writer may wait for a lane that nobody moves.
            bus.halt();
        }
    }

    private void join()
    {
        final long next = bus.cursor() + 1;
        final long from = bus.firstSequence() + random.nextInt((int)(next - bus.firstSequence()) + 1);
        // By a time only what the recorder has by now: which event has a time that is to come nobody knows.
        final long recorded = history.nextSequence() - bus.firstSequence();
        final JoinFrom start = switch (random.nextInt(recorded == 0 ? 3 : 4))
        {
            case 0 -> JoinFrom.live();
            case 1 -> JoinFrom.sequence(from);
            case 2 -> JoinFrom.start();
            default -> JoinFrom.time((bus.firstSequence() + random.nextInt((int)recorded)) / SAME_TIME);
        };
        final long about = switch (start.kind())
        {
            case LIVE -> next;
            case TIME -> Math.max(bus.firstSequence(), SAME_TIME * start.value());
            default -> Math.max(bus.firstSequence(), start.value());
        };
        final int oneIn = way == Way.LANE ? 4 : 8;
        final long failsAt = random.nextInt(oneIn) == 0 ? about + random.nextInt(200) : Long.MAX_VALUE;
        final Joiner joiner = new Joiner(failsAt, random, 100);
        try
        {
            final Attachment attachment = way.attach(bus, "late-" + joined.size(), joiner, start, random);
            final long found = attachment.firstSequence();
            joined.add(new Joined(attachment, joiner));
            // The writer goes on meanwhile: live is somewhere between the call and the return.
            assertTrue(found == about ||
                (start.kind() == JoinFrom.Kind.LIVE && found > about && found <= bus.cursor() + 1),
                "from=" + start + " first=" + found + " expected=" + about);
        }
        catch (final JoinRefusedException e)
        {
            assertEquals(JoinRefusedException.Reason.LANE_ENDED, e.reason());
            assertEquals(LaneState.DETACHED, bus.lane(WORK).state());
        }
    }

    private void requireWhole()
    {
        final boolean isWhole = bus.lane(WORK).state() == LaneState.STOPPED;
        old.requireFrom(bus.firstSequence());
        assertTrue(isWhole ? old.stopped == bus.cursor() : way == Way.HANDLER);
        behind.requireWhole(bus.lane(SPILL), bus.firstSequence(), bus.cursor());
        joined.forEach((one) -> one.requireWhole(bus.cursor(), isWhole));
        assertEquals(0, history.openCount());
    }

    private static void spin(final int times)
    {
        for (int i = times; i > 0; i--)
        {
            Thread.onSpinWait();
        }
    }

    /** What became of a join. */
    private static final class Joined
    {
        private final Attachment attachment;
        private final Joiner joiner;
        private boolean asked;

        private Joined(final Attachment attachment, final Joiner joiner)
        {
            this.attachment = attachment;
            this.joiner = joiner;
        }

        private void requireWhole(final long cursor, final boolean isWhole)
        {
            final LeaveReason reason = attachment.reason().orElseThrow();
            joiner.requireFrom(attachment.firstSequence());
            assertEquals(reason, joiner.left);
            assertEquals(joiner.stopped, joiner.leftAt);
            switch (reason)
            {
                case CLOSED -> assertEquals(cursor, joiner.stopped);
                // Its own fault, or that of another handler of the lane that it had joined.
                case FAULT -> assertTrue(joiner.stopped == joiner.failsAt - 1 || !isWhole);
                case ASKED -> assertTrue(asked);
                case LANE -> assertTrue(!isWhole);
                default -> throw new AssertionError("reason=" + reason);
            }
        }
    }

    /** Stands still at an event until the ring has none of the next ones, or none will come. */
    private final class Behind implements EventHandler
    {
        private final long waitsAt;
        private final long far;
        private final Joiner joiner;
        private boolean hasFallen;

        private Behind(final long waitsAt, final long far, final Joiner joiner)
        {
            this.waitsAt = waitsAt;
            this.far = far;
            this.joiner = joiner;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.sequence() == waitsAt)
            {
                await(() -> bus.cursor() >= waitsAt + far || isPublished);
                hasFallen = bus.cursor() >= waitsAt + far;
            }
            joiner.onEvent(event);
        }

        @Override
        public void onStop(final long lastSequence)
        {
            joiner.onStop(lastSequence);
        }

        private void requireWhole(final LaneStatus lane, final long first, final long cursor)
        {
            assertEquals(LaneState.STOPPED, lane.state());
            assertEquals(cursor, joiner.stopped);
            joiner.requireFrom(first);
            assertTrue(!hasFallen || lane.spillCount() > 0, "spills=" + lane.spillCount());
        }
    }

    /** Loses time now and then, and may fail once; wants all events, or those of one type. */
    private static final class Joiner implements EventHandler, JoinListener
    {
        private final BusFixture.Recorder events = new BusFixture.Recorder();
        private final long failsAt;
        private final Random random;
        private final int perMille;
        private final boolean wantsAll;
        private LeaveReason left = LeaveReason.HISTORY;
        private long leftAt;
        private long stopped;

        private Joiner(final long failsAt, final Random choice, final int mostPerMille)
        {
            this.failsAt = failsAt;
            random = new Random(choice.nextLong());
            perMille = choice.nextInt(mostPerMille);
            wantsAll = choice.nextBoolean();
        }

        private Interest interest()
        {
            return wantsAll ? Interest.all() : Interest.all().withTypes(EventType.ORDER_ADD);
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.sequence() == failsAt)
            {
                throw new IllegalStateException("drill");
            }
            if (random.nextInt(1_000) < perMille)
            {
                spin(random.nextInt(2_000));
            }
            events.onEvent(event);
        }

        @Override
        public void onLeft(final long sequence, final LeaveReason reason)
        {
            left = reason;
            leftAt = sequence;
        }

        @Override
        public void onStop(final long lastSequence)
        {
            stopped = lastSequence;
        }

        // Up to where it was told at its stop it has seen what it wants, and nothing else: none is missing, none came
        // twice.
        private void requireFrom(final long first)
        {
            final long[] all =
                LongStream.rangeClosed(first, stopped).filter((sequence) -> wantsAll || isAdd(sequence)).toArray();
            assertArrayEquals(all, events.sequences());
            assertArrayEquals(all, events.orderIds());
        }
    }
}
