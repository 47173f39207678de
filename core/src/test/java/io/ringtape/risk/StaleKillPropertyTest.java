package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.Control;
import io.ringtape.order.NewOrder;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random events and orders of two instruments: the gate, which looks only when something can be too old, stops
 * everybody at the very events at which a naive twin does, which looks at all open orders at each event.
 */
final class StaleKillPropertyTest
{
    private static final int TRIES = 200;
    private static final int STEPS = 500;
    private static final TreeSet<String> KILLS = new TreeSet<>();

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void shouldStopAtTheEventsOfANaiveTwin(@ForAll final long seed)
    {
        final Twins twins = new Twins(seed);

        for (int i = 0; i < STEPS; i++)
        {
            twins.step();
            final int step = i;
            assertEquals(twins.isStopped, twins.isGateStopped(), () -> "seed=" + seed + " step=" + step);
        }
    }

    @AfterContainer
    static void shouldHaveSeenEveryKindOfKill()
    {
        assertEquals(Set.of("arm", "own event", "other event"), KILLS);
    }

    /** A gate, and what it should do. */
    private static final class Twins
    {
        private static final int STRATEGY = 1;
        private static final int NO_INSTRUMENT = -1;
        private static final int STALE_NS = 100;
        private static final RiskLimits LIMITS = new RiskLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE,
            Long.MAX_VALUE, 10_000, Long.MAX_VALUE, 1_000, 1_000, Long.MAX_VALUE);

        private final Market market = new Market(LIMITS);
        private final long[] referenceNs = {InstrumentRisk.NEVER, InstrumentRisk.NEVER};
        private final TreeMap<Long, Integer> open = new TreeMap<>();
        private final Random random;
        private long sentNs = 1_000_000;
        private long nowNs;
        private long lastId;
        private boolean isStopped;

        Twins(final long seed)
        {
            random = new Random(seed);
            market.gate(RiskGate.builder(market.definitions, market.books::book).limits(LimitSet.builder(1)
                .otherInstruments(LIMITS).otherAccounts(Market.WIDE).killRules(new KillRules(false, STALE_NS)).build())
                .build());
        }

        boolean isGateStopped()
        {
            return market.gate().check(order(0, lastId + 1)) == RiskCheck.KILLED.code();
        }

        void step()
        {
            final int instrument = random.nextInt(2);
            sentNs += random.nextInt(random.nextInt(4) == 0 ? 3 * STALE_NS : STALE_NS / 4);
            switch (random.nextInt(10))
            {
                case 0, 1, 2 -> level(instrument);
                case 3 -> trade(instrument, random.nextBoolean());
                case 4 -> heartbeat(random.nextInt(4) == 0);
                case 5 -> accept(instrument);
                case 6 -> record(instrument);
                case 7 -> release();
                default -> arm();
            }
        }

        private void level(final int instrument)
        {
            look(sentNs, instrument);
            market.level(instrument, Side.BID, 99, 1 + random.nextInt(9), sentNs);
            referenceNs[instrument] = nowNs;
        }

        private void trade(final int instrument, final boolean isPrintable)
        {
            look(sentNs, instrument);
            market.trade(instrument, 100, sentNs, isPrintable ? 0 : EventFlags.NOT_PRINTABLE);
            referenceNs[instrument] = isPrintable ? nowNs : referenceNs[instrument];
        }

        private void heartbeat(final boolean hasBadTime)
        {
            look(hasBadTime ? nowNs : sentNs, NO_INSTRUMENT);
            market.time(sentNs, hasBadTime ? EventFlags.BAD_TIME : 0);
        }

        private void accept(final int instrument)
        {
            open.put(++lastId, instrument);
            market.gate().onAccepted(order(instrument, lastId));
        }

        // Of an order that the gate accepted before, or of one that only a tape has.
        private void record(final int instrument)
        {
            if (open.isEmpty() || random.nextBoolean())
            {
                open.put(++lastId, instrument);
            }
            market.own(EventType.OWN_NEW, id(open.lastKey()), open.lastEntry().getValue(), Side.BID, 1);
        }

        private void release()
        {
            if (!open.isEmpty())
            {
                final long first = open.firstKey();
                market.own(EventType.OWN_CANCELLED, id(first), open.remove(first), Side.BID, 1);
            }
        }

        private void arm()
        {
            isStopped = false;
            look(nowNs, NO_INSTRUMENT);
            if (isStopped)
            {
                KILLS.add("arm");
            }
            market.control(Control.ARM, Control.ALL, 0, 1);
        }

        // With the time of an event, and ahead of what the event does.
        private void look(final long timeNs, final int instrument)
        {
            nowNs = Math.max(nowNs, timeNs);
            for (final int held : open.values())
            {
                if (!isStopped && nowNs - referenceNs[held] > STALE_NS)
                {
                    isStopped = true;
                    KILLS.add(held == instrument ? "own event" : "other event");
                }
            }
        }

        private static NewOrder order(final int instrument, final long number)
        {
            return new NewOrder().limit(instrument, Side.BID, 100, 1).from(id(number), STRATEGY, 0);
        }

        private static long id(final long number)
        {
            return ClientOrderIds.of(1, STRATEGY, number);
        }
    }
}
