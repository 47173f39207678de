package io.ringtape.journal;

import static io.ringtape.journal.TapeBus.await;
import static io.ringtape.journal.TapeBus.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.Attachment;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.History;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.JoinRefusedException;
import io.ringtape.bus.JoinRefusedException.Reason;
import io.ringtape.bus.Lane;
import io.ringtape.bus.LeaveReason;
import io.ringtape.event.Interest;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.RangeHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that join a bus late get the past from its tape, while that is written, or a refusal that says why not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeHistoryTest
{
    private static final TapeConfig SMALL = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
    private static final long CLOSE_LIMIT_NS = 20_000_000_000L;
    private static final int CAPACITY = 256;
    private static final int ROOM = 64;

    private final Path tape = Tapes.fresh("history");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldGiveEverythingOfTheRunFromItsStart()
    {
        Tapes.record(tape, 3, 100);
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final EventBus bus = started(writer);
            publish(bus, 20_000);
            final SequenceChecker checker = new SequenceChecker(300);

            final Attachment late = bus.attach(lane("late", checker), JoinFrom.start());
            publish(bus, 20_000);
            await(late::isLive);
            publish(bus, 1_000);

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertEquals(300, late.firstSequence());
            assertEquals(41_300, checker.next());
            assertEquals(LeaveReason.CLOSED, checker.left());
        }
    }

    @Test
    void shouldStartAtASequenceOrATime()
    {
        Tapes.record(tape, 3, 100);
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final EventBus bus = started(writer);
            publish(bus, 1_000);
            bus.writer().awaitLane("tape");
            final SequenceChecker before = new SequenceChecker(423);
            final SequenceChecker timed = new SequenceChecker(1_000);

            bus.attach(lane("before", before), JoinFrom.sequence(423));
            bus.attach(lane("timed", timed), JoinFrom.time(Tapes.START_NS + 9_995));
            publish(bus, 1_000);

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertEquals(2_300, before.next());
            assertEquals(2_300, timed.next());
        }
    }

    @Test
    void shouldRefuseAStartInAnEarlierRunAndNameTheFirstOfThisOne()
    {
        Tapes.record(tape, 3, 100);
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final EventBus bus = started(writer);
            publish(bus, 10);
            bus.writer().awaitLane("tape");

            final JoinRefusedException early = assertThrows(JoinRefusedException.class,
                () -> bus.attach(lane("late", new SequenceChecker(0)), JoinFrom.sequence(299)));
            final JoinRefusedException timed = assertThrows(JoinRefusedException.class,
                () -> bus.attach(lane("late", new SequenceChecker(0)), JoinFrom.time(Tapes.START_NS + 1_995)));

            assertEquals(Reason.EARLIER_RUN, early.reason());
            assertEquals("sequence is of an earlier run: lane=late sequence=299 firstSequence=300",
                early.getMessage());
            assertEquals(300, early.firstSequence());
            assertEquals(Reason.EARLIER_RUN, timed.reason());
            assertEquals("sequence is of an earlier run: lane=late sequence=200 firstSequence=300",
                timed.getMessage());
            assertTrue(bus.close(CLOSE_LIMIT_NS));
        }
    }

    @Test
    void shouldStartAtATimeOfThisRunWhereAnEarlierOneIsDamaged() throws IOException
    {
        Tapes.record(tape, 3, 100);
        TapeBytes.losePage(TapeBytes.rollFile(tape, 1, 0), 1);
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            Tapes.write(writer, 1, 10);
            final History history = new TapeHistory(tape, writer);

            try (History.Cursor cursor = history.open(JoinFrom.time(Tapes.START_NS + 3_041)))
            {
                assertEquals(305, cursor.nextSequence());
            }
            final JoinRefusedException refused = assertThrows(
                JoinRefusedException.class, () -> history.open(JoinFrom.time(Tapes.START_NS + 2_991)));
            assertEquals(Reason.UNREADABLE, refused.reason());
            assertTrue(String.valueOf(refused.getMessage()).startsWith("tape is damaged: run=1 "), refused.toString());
        }
    }

    @Test
    void shouldRefuseATimeThatIsNotOnTape()
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final JoinRefusedException empty = assertThrows(JoinRefusedException.class,
                () -> new TapeHistory(tape, writer).open(JoinFrom.time(Tapes.START_NS)));
            Tapes.write(writer, 1, 10);

            final JoinRefusedException refused = assertThrows(JoinRefusedException.class,
                () -> new TapeHistory(tape, writer).open(JoinFrom.time(Tapes.START_NS + 91)));

            assertEquals("tape holds no event of this range: fromTime=2023-11-14T22:13:20Z runs=1 run=1 " +
                "lastTime=none", empty.getMessage());

            assertEquals(Reason.NOT_ON_TAPE, refused.reason());
            assertEquals("tape holds no event of this range: fromTime=2023-11-14T22:13:20.000000091Z runs=1 run=1 " +
                "lastTime=2023-11-14T22:13:20.000000090Z", refused.getMessage());
            assertEquals(0, refused.firstSequence());
        }
    }

    @Test
    void shouldRefuseWhatWasRemovedAndNameWhatIsLeft()
    {
        Tapes.record(tape, SMALL, 500, 128);
        final Tape opened = Tape.open(tape);
        final long first = TapeRetention.keepBytes(opened, opened.sizeBytes() - 1, true).firstSequence();
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final EventBus bus = started(writer);
            final SequenceChecker checker = new SequenceChecker(writer.firstSequence());

            final JoinRefusedException refused = assertThrows(JoinRefusedException.class,
                () -> new TapeHistory(tape, writer).open(JoinFrom.sequence(first - 1)));
            bus.attach(lane("late", checker), JoinFrom.start());
            publish(bus, 10);

            assertEquals(Reason.NOT_ON_TAPE, refused.reason());
            assertEquals("sequence was removed: sequence=" + (first - 1) + " firstSequence=" + first,
                refused.getMessage());
            assertEquals(first, refused.firstSequence());
            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertEquals(64_010, checker.next());
        }
    }

    @Test
    void shouldRefuseWhatCannotBeRead() throws IOException
    {
        Tapes.record(tape, 3, 100);
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            Tapes.write(writer, 1, 10);
            Files.delete(tape.resolve(TapeMarker.NAME));

            final JoinRefusedException refused = assertThrows(JoinRefusedException.class,
                () -> new TapeHistory(tape, writer).open(JoinFrom.start()));

            assertEquals(Reason.UNREADABLE, refused.reason());
            assertEquals("directory is not a tape, it has no file " + TapeMarker.NAME + ": directory=" + tape,
                refused.getMessage());
            assertEquals(JoinRefusedException.NONE, refused.firstSequence());
        }
    }

    @Test
    void shouldRefuseABusThatDoesNotHaveItsWriterOnTheLane()
    {
        final RangeHandler another = (buffer, offset, first, count) ->
        {
        };
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () ->
                TapeBus.start(CAPACITY, tape, writer, Lane.named("tape").rangeHandler("another", another),
                    Lane.named("other").rangeHandler("recorder", writer).idle(new YieldingIdleStrategy()).build()));

            assertEquals("the lane of the history has its recorder as a range handler: lane=tape",
                refused.getMessage());
        }
    }

    @Test
    void shouldWaitForARecorderThatLagsWithoutBlocking()
    {
        final UnsafeBuffer room = Tapes.room(ROOM);
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeWriter writer = Tapes.open(tape, SMALL);
            History.Cursor cursor = new TapeHistory(tape, writer).open(JoinFrom.sequence(15)))
        {
            assertEquals(0, cursor.read(room, 0, ROOM));
            Tapes.write(writer, 1, 10);
            assertEquals(0, cursor.read(room, 0, ROOM));
            Tapes.write(writer, 1, 10);

            assertEquals(15, cursor.nextSequence());
            assertEquals(3, cursor.read(room, 0, 3));
            assertEquals(2, cursor.read(room, 3 * OrderBookEvent.SIZE_BYTES, 61));
            assertEquals(0, cursor.read(room, 0, ROOM));
            assertEquals(20, cursor.nextSequence());
            for (int i = 0; i < 5; i++)
            {
                assertEquals(15 + i, event.wrap(room, i * OrderBookEvent.SIZE_BYTES).sequence());
            }
        }
    }

    @Test
    void shouldNameTheCauseAndShowNoGapWhereFilesGoMeanwhile() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final EventBus bus = started(writer);
            final SequenceChecker checker = new SequenceChecker(0);
            checker.holdAt(10);
            publish(bus, 64_000);
            bus.writer().awaitLane("tape");
            final Attachment late = bus.attach(lane("late", checker), JoinFrom.start());
            await(() -> checker.next() == 10);

            for (final RunDirectory run : Tape.open(tape).runs())
            {
                Files.delete(run.files().get(1).path());
            }
            checker.release();
            await(late::hasEnded);

            assertEquals(Optional.of(LeaveReason.HISTORY), late.reason());
            assertEquals(TapeException.class, late.cause().orElseThrow().getClass());
            assertTrue(checker.next() < 64_000);
            assertEquals(checker.next() - 1, late.status().sequence());
            publish(bus, 1_000);
            assertTrue(bus.close(CLOSE_LIMIT_NS));
        }
    }

    @Test
    void shouldServeJoinsAtAnyMomentOnceAndInOrder()
    {
        final Random random = new Random(20_261_126);
        final SequenceChecker[] joined = new SequenceChecker[40];
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final EventBus bus = started(writer);
            for (int i = 0; i < joined.length; i++)
            {
                publish(bus, random.nextInt(2_000));
                final long from = random.nextInt((int)bus.cursor() + 2);
                joined[i] = new SequenceChecker(from);
                final Attachment late = bus.attach(lane("late-" + i, joined[i]), JoinFrom.sequence(from));
                if (i % 4 == 0)
                {
                    publish(bus, random.nextInt(500));
                    late.leave();
                }
            }

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            for (int i = 0; i < joined.length; i++)
            {
                assertEquals(i % 4 == 0 ? LeaveReason.ASKED : LeaveReason.CLOSED, joined[i].left());
                assertTrue(i % 4 == 0 || joined[i].next() == bus.cursor() + 1);
            }
        }
    }

    @Test
    void shouldServeHandlersThatJoinARunningLaneOnceAndInOrder()
    {
        final Random random = new Random(20_261_127);
        final SequenceChecker old = new SequenceChecker(0);
        final SequenceChecker[] joined = new SequenceChecker[30];
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final EventBus bus = started(writer, lane("work", old));
            for (int i = 0; i < joined.length; i++)
            {
                publish(bus, random.nextInt(2_000));
                final long from = random.nextInt((int)bus.cursor() + 2);
                joined[i] = new SequenceChecker(from);
                final Attachment late =
                    bus.attach("work", "late-" + i, joined[i], Interest.all(), JoinFrom.sequence(from));
                if (i % 4 == 0)
                {
                    publish(bus, random.nextInt(500));
                    late.leave();
                }
                else if (i % 4 == 1)
                {
                    await(late::isLive);
                }
            }

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertEquals(bus.cursor() + 1, old.next());
            for (int i = 0; i < joined.length; i++)
            {
                assertEquals(i % 4 == 0 ? LeaveReason.ASKED : LeaveReason.CLOSED, joined[i].left());
                assertTrue(i % 4 == 0 || joined[i].next() == bus.cursor() + 1);
            }
        }
    }

    private EventBus started(final TapeWriter writer, final Lane... more)
    {
        return TapeBus.start(
            CAPACITY, tape, writer, Lane.named("tape").rangeHandler("recorder", writer), more);
    }

    private static Lane lane(final String name, final SequenceChecker checker)
    {
        return Lane.named(name).idle(new YieldingIdleStrategy()).handler(name, checker).build();
    }
}
