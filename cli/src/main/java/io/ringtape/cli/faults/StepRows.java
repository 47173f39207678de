package io.ringtape.cli.faults;

import io.ringtape.cli.faults.FaultTapes.Shape;
import io.ringtape.journal.DeviceFaults;
import io.ringtape.journal.TapeStep;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A process that is gone at each step of an open, a block, a roll, and between the rename of a reserved file and its
 * first block: F2. Rounds come to these four kinds in turn, and to the steps of each in order, so that as many rounds
 * as there are steps come to all of them; the child ends itself there and nowhere else.
 */
final class StepRows
{
    private static final int KINDS = 4;
    private static final int ROUNDS = 200;
    private static final List<TapeStep> OF_A_BLOCK = List.of(TapeStep.DOCUMENT_BEGUN, TapeStep.BLOCK_PART,
        TapeStep.DOCUMENT_FILLED, TapeStep.DOCUMENT_COMMITTED, TapeStep.DOCUMENT_MARKED);
    private static final List<TapeStep> OF_A_SEAL = List.of(TapeStep.SEAL_READ_ONLY, TapeStep.SEALED);
    private static final int BLOCK = 128;
    private static final int ROLLS = 3;

    private final Limits limits;
    private final KillRows kills;
    private @Nullable Steps steps;

    /** What there is before the child opens the tape. */
    private enum Place
    {
        NOTHING, EMPTY_DIRECTORY, TAPE
    }

    /**
     * Where the child ends.
     *
     * @param place  what there is before.
     * @param from   name of the step that is counted from.
     * @param nth    time of it.
     * @param behind so many steps later.
     * @param step   that it then ends at.
     */
    private record Point(Place place, String from, long nth, long behind, TapeStep step)
    {
    }

    /**
     * The steps as a writer comes to them.
     *
     * @param opens of each place.
     * @param roll  from its start to the first block behind it.
     */
    private record Steps(List<List<TapeStep>> opens, List<TapeStep> roll)
    {
        int openCount()
        {
            return opens.stream().mapToInt(List::size).sum();
        }
    }

    StepRows(final Limits limits, final KillRows kills)
    {
        this.limits = limits;
        this.kills = kills;
    }

    FaultRow row()
    {
        return new Row("F2", "kill at each step of open, block and roll", (long)KINDS * ROUNDS, this::killAtStep);
    }

    private void killAtStep(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final Point point = point(seed, walked(scratch));
        final Path tape = FaultTapes.fresh(scratch);
        final long before = prepare(point.place(), scratch, tape);
        final long acknowledged;
        try (RecordingProcess child = RecordingProcess.start(limits, List.of(), tape, List.of(FaultChild.HALT,
            tape.toString(), Long.toString(seed), Long.toString(FaultTapes.CONFIG.rollBytes()),
            Long.toString(FaultChild.MAX_EVENTS), point.from(), Long.toString(point.nth()),
            Long.toString(point.behind()))))
        {
            acknowledged = child.drain();
            FaultFailure.require(child.process().exitValue() == HaltingDevice.CODE,
                "did not come to the step: " + point + " code=" + child.process().exitValue());
        }
        try
        {
            kills.requireKept(tape, Math.max(acknowledged, before == 0 ? RecordingProcess.NOTHING : before - 1));
            requireNothingHalfMade(tape);
        }
        catch (final FaultFailure e)
        {
            throw new FaultFailure(e.getMessage() + " at " + point);
        }
    }

    private static void requireNothingHalfMade(final Path tape) throws IOException
    {
        for (final Path file : TapeFiles.files(tape))
        {
            FaultFailure.require(!file.toString().endsWith(".tmp") && !file.toString().endsWith(".next"),
                "something half-made is left: file=" + file);
        }
    }

