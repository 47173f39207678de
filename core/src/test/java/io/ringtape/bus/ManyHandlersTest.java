package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.SingleProducerSequencer;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More handlers on a lane than an interest table holds. */
@Timeout(10)
final class ManyHandlersTest
{
    private static final int HANDLERS = 40;
    private static final int INSTRUMENT_EVENTS = 5;
    private static final int CAPACITY = 8;

    private final BusControl control = new BusControl((fault) ->
    {
    }, System::nanoTime);
    private final Slots slots = new Slots(CAPACITY);
    private final List<BusFixture.Recorder> recorders = new ArrayList<>();

    @Test
    void shouldGiveEachHandlerItsEventsInOrderThoughOthersThrowOnThem()
    {
        final List<String> calls = new ArrayList<>();
        final Lane.Builder lane = lane("l").inline().onFault(FaultPolicy.SKIP);
        for (int i = 0; i < HANDLERS; i++)
        {
            final int index = i;
            final EventHandler handler = (event) ->
            {
                calls.add(event.sequence() + ":" + index);
                // A third of the handlers throws on each event, in turn.
                if ((event.sequence() + index) % 3 == 0)
                {
                    throw new IllegalStateException("drill");
                }
            };
            lane.statelessHandler("h" + i, handler, i % 2 == 0 ? Interest.all() : Interest.all().withInstruments(i));
        }
        final EventBus bus = bus(64).lane(lane.build()).build();
        bus.start();
        final EventBatch packet = new EventBatch(HANDLERS);
        final List<String> expected = new ArrayList<>();
        for (int id = 0; id < HANDLERS; id++)
        {
            packet.append().type(EventType.TRADE).instrumentId(id);
            for (int i = 0; i < HANDLERS; i++)
            {
                if (i % 2 == 0 || i == id)
                {
                    expected.add(id + ":" + i);
                }
            }
        }

        bus.writer().publish(packet);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(expected, calls);
        assertEquals(expected.stream().filter(ManyHandlersTest::isThrown).count(), bus.lane("l").skippedCount());
    }

    @Test
    void shouldLetDetailsFollowWhereAHandlerJoinsOrLeavesAheadOfThem()
    {
        final Lane.Builder chosen = lane("l");
        for (int i = 0; i < HANDLERS; i++)
        {
            chosen.handler("h" + i, recorder(), Interest.all().withInstruments(i / INSTRUMENT_EVENTS));
        }
        final LaneRunner lane = started(chosen);
        final LaneRunner one = started(lane("one").handler("one", recorder(), Interest.all().withInstruments(3)));
        final LaneRunner other = started(lane("other").handler("other", recorder(), Interest.all().withInstruments(4)));
        fill(0, EventType.OWN_NEW, 3);
        for (int i = 1; i <= 4; i++)
        {
            fill(i, EventType.DETAIL, 0);
        }

        for (final LaneRunner runner : List.of(lane, one, other))
        {
            assertTrue(runner.deliver(0, 0));
        }
        lane.append(one);
        assertTrue(lane.deliver(1, 1));
        lane.drop(lane.lane().handlers().get(2));
        assertTrue(lane.deliver(2, 2));
        lane.drop(lane.lane().handlers().get(16));
        assertTrue(lane.deliver(3, 3));
        lane.append(other);
        assertTrue(lane.deliver(4, 4));

        for (int i = 0; i < HANDLERS; i++)
        {
            // The handler at 16 asks for instrument 3 and has left.
            final int events = i == 16 ? 3 : i / INSTRUMENT_EVENTS == 3 ? 5 : 0;
            assertArrayEquals(LongStream.range(0, events).toArray(), recorders.get(i).sequences(), "handler " + i);
        }
        assertArrayEquals(LongStream.range(0, 5).toArray(), recorders.get(HANDLERS).sequences());
        assertEquals(0, recorders.get(HANDLERS + 1).count());
    }

    private static boolean isThrown(final String call)
    {
        final int colon = call.indexOf(':');
        return (Integer.parseInt(call.substring(0, colon)) + Integer.parseInt(call.substring(colon + 1))) % 3 == 0;
    }

    private BusFixture.Recorder recorder()
    {
        final BusFixture.Recorder recorder = new BusFixture.Recorder();
        recorders.add(recorder);
        return recorder;
    }

    private LaneRunner started(final Lane.Builder lane)
    {
        final LaneRunner runner = new LaneRunner(
            lane.build(), control, new SingleProducerSequencer(CAPACITY, new PollingWaitStrategy()), slots);
        runner.start();
        return runner;
    }

    private void fill(final long sequence, final int type, final int instrumentId)
    {
        final EventBatch event = new EventBatch(1);
        event.append().type(type).instrumentId(instrumentId);
        slots.copy(sequence, 1, event.buffer(), 0);
    }
}
