package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.agrona.concurrent.UnsafeBuffer;

/** A range of times, with and without indexes, is what a look at each event selects. */
final class TapeTimesPropertyTest
{
    private static final int BLOCK = 512;
    private static final int BLOCKS = 150;
    private static final TapeConfig CONFIG = TapeConfig.defaults().withReserveBytes(0).withRollBytes(3L << 20);

    private final List<Long> times = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void shouldSelectWhatANaiveScanSelects(@ForAll final long seed) throws IOException
    {
        final Path tape = Tapes.fresh("times");
        final SplittableRandom random = new SplittableRandom(seed);
        times.clear();
        types.clear();
        record(tape, random);
        final int firstOfSecondRun = times.size();
        record(tape, random);

        for (final boolean isIndexed : new boolean[]{true, false})
        {
            if (!isIndexed)
            {
                deleteIndexes(tape);
            }
            for (int i = 0; i < 12; i++)
            {
                final long from = random.nextInt(5) == 0 ? Long.MIN_VALUE : random.nextLong(-50, 3_000);
                final long to = random.nextInt(5) == 0 ? Long.MAX_VALUE : Math.max(from, 0) + random.nextLong(0, 300);
                final long first = random.nextInt(3) == 0 ? random.nextInt(times.size()) : 0;
                final long last = random.nextInt(3) == 0 ? random.nextLong(first, times.size()) : Long.MAX_VALUE;
                final TapeRange range = new TapeRange(first, last, from, to);

                assertEquals(naive(range, firstOfSecondRun), read(tape, range), range.toString());
            }
        }
        Tapes.delete(tape);
    }

    private void record(final Path tape, final SplittableRandom random)
    {
        final UnsafeBuffer room = Tapes.room(BLOCK);
        final OrderBookEvent event = new OrderBookEvent();
        long time = random.nextLong(0, 1_000);
        try (TapeWriter writer = Tapes.open(tape, CONFIG))
        {
            for (int i = 0; i < BLOCKS; i++)
            {
                time = random.nextInt(40) == 0 ? random.nextLong(0, 3_000) : time + random.nextInt(5);
                final long sequence = writer.journaledSequence() + 1;
                for (int j = 0; j < BLOCK; j++)
                {
                    final int kind = random.nextInt(20);
                    final int type = kind == 0 ? EventType.VOID : kind < 4 ? EventType.DETAIL : EventType.TRADE;
                    final long own = type == EventType.TRADE ? time + random.nextInt(-3, 4) : random.nextLong();
                    event.wrap(room, j * OrderBookEvent.SIZE_BYTES).reset().sequence(sequence + j)
                        .receiveTimeNs(own).type(type);
                    times.add(own);
                    types.add(type);
                }
                writer.onRange(room, 0, sequence, BLOCK);
            }
            writer.close(Tapes.SUMMARY);
        }
    }

    private List<Long> naive(final TapeRange range, final int firstOfSecondRun)
    {
        final List<Long> selected = new ArrayList<>();
        boolean isWanted = false;
        for (int i = (int)range.fromSequence(); i < times.size() && i <= range.toSequence(); i++)
        {
            isWanted &= i != firstOfSecondRun;
            if (types.get(i) == EventType.TRADE)
            {
                isWanted = times.get(i) >= range.fromTimeNs() && times.get(i) <= range.toTimeNs();
            }
            if (isWanted || !range.isTimed())
            {
                selected.add((long)i);
            }
        }
        return selected;
    }

    private static List<Long> read(final Path tape, final TapeRange range)
    {
        final List<Long> selected = new ArrayList<>();
        try (TapeReader reader = Tape.open(tape).read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    selected.add(reader.firstSequence() + i);
                }
            }
        }
        catch (final TapeException e)
        {
            assertEquals(TapeException.Kind.OUT_OF_RANGE, e.kind());
        }
        return selected;
    }

    private static void deleteIndexes(final Path tape) throws IOException
    {
        for (final RunDirectory run : Tape.open(tape).runs())
        {
            for (final RunDirectory.RollFile file : run.files())
            {
                Files.deleteIfExists(FileIndex.path(run.path(), file.number()));
            }
        }
    }
}