    private static Point point(final long seed, final Steps steps)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final long turn = Math.floorDiv(seed, (long)KINDS);
        final int renamed = steps.roll().indexOf(TapeStep.NEXT_FILE_RENAMED);
        return switch ((int)Math.floorMod(seed, (long)KINDS))
        {
            case 0 -> inBlock(turn, 1 + random.nextInt(200));
            case 1 -> inOpen((int)Math.floorMod(turn, (long)steps.openCount()), steps);
            case 2 -> inRoll((int)Math.floorMod(turn, (long)steps.roll().size() + OF_A_SEAL.size()),
                1 + random.nextInt(ROLLS), steps);
            default ->
            {
                final int behind = (int)Math.floorMod(turn, (long)steps.roll().size() - renamed);
                yield new Point(Place.NOTHING, TapeStep.NEXT_FILE_RENAMED.name(), 1 + random.nextInt(ROLLS), behind,
                    steps.roll().get(renamed + behind));
            }
        };
    }

    /** Of the documents before the first block some steps are the same. */
    private static Point inBlock(final long turn, final int nth)
    {
        final TapeStep step = OF_A_BLOCK.get((int)Math.floorMod(turn, (long)OF_A_BLOCK.size()));
        return new Point(Place.NOTHING, step.name(), nth, 0, step);
    }

    private static Point inOpen(final int index, final Steps steps)
    {
        int left = index;
        int place = 0;
        while (left >= steps.opens().get(place).size())
        {
            left -= steps.opens().get(place).size();
            place++;
        }
        return new Point(Place.values()[place], HaltingDevice.AT_ONCE, 1, left, steps.opens().get(place).get(left));
    }

    private static Point inRoll(final int index, final int nth, final Steps steps)
    {
        final int sealing = index - steps.roll().size();
        return sealing < 0 ?
            new Point(Place.NOTHING, TapeStep.ROLL_BEGUN.name(), nth, index, steps.roll().get(index)) :
            new Point(Place.NOTHING, OF_A_SEAL.get(sealing).name(), nth, 0, OF_A_SEAL.get(sealing));
    }

    /** Makes what is there before; returns how many events are. */
    private static long prepare(final Place place, final Path scratch, final Path tape) throws IOException
    {
        if (place == Place.EMPTY_DIRECTORY)
        {
            Files.createDirectory(tape);
        }
        else if (place == Place.TAPE)
        {
            FaultTapes.copy(FaultTapes.good(scratch, Shape.RUNS), tape);
            return Shape.RUNS.events();
        }
        return 0;
    }

    /** Goes through all steps once, and ends nothing. */
    private Steps walked(final Path scratch) throws IOException
    {
        Steps known = steps;
        if (known == null)
        {
            final List<List<TapeStep>> opens = new ArrayList<>();
            List<TapeStep> roll = List.of();
            for (final Place place : Place.values())
            {
                final Path tape = FaultTapes.fresh(scratch);
                prepare(place, scratch, tape);
                final Walk walk = new Walk();
                try (TapeWriter writer = DeviceFaults.open(
                    tape, FaultTapes.CONFIG, FaultTapes.definitions(), () -> FaultTapes.START_NS, walk))
                {
                    opens.add(walk.takeAll());
                    while (!walk.done.contains(TapeStep.ROLL_DONE))
                    {
                        walk.done.clear();
                        FaultTapes.write(writer, 1, BLOCK);
                    }
                    // Up to the commit of the first block behind it: the last step that was done is that of its mark.
                    roll = walk.done.subList(walk.done.indexOf(TapeStep.ROLL_BEGUN), walk.done.size());
                    roll = List.copyOf(roll);
                }
            }
            known = new Steps(List.copyOf(opens), roll);
            steps = known;
        }
        return known;
    }

    /** Writes down the steps of the thread that made it. */
    private static final class Walk implements DeviceFaults
    {
        private final Thread thread = Thread.currentThread();
        private final List<TapeStep> done = new ArrayList<>();

        @Override
        public void onStep(final TapeStep step)
        {
            if (thread == Thread.currentThread())
            {
                done.add(step);
            }
        }

        List<TapeStep> takeAll()
        {
            final List<TapeStep> all = List.copyOf(done);
            done.clear();
            return all;
        }
    }
}
