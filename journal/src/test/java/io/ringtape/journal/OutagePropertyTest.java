package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Over any outages, each sequence is read back or named as missing, never both and never neither. */
final class OutagePropertyTest
{
    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void shouldReadBackOrNameEachSequence(
        @ForAll final long seed, @ForAll @IntRange(min = 1, max = 3) final int processes, @ForAll final boolean forced)
    {
        final Path tape = Tapes.fresh("outages");
        final Random random = new Random(seed);
        long next = 0;
        for (int i = 0; i < processes; i++)
        {
            final Outage outage = new Outage(tape);
            try (TapeWriter writer = outage.open(forced ? Durability.EVERY_BATCH : Durability.PAGE_CACHE))
            {
                assertEquals(next, writer.firstSequence());
                run(writer, outage, random);
                next = Math.max(next, outage.next());
            }
        }

        final List<Long> read = new ArrayList<>();
        final List<Long> missing = new ArrayList<>();
        for (final MissingRange range : Tape.open(tape).info().unjournaled())
        {
            LongStream.rangeClosed(range.firstSequence(), range.lastSequence()).forEach(missing::add);
        }
        readAll(tape, read);

        final List<Long> all = new ArrayList<>(read);
        all.addAll(missing);
        all.sort(Long::compare);
        assertEquals(LongStream.range(0, next).boxed().toList(), all);
        assertEquals(missing.isEmpty() ? TapeStatus.OK : TapeStatus.GAP, TapeVerifier.verify(tape).status());
        Tapes.delete(tape);
    }

    private static void run(final TapeWriter writer, final Outage outage, final Random random)
    {
        for (int i = 0; i < 60; i++)
        {
            outage.isFull = random.nextInt(4) == 0 ? !outage.isFull : outage.isFull;
            outage.isBroken = random.nextInt(8) == 0 ? !outage.isBroken : outage.isBroken;
            outage.feed(writer, 1 + random.nextInt(4));
            if (!outage.isFull && !outage.isBroken && random.nextBoolean())
            {
                outage.feedUntil(writer, true);
            }
        }
        outage.isBroken = false;
    }

    private static void readAll(final Path tape, final List<Long> read)
    {
        long from = 0;
        for (final MissingRange range : Tape.open(tape).info().unjournaled())
        {
            if (range.firstSequence() > from)
            {
                read.addAll(Tapes.sequences(tape, TapeRange.sequences(from, range.firstSequence() - 1)));
            }
            from = range.lastSequence() + 1;
        }
        final List<TapeInfo.Run> runs = Tape.open(tape).info().runs();
        if (runs.get(runs.size() - 1).lastSequence().orElseThrow() >= from)
        {
            read.addAll(Tapes.sequences(tape, TapeRange.sequences(from, Long.MAX_VALUE)));
        }
    }
}
