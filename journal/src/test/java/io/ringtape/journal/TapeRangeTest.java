package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of a tape, found by sequence and by time. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeRangeTest
{
    private final Path tape = Tapes.fresh("range");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldFindEverySequenceOverBlocksFilesAndRuns()
    {
        final TapeConfig small = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
        Tapes.record(tape, small, 300, 100);
        Tapes.record(tape, small, 3, 100);
        Tapes.record(tape, small, 200, 100);

        for (final long from : new long[]{0, 1, 99, 100, 16_383, 29_999, 30_000, 30_001, 30_300, 45_000, 50_299})
        {
            final long to = Math.min(50_299, from + 250);

            final List<Long> found = Tapes.sequences(tape, TapeRange.sequences(from, to));

            assertEquals(LongStream.rangeClosed(from, to).boxed().toList(), found);
        }
    }

    @Test
    void shouldRefuseSequencesThatAreNotOnTape()
    {
        Tapes.record(tape, 3, 10);

        final TapeException from = assertThrows(TapeException.class,
            () -> Tapes.sequences(tape, TapeRange.sequences(30, Long.MAX_VALUE)));
        final TapeException to = assertThrows(TapeException.class,
            () -> Tapes.sequences(tape, TapeRange.sequences(5, 30)));

        assertEquals(TapeException.Kind.OUT_OF_RANGE, from.kind());
        assertEquals("tape does not hold these sequences: fromSequence=30 firstSequence=0 lastSequence=29",
            from.getMessage());
        assertEquals("tape does not hold these sequences: fromSequence=5 toSequence=30 firstSequence=0 " +
            "lastSequence=29", to.getMessage());
    }

    @Test
    void shouldFindTimes()
    {
        Tapes.record(tape, TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES), 300, 100);

        for (final long sequence : new long[]{0, 1, 99, 100, 101, 16_390, 29_990})
        {
            final long at = Tapes.START_NS + 10 * sequence;

            assertEquals(LongStream.rangeClosed(sequence, sequence + 9).boxed().toList(),
                Tapes.sequences(tape, TapeRange.times(at, at + 90)));
            assertEquals(sequence + 1, Tapes.sequences(tape, TapeRange.times(at + 1, Long.MAX_VALUE)).get(0));
            final List<Long> before = Tapes.sequences(tape, TapeRange.times(Long.MIN_VALUE, at + 9));
            assertEquals(sequence, before.get(before.size() - 1));
        }
    }

    @Test
    void shouldRefuseTimesThatAreNotOnTape()
    {
        Tapes.record(tape, 3, 10);

        final TapeException e = assertThrows(TapeException.class,
            () -> Tapes.sequences(tape, TapeRange.times(Tapes.START_NS + 291, Long.MAX_VALUE)));

        assertEquals(TapeException.Kind.OUT_OF_RANGE, e.kind());
        assertEquals("tape holds no event of this range: " +
            "fromTime=2023-11-14T22:13:20.000000291Z runs=1 run=1 lastTime=2023-11-14T22:13:20.000000290Z",
            e.getMessage());
    }

    @Test
    void shouldSelectEventsByTheirOwnTimeWhereTimeGoesBack()
    {
        // Receive times 50, 10, 60, 20, 70; a detail's and a void event's bytes are no time.
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            writeTimes(writer, 50, 10, 60, 20, 70);
            writer.close(Tapes.SUMMARY);
        }

        assertEquals(List.of(0L, 1L, 2L, 5L), sequences(TapeRange.times(0, 50)));
        assertEquals(List.of(2L, 5L), sequences(TapeRange.times(10, 20)));
        assertEquals(List.of(3L, 4L), sequences(TapeRange.times(55, 60)));
        assertEquals(List.of(6L), sequences(TapeRange.times(61, 1000)));
    }

    @Test
    void shouldFindTimesInEachRunOnItsOwn()
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            writeTimes(writer, 500, 600, 700);
            writer.close(Tapes.SUMMARY);
        }
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            writeTimes(writer, 100, 200, 300);
            writer.close(Tapes.SUMMARY);
        }

        assertEquals(List.of(7L), sequences(TapeRange.times(200, 250)));
        assertEquals(List.of(2L), sequences(TapeRange.times(550, 650)));
    }

    @Test
    void shouldTellRunsAndTheirDefinitions()
    {
        Tapes.record(tape, 1, 5);
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, 1, 5);
        }
        final List<String> told = new ArrayList<>();
        final RunListener listener = new RunListener()
        {
            @Override
            public void onRunStart(final RunInfo run)
            {
                told.add("start " + run.runId() + " first " + run.firstSequence() + " previous " +
                    run.previousRunId());
            }

            @Override
            public void onRunEnd(final RunInfo run, final Optional<RunTrailer> trailer)
            {
                told.add("end " + run.runId() + " " + trailer.map(RunTrailer::lastSequence).orElse(-1L));
            }
        };

        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, listener))
        {
            while (reader.nextBlock())
            {
                told.add("block " + reader.blockNumber() + " of " + reader.run().runId() + " " +
                    reader.definitions().instrument(0).symbol() + " " + reader.definitions().source(0).name());
            }
            assertEquals(TapeEnd.Kind.NOT_CLOSED, reader.end().kind());
        }

        assertEquals(List.of("start 1 first 0 previous -1", "block 0 of 1 SYM0 venue", "end 1 4",
            "start 2 first 5 previous 1", "block 0 of 2 SYM0 venue", "end 2 -1"), told);
    }

    @Test
    void shouldFollowAWriter()
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES)))
        {
            Tapes.write(writer, 1, 10);
            try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
            {
                long events = 0;
                for (int i = 0; i < 300; i++)
                {
                    while (reader.nextBlock())
                    {
                        events += reader.count();
                    }
                    assertEquals(TapeEnd.Kind.BEING_WRITTEN, reader.end().kind());
                    assertEquals(writer.journaledSequence() + 1, events);
                    Tapes.write(writer, 1, 128);
                }
            }
        }
    }

    private List<Long> sequences(final TapeRange range)
    {
        final List<Long> sequences = new ArrayList<>();
        try (TapeReader reader = Tape.open(tape).read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    sequences.add(reader.firstSequence() + i);
                }
            }
        }
        return sequences;
    }

    private static void writeTimes(final TapeWriter writer, final long... times)
    {
        final UnsafeBuffer room = Tapes.room(1);
        final OrderBookEvent event = new OrderBookEvent().wrap(room, 0);
        long next = writer.firstSequence();
        for (int i = 0; i < times.length; i++)
        {
            event.reset().sequence(next).receiveTimeNs(times[i]).type(EventType.TRADE);
            writer.onRange(room, 0, next++, 1);
            if (i == 0 || i == 2)
            {
                event.reset().sequence(next).receiveTimeNs(900).type(i == 0 ? EventType.DETAIL : EventType.VOID);
                writer.onRange(room, 0, next++, 1);
            }
        }
    }

    @Test
    void shouldMeetSequencesAndTimesWhereBothAreGiven()
    {
        Tapes.record(tape, 3, 10);
        final long start = Tapes.START_NS;

        assertEquals(List.of(12L, 13L), Tapes.sequences(tape, new TapeRange(12, 29, start + 50, start + 135)));
        assertEquals(List.of(5L, 6L, 7L), Tapes.sequences(tape, new TapeRange(2, 7, start + 50, start + 999)));
        assertEquals(List.of(5L), Tapes.sequences(tape, new TapeRange(5, 5, start + 50, start + 50)));
        final TapeException e = assertThrows(TapeException.class,
            () -> Tapes.sequences(tape, new TapeRange(0, 3, start + 50, Long.MAX_VALUE)));
        assertEquals("tape holds no event of this range: toSequence=3 fromTime=2023-11-14T22:13:20.000000050Z " +
            "runs=1 run=1 lastTime=2023-11-14T22:13:20.000000290Z", e.getMessage());
    }
}
