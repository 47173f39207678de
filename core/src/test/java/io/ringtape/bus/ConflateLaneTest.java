package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.OverflowFixture.started;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Conflater;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ConflateLaneTest
{
    private final OverflowFixture.Hold hold = new OverflowFixture.Hold();
    private final Notes notes = new Notes(hold);
    private final LastPrice conflater = new LastPrice();

    @Test
    void shouldDeliverEachStateToAHandlerThatKeepsUp()
    {
        hold.release();
        final EventBus bus = bus(16).lane(conflating(OverflowPolicy.GATE, 16).build()).build();
        bus.start();

        for (int i = 0; i < 5; i++)
        {
            quote(bus, 0, i);
            bus.writer().awaitLane("slow");
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("0:quote:0 end=0 1:quote:1 end=1 2:quote:2 end=2 3:quote:3 end=3 4:quote:4 end=4",
            notes.text());
        assertEquals(5, bus.lane("slow").conflatedCount());
    }

    @Test
    void shouldMergeWhatCameMeanwhileAndKeepTheOrderOfTheRest()
    {
        final EventBus bus = bus(16).lane(conflating(OverflowPolicy.GATE, 16).build()).build();
        bus.start();
        quote(bus, 0, 100);
        hold.awaitHeld();

        quote(bus, 1, 1);
        trade(bus, 7);
        quote(bus, 2, 2);
        quote(bus, 1, 3);
        trade(bus, 8);
        quote(bus, 3, 4);
        quote(bus, 1, 5);
        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("0:quote:100 end=0 2:trade:7 3:quote:2 5:trade:8 6:quote:4 7:quote:5 end=7", notes.text());
        assertEquals(6, bus.lane("slow").conflatedCount());
        assertEquals(0, bus.lane("slow").shedCount());
        assertEquals(7, bus.lane("slow").sequence());
    }

    @Test
    void shouldDeliverBeforeItTakesMoreThanItCanHold()
    {
        final EventBus bus = bus(16).lane(conflating(OverflowPolicy.GATE, 4).build()).build();
        bus.start();
        quote(bus, 0, 100);
        hold.awaitHeld();

        for (int i = 1; i < 8; i++)
        {
            trade(bus, i);
        }
        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("0:quote:100 end=0 1:trade:1 2:trade:2 3:trade:3 end=3 4:trade:4 5:trade:5 6:trade:6 end=6 " +
            "7:trade:7 end=7", notes.text());
    }

    @Test
    void shouldMoveOnWhereNothingIsLeftToDeliver()
    {
        hold.release();
        final EventBus bus = bus(16).lane(conflating(OverflowPolicy.GATE, 4).build()).build();
        bus.start();

        bus.writer().claim(2);
        bus.writer().abandon();
        bus.writer().awaitLane("slow");

        assertEquals(1, bus.lane("slow").sequence());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", notes.text());
        assertEquals(0, bus.lane("slow").conflatedCount());
    }

    @Test
    void shouldMakeTheRingWaitWhereItGates()
    {
        final EventBus bus = started(conflating(OverflowPolicy.GATE, 8));
        quote(bus, 0, 100);
        hold.awaitHeld();
        for (int i = 1; i <= 8; i++)
        {
            trade(bus, i);
        }

        assertEquals(Writer.FULL, bus.writer().tryPublish(OverflowFixture.batch(9, 1)));
        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(9, notes.count);
        assertEquals(0, bus.lane("slow").evictionCount());
        assertEquals(0, bus.lane("slow").shedCount());
    }

    @Test
    void shouldTellConflaterAndHandlersWhatItShed()
    {
        final EventBus bus = started(conflating(OverflowPolicy.SHED, 8));
        quote(bus, 0, 100);
        hold.awaitHeld();
        for (int i = 1; i <= 20; i++)
        {
            trade(bus, i);
        }
        assertEquals(1, bus.lane("slow").evictionCount());
        hold.release();
        bus.writer().awaitLane("slow");

        quote(bus, 0, 101);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("0:quote:100 end=0 shed=1..20 21:quote:101 end=21", notes.text());
        assertEquals("[1..20]", conflater.shed().toString());
        assertEquals(20, bus.lane("slow").shedCount());
        assertEquals(2, bus.lane("slow").conflatedCount());
    }

    @Test
    void shouldAccountForEachEventAtAnyPace()
    {
        final long seed = new Random().nextLong();
        for (int round = 0; round < 30; round++)
        {
            accountFor(new Random(seed + round), "seed=" + seed + " round=" + round);
        }
    }

    private static void accountFor(final Random random, final String where)
    {
        final LastPrice merging = new LastPrice();
        final Notes seen = new Notes((event) -> spin(random.nextInt(2_000)));
        final OverflowFixture.Account shedding = new OverflowFixture.Account((event) -> spin(1_000));
        final BusFixture.Recorder gated = new BusFixture.Recorder();
        final OverflowPolicy whenFull = random.nextBoolean() ? OverflowPolicy.GATE : OverflowPolicy.SHED;
        final EventBus bus = bus(1 << random.nextInt(7)).lane(lane("gated").handler("gated", gated).build())
            .lane(lane("slow").privateBuffer(2 << random.nextInt(5)).conflate(merging, whenFull)
                .handler("notes", seen).build())
            .lane(lane("shed").overflow(OverflowPolicy.SHED).handler("shed", shedding).build()).build();
        bus.start();
        final long[] lastPrices = new long[LastPrice.INSTRUMENTS];
        final int events = 2_000;
        for (int i = 0; i < events; i++)
        {
            final int id = random.nextInt(LastPrice.INSTRUMENTS);
            if (random.nextInt(3) == 0)
            {
                trade(bus, i);
            }
            else
            {
                quote(bus, id, i + 1);
                lastPrices[id] = i + 1L;
            }
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS), where);
        final LaneStatus slow = bus.lane("slow");
        assertEquals(events, gated.count(), where);
        assertEquals(events, shedding.delivered() + shedding.shed(), where);
        assertEquals(events, slow.conflatedCount() + seen.trades + slow.shedCount(), where);
        assertEquals(seen.shed, slow.shedCount(), where);
        assertTrue(seen.ordered, where);
        if (whenFull == OverflowPolicy.GATE)
        {
            assertEquals(0, slow.shedCount(), where);
            for (int id = 0; id < LastPrice.INSTRUMENTS; id++)
            {
                assertEquals(lastPrices[id], seen.prices[id], where);
            }
        }
    }

    @Test
    void shouldHaltWhereTheConflaterFails()
    {
        assertConflaterFault(new Faulty(1, 0, 0), "phase=CONFLATE sequence=3");
        assertConflaterFault(new Faulty(0, 1, 0), "phase=CONFLATE sequence=3");
        assertConflaterFault(new Faulty(0, 0, 1), "phase=SHED sequence=1");
    }

    @Test
    void shouldHaltWhereTheConflaterHasMoreThanItMay()
    {
        hold.release();
        final EventBus bus = started(
            lane("slow").privateBuffer(4).conflate(new Endless(), OverflowPolicy.GATE).handler("notes", notes));
        trade(bus, 1);

        await(() -> bus.state() == BusState.HALTED);
        assertEquals("lane=slow handler=conflater phase=CONFLATE sequence=0 applied=HALT cause=" +
            "java.lang.IllegalStateException: conflater has more pending than two for an event: limit=4",
            bus.fault().orElseThrow().describe());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldNameTheSequenceOfTheEventThatAHandlerFailedOn()
    {
        final EventHandler failing = (event) ->
        {
            hold.onEvent(event);
            if (event.type() == EventType.TRADE)
            {
                throw new IllegalStateException("drill");
            }
        };
        final EventBus bus = bus(16).lane(lane("slow").conflate(conflater, OverflowPolicy.GATE)
            .handler("failing", failing).build()).build();
        bus.start();
        quote(bus, 0, 1);
        hold.awaitHeld();
        quote(bus, 1, 2);
        quote(bus, 1, 3);
        trade(bus, 4);

        hold.release();

        await(() -> bus.state() == BusState.HALTED);
        assertEquals("lane=slow handler=failing phase=EVENT sequence=3 applied=HALT " +
            "cause=java.lang.IllegalStateException: drill", bus.fault().orElseThrow().describe());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    private void assertConflaterFault(final Conflater faulty, final String expected)
    {
        final OverflowFixture.Hold holding = new OverflowFixture.Hold();
        final EventBus bus = started(lane("slow").conflate(faulty, OverflowPolicy.SHED).handler("holding", holding));
        trade(bus, 0);
        holding.awaitHeld();
        for (int i = 1; i <= 3; i++)
        {
            trade(bus, i);
        }
        if (expected.startsWith("phase=SHED"))
        {
            OverflowFixture.publish(bus, 8);
            assertEquals(1, bus.lane("slow").evictionCount());
        }

        holding.release();

        await(() -> bus.state() == BusState.HALTED);
        assertEquals("lane=slow handler=conflater " + expected + " applied=HALT " +
            "cause=java.lang.IllegalStateException: drill", bus.fault().orElseThrow().describe());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    private Lane.Builder conflating(final OverflowPolicy whenFull, final int buffer)
    {
        return lane("slow").privateBuffer(buffer).conflate(conflater, whenFull).handler("notes", notes);
    }

    private static void quote(final EventBus bus, final int instrumentId, final long price)
    {
        bus.writer().publish(1,
            (event, index) -> event.type(EventType.QUOTE).instrumentId(instrumentId).price(price));
    }

    private static void trade(final EventBus bus, final long price)
    {
        bus.writer().publish(1, (event, index) -> event.type(EventType.TRADE).price(price));
    }

    private static void spin(final int times)
    {
        for (int i = times; i > 0; i--)
        {
            Thread.onSpinWait();
        }
    }

    /** Merges nothing, and fails where it is told to. */
    private static final class Faulty implements Conflater
    {
        private final int merge;
        private final int take;
        private final int shed;
        private long last;

        Faulty(final int merge, final int take, final int shed)
        {
            this.merge = merge;
            this.take = take;
            this.shed = shed;
        }

        @Override
        public boolean merge(final OrderBookEvent event)
        {
            last = event.sequence();
            fail(merge == 1 && last == 3);
            return false;
        }

        @Override
        public int pendingCount()
        {
            return 0;
        }

        @Override
        public long nextSequence()
        {
            fail(take == 1 && last == 3);
            return NONE;
        }

        @Override
        public void take(final OrderBookEvent to)
        {
            throw new IllegalStateException("nothing is pending");
        }

        @Override
        public void onShed(final long firstSequence, final long lastSequence)
        {
            fail(shed == 1);
        }

        private static void fail(final boolean fails)
        {
            if (fails)
            {
                throw new IllegalStateException("drill");
            }
        }
    }

    /** Never has nothing pending, whatever it says. */
    private static final class Endless implements Conflater
    {
        @Override
        public boolean merge(final OrderBookEvent event)
        {
            return false;
        }

        @Override
        public int pendingCount()
        {
            return 0;
        }

        @Override
        public long nextSequence()
        {
            return 0;
        }

        @Override
        public void take(final OrderBookEvent to)
        {
            to.reset();
        }

        @Override
        public void onShed(final long firstSequence, final long lastSequence)
        {
        }
    }

    /** Writes down what it gets. */
    private static final class Notes implements EventHandler
    {
        private final StringBuilder text = new StringBuilder();
        private final long[] prices = new long[LastPrice.INSTRUMENTS];
        private final EventHandler pace;
        private long last = -1;
        private boolean ordered = true;
        private int count;
        private long trades;
        private long shed;

        private Notes(final EventHandler pace)
        {
            this.pace = pace;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            text.append(event.sequence()).append(event.type() == EventType.QUOTE ? ":quote:" : ":trade:")
                .append(event.price()).append(' ');
            ordered &= event.sequence() > last;
            last = event.sequence();
            if (event.type() == EventType.QUOTE)
            {
                prices[event.instrumentId()] = event.price();
            }
            else
            {
                trades++;
            }
            count++;
            pace.onEvent(event);
        }

        @Override
        public void onBatchEnd(final long lastSequence)
        {
            text.append("end=").append(lastSequence).append(' ');
            ordered &= lastSequence >= last;
        }

        @Override
        public void onShed(final long firstSequence, final long lastSequence)
        {
            text.append("shed=").append(firstSequence).append("..").append(lastSequence).append(' ');
            ordered &= firstSequence > last;
            last = lastSequence;
            shed += lastSequence - firstSequence + 1;
        }

        private String text()
        {
            return text.toString().trim();
        }
    }
}
