package io.ringtape.journal;

import static io.ringtape.journal.TapeBus.await;
import static io.ringtape.journal.TapeBus.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.Attachment;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.JoinRefusedException;
import io.ringtape.bus.JoinRefusedException.Reason;
import io.ringtape.bus.Lane;
import io.ringtape.bus.LeaveReason;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who joins a bus late gets nothing across what an outage of its tape left out. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OutageJoinTest
{
    private static final long CLOSE_LIMIT_NS = 20_000_000_000L;
    private static final int CAPACITY = 256;

    private final Path tape = Tapes.fresh("outage-join");
    private final Outage outage = new Outage(tape);

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldRefuseAJoinAcrossAnOutageAndNameTheFirstSequenceBehindIt()
    {
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            final EventBus bus = started(writer);
            publish(bus, 1_000);
            goAway(bus, writer);
            outage.isFull = false;
            while (!writer.isJournaling())
            {
                publish(bus, 100);
            }
            publish(bus, 1_000);
            bus.writer().awaitLane("tape");
            final long first = writer.contiguousFrom();

            assertRefused(bus, JoinFrom.start(), 0, first);
            assertRefused(bus, JoinFrom.sequence(999), 999, first);
            assertRefused(bus, JoinFrom.sequence(first - 1), first - 1, first);
            final SequenceChecker checker = new SequenceChecker(first);
            final Attachment late = bus.attach(lane(checker), JoinFrom.sequence(first));
            await(late::isLive);
            publish(bus, 1_000);

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertEquals(bus.cursor() + 1, checker.next());
        }
    }

    @Test
    void shouldEndAJoinAheadOfWhatIsNotJournaledWhileTheTapeIsAway()
    {
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            final EventBus bus = started(writer);
            publish(bus, 1_000);
            goAway(bus, writer);
            final long missing = writer.journaledSequence() + 1;
            final SequenceChecker before = new SequenceChecker(0);
            final SequenceChecker inside = new SequenceChecker(missing);

            final Attachment early = bus.attach(lane(before), JoinFrom.start());
            await(early::hasEnded);
            final Attachment late = bus.attach(lane(inside), JoinFrom.sequence(missing));
            await(late::hasEnded);

            assertEquals(Optional.of(LeaveReason.HISTORY), early.reason());
            assertEquals(missing, before.next());
            assertEquals(Optional.of(LeaveReason.HISTORY), late.reason());
            assertEquals(missing, inside.next());
            assertTrue(bus.close(CLOSE_LIMIT_NS));
        }
    }

    private void goAway(final EventBus bus, final TapeWriter writer)
    {
        outage.isFull = true;
        while (writer.isJournaling())
        {
            publish(bus, 1_000);
        }
        publish(bus, 1_000);
        bus.writer().awaitLane("tape");
    }

    private static void assertRefused(
        final EventBus bus, final JoinFrom from, final long sequence, final long firstSequence)
    {
        final JoinRefusedException refused = assertThrows(JoinRefusedException.class,
            () -> bus.attach(lane(new SequenceChecker(sequence)), from));

        assertEquals(Reason.NOT_ON_TAPE, refused.reason());
        assertEquals("not all from this sequence on was journaled: sequence=" + sequence + " firstSequence=" +
            firstSequence, refused.getMessage());
        assertEquals(firstSequence, refused.firstSequence());
    }

    private EventBus started(final TapeWriter writer)
    {
        return TapeBus.start(CAPACITY, tape, writer, Lane.named("tape").rangeHandler(
            "time", (buffer, offset, first, count) -> outage.pass()).rangeHandler("recorder", writer));
    }

    private static Lane lane(final SequenceChecker checker)
    {
        return Lane.named("late").idle(new YieldingIdleStrategy()).handler("late", checker).build();
    }
}
