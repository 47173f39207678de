package io.ringtape.journal;

import static io.ringtape.journal.TapeBus.await;
import static io.ringtape.journal.TapeBus.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.bus.Attachment;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.History;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.JoinRefusedException;
import io.ringtape.bus.JoinRefusedException.Reason;
import io.ringtape.bus.Lane;
import io.ringtape.bus.LeaveReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

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

    @Test
    void shouldStartAtATimeBehindAnOutage()
    {
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            comeBack(writer);
            final long first = writer.contiguousFrom();
            final History history = new TapeHistory(tape, writer);

            try (History.Cursor cursor = history.open(at(first + 5)))
            {
                assertEquals(first + 5, cursor.nextSequence());
            }
            assertRefused(first, first - 1, () -> history.open(at(first - 7)));
            assertRefused(first, 20, () -> history.open(at(20)));
        }
    }

    @Test
    void shouldTakeOverNothingOfARunThatBeganBehindAnOutage()
    {
        final List<String> said = new ArrayList<>();
        final List<String> gaps = new ArrayList<>();
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE);
            SnapshotMaker maker = SnapshotMaker.open(Tape.open(tape), 100, 0, gaps::add))
        {
            comeBack(writer);
            maker.advance(Markets::ignore);
            final List<SnapshotInfo> all = Tape.open(tape).snapshots().list();
            final long first = writer.contiguousFrom();

            final History.Snapshot found = new TapeHistory(tape, writer, said::add)
                .newestSnapshot(0, List.of(new Books(Tapes.definitions()))).orElseThrow();

            assertTrue(all.get(all.size() - 1).sequence() > first);
            assertTrue(found.nextSequence() < first);
            assertEquals(1, gaps.size());
            assertEquals("snapshot is of the run behind an outage, which began with nothing: sequence=" +
                all.get(all.size() - 1).sequence() + " run=2", said.get(0));
            assertEquals(all.stream().filter((one) -> one.sequence() > first).count(), said.size());
        }
    }

    @Test
    void shouldNameTheFirstSequenceBehindAnOutageToWhoWaitedInsideOfIt()
    {
        final UnsafeBuffer room = Tapes.room(1);
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            outage.isFull = true;
            outage.feedUntil(writer, false);
            final long missing = outage.next();
            final History history = new TapeHistory(tape, writer);
            try (History.Cursor cursor = history.open(JoinFrom.sequence(missing)))
            {
                assertEquals(0, cursor.read(room, 0, 1));
                outage.feed(writer, 3);
                outage.isFull = false;
                outage.feedUntil(writer, true);

                assertRefused(writer.contiguousFrom(), missing, () -> cursor.read(room, 0, 1));
            }
        }
    }

    private void comeBack(final TapeWriter writer)
    {
        outage.feed(writer, 3);
        outage.isFull = true;
        outage.feedUntil(writer, false);
        outage.feed(writer, 3);
        outage.isFull = false;
        outage.feedUntil(writer, true);
        outage.feed(writer, 3);
    }

    private static JoinFrom at(final long sequence)
    {
        return JoinFrom.time(Tapes.START_NS + 10 * sequence);
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
        assertRefused(firstSequence, sequence, () -> bus.attach(lane(new SequenceChecker(sequence)), from));
    }

    private static void assertRefused(final long firstSequence, final long sequence, final Executable join)
    {
        final JoinRefusedException refused = assertThrows(JoinRefusedException.class, join);

        assertEquals("not all from this sequence on was journaled: sequence=" + sequence + " firstSequence=" +
            firstSequence, refused.getMessage());
        assertEquals(Reason.NOT_ON_TAPE, refused.reason());
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
