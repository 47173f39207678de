package io.ringtape.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class OutputComparatorTest
{
    private final Definitions definitions = new Definitions();
    private final EventHashes hashes = new EventHashes();
    private final OutputComparator comparator = new OutputComparator(definitions, hashes);
    private final EventBatch batch = new EventBatch(4);
    private final EventBatch tape = new EventBatch(4);

    @BeforeEach
    void setUp()
    {
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.STRATEGY, "example", 0, 0, 0));
    }

    @Test
    void shouldFindNoDifferenceWhenOutputsAreEqual()
    {
        comparator.offer(order(7, 100));

        comparator.onRecorded(recorded(9, 7, 100), true);
        comparator.onRecorded(recordedDetail(10, 0), true);
        comparator.onRunEnd(true);

        assertEquals(Optional.empty(), comparator.firstDifference());
        assertEquals(2, hashes.ownCount());
    }

    @Test
    void shouldCompareDetailsValueByValue()
    {
        comparator.offer(order(7, 100));

        comparator.onRecorded(recorded(9, 7, 100), true);
        comparator.onRecorded(recordedDetail(10, 5), true);

        assertEquals(Optional.of(new Difference(10, "example", "detail0", "5", "0")), comparator.firstDifference());
    }

    @Test
    void shouldCompareKillsThatTheHandlersDecideOn()
    {
        comparator.offer(kill(7, KillReason.GAP));
        comparator.onRecorded(kill(7, KillReason.GAP).event(0).sequence(9), true);
        assertEquals(Optional.empty(), comparator.firstDifference());

        comparator.offer(kill(8, KillReason.GAP));
        comparator.onRecorded(kill(8, KillReason.STALE).event(0).sequence(11), true);

        assertEquals(Optional.of(new Difference(11, "risk", "price", "4", "3")), comparator.firstDifference());
        assertEquals(2, hashes.ownCount());
    }

    @Test
    void shouldNameAKillThatWasNotDecidedOnAgain()
    {
        comparator.onRecorded(kill(7, KillReason.GAP).event(0).sequence(9), true);

        assertEquals(Optional.of(new Difference(9, "risk", "type", "control", "none")), comparator.firstDifference());
    }

    @Test
    void shouldNameTheFirstFieldThatDiffers()
    {
        comparator.offer(order(7, 101));

        comparator.onRecorded(recorded(9, 7, 100), true);

        assertEquals(Optional.of(new Difference(9, "example", "price", "100", "101")), comparator.firstDifference());
    }

    @Test
    void shouldNameAnOutputThatWasNotMade()
    {
        comparator.onRecorded(recorded(9, 7, 100), true);

        assertEquals(
            Optional.of(new Difference(9, "example", "type", "own-new", "none")), comparator.firstDifference());
    }

    @Test
    void shouldNameTheCauseOfAnOutputThatIsNotOnTapeWhenALaterOneIs()
    {
        comparator.offer(order(5, 100));
        comparator.offer(order(7, 100));

        comparator.onRecorded(recorded(9, 7, 100), true);

        assertEquals(
            Optional.of(new Difference(5, "example", "type", "none", "own-new")), comparator.firstDifference());
    }

    @Test
    void shouldNameTheOutputOnTapeWhenOnlyALaterOneWasMade()
    {
        comparator.offer(order(8, 100));

        comparator.onRecorded(recorded(9, 7, 100), true);

        assertEquals(
            Optional.of(new Difference(9, "example", "type", "own-new", "none")), comparator.firstDifference());
    }

    @Test
    void shouldFindOutputsThatAreLeftAtTheEndOfTheRun()
    {
        comparator.offer(order(7, 100));

        comparator.onRunEnd(true);

        assertEquals(
            Optional.of(new Difference(7, "example", "type", "none", "own-new")), comparator.firstDifference());
    }

    @Test
    void shouldFindOutputsThatWereDueWhenTheRunWasCut()
    {
        comparator.onVenueEvent();
        comparator.offer(order(7, 100));
        comparator.onVenueEvent();
        comparator.offer(order(8, 100));

        comparator.onRunEnd(false);

        assertEquals(
            Optional.of(new Difference(7, "example", "type", "none", "own-new")), comparator.firstDifference());
        assertEquals(2, hashes.ownCount());
    }

    @Test
    void shouldNotMissWhatTheLastVenueEventCausedWhenTheRunWasCut()
    {
        comparator.onVenueEvent();
        comparator.offer(order(7, 100));
        comparator.onRecorded(recorded(8, 7, 100), true);
        comparator.onRecorded(recordedDetail(9, 0), true);
        comparator.onVenueEvent();
        comparator.offer(order(10, 100));
        comparator.offer(cancel(10, 100));
        comparator.onRecorded(recorded(11, 10, 100), true);

        comparator.onRunEnd(false);

        assertEquals(Optional.empty(), comparator.firstDifference());
        assertEquals(3, hashes.ownCount());
    }

    @Test
    void shouldNotFindLeftOutputsOfCausesBeforeTheRange()
    {
        comparator.offer(order(7, 100));
        comparator.compareFrom(8);

        comparator.onRunEnd(true);

        assertEquals(Optional.empty(), comparator.firstDifference());
        assertEquals(0, hashes.ownCount());
    }

    @Test
    void shouldNotCompareBeforeTheRangeStarts()
    {
        comparator.offer(order(7, 101));

        comparator.onRecorded(recorded(9, 7, 100), false);
        comparator.onRecorded(recordedDetail(10, 1), false);
        comparator.onRunEnd(true);

        assertEquals(Optional.empty(), comparator.firstDifference());
        assertEquals(0, hashes.ownCount());
    }

    @Test
    void shouldOnlyPassOnFillsFromOutside()
    {
        final OrderBookEvent fill = recorded(9, 7, 100).type(EventType.OWN_FILL);

        comparator.onRecorded(fill, true);
        comparator.onRunEnd(true);

        assertEquals(Optional.empty(), comparator.firstDifference());
        assertEquals(1, hashes.ownCount());
    }

    @Test
    void shouldOnlyPassOnWhatAVenueRejects()
    {
        definitions.add(new SourceDefinition(1, SourceDefinition.Kind.GATEWAY, "venue", 0, 0, 0));

        comparator.onRecorded(recorded(9, 7, 100).type(EventType.OWN_REJECTED).sourceId(1), true);
        comparator.onRecorded(recordedDetail(10, 100), true);
        comparator.onRunEnd(true);

        assertEquals(Optional.empty(), comparator.firstDifference());
        assertEquals(2, hashes.ownCount());
    }

    @Test
    void shouldKeepTheFirstDifferenceOnly()
    {
        comparator.offer(order(7, 101));

        comparator.onRecorded(recorded(9, 7, 100), true);
        comparator.onRecorded(recordedDetail(10, 1), true);
        comparator.onRecorded(recorded(12, 11, 100), true);

        assertEquals(Optional.of(new Difference(9, "example", "price", "100", "101")), comparator.firstDifference());
    }

    @Test
    void shouldKeepOrderWhileTheQueueGrowsAndWraps()
    {
        int made = 0;
        int taken = 0;
        for (int round = 0; round < 12; round++)
        {
            for (int i = 0; i < 100; i++)
            {
                comparator.offer(cancel(made, 1_000 + made));
                made++;
            }
            for (int i = 0; i < 60; i++)
            {
                tape.clear();
                comparator.onRecorded(own(tape, EventType.OWN_CANCEL, taken, 1_000 + taken).sequence(taken), true);
                taken++;
            }
        }

        assertEquals(Optional.empty(), comparator.firstDifference());
        assertEquals(720, hashes.ownCount());
    }

    private EventBatch order(final long cause, final long price)
    {
        batch.clear();
        own(batch, EventType.OWN_NEW, cause, price);
        batch.append().type(EventType.DETAIL).flags(EventFlags.OWN | EventFlags.LAST).price(0).quantity(0);
        return batch;
    }

    private EventBatch cancel(final long cause, final long price)
    {
        batch.clear();
        own(batch, EventType.OWN_CANCEL, cause, price);
        return batch;
    }

    private static EventBatch kill(final long cause, final KillReason reason)
    {
        final EventBatch made = new EventBatch(1);
        made.append().type(EventType.CONTROL).flags(EventFlags.OWN | EventFlags.LAST).sourceSequence(cause)
            .orderId(Control.KILL).quantity(Control.ALL).price(reason.code());
        return made;
    }

    private OrderBookEvent recorded(final long sequence, final long cause, final long price)
    {
        tape.clear();
        return own(tape, EventType.OWN_NEW, cause, price).sequence(sequence);
    }

    private OrderBookEvent recordedDetail(final long sequence, final long value)
    {
        tape.clear();
        return tape.append().type(EventType.DETAIL).flags(EventFlags.OWN | EventFlags.LAST).price(0).quantity(0)
            .detail(0, value).sequence(sequence);
    }

    private static OrderBookEvent own(final EventBatch events, final int type, final long cause, final long price)
    {
        return events.append().type(type).flags(EventFlags.OWN | Side.BID).sourceSequence(cause).price(price)
            .quantity(1).orderId(1);
    }
}
