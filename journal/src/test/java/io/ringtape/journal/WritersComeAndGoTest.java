package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever looks at a tape finds it whole at any moment, while runs start, roll and end. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class WritersComeAndGoTest
{
    private static final TapeConfig SMALL = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
    private static final int SHORT_RUNS = 20;
    private static final int LONG_RUNS = 2;
    /** Some files. */
    private static final int LONG_WRITES = 2_000;

    private final Path tape = Tapes.fresh("writers-come-and-go");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldReadAllFromTheStart() throws Exception
    {
        look(() -> Tapes.readOn(tape, TapeRange.ALL, 0));
    }

    @Test
    void shouldReadFromAPlaceOn() throws Exception
    {
        look(() ->
        {
            final long from = Math.max(0, newestRunFirst() - 1);
            return Tapes.readOn(tape, TapeRange.sequences(from, Long.MAX_VALUE), from);
        });
    }

    @Test
    void shouldVerifyIt() throws Exception
    {
        look(() ->
        {
            final TapeReport report = TapeVerifier.verify(tape);
            assertEquals(TapeStatus.OK, report.status(), report::detail);
            return report.lastSequence();
        });
    }

    @Test
    void shouldTellWhatThereIs() throws Exception
    {
        look(() ->
        {
            final TapeInfo info = opened().info();
            assertEquals(List.of(), info.problems());
            assertTrue(info.end().isPresent(), info::toString);
            return info.runs().get(info.runs().size() - 1).firstSequence().orElseThrow();
        });
    }

    @Test
    void shouldTellHowItEnds() throws Exception
    {
        look(() ->
        {
            final long first = newestRunFirst();
            final TapeEnd.Kind kind = opened().end().kind();
            assertTrue(kind == TapeEnd.Kind.CLOSED || kind == TapeEnd.Kind.BEING_WRITTEN, kind::toString);
            return first;
        });
    }

    private Tape opened()
    {
        return Tape.open(tape);
    }

    private long newestRunFirst()
    {
        final List<RunInfo> runs = opened().runInfos();
        return runs.get(runs.size() - 1).firstSequence();
    }

    private void look(final LongSupplier look) throws Exception
    {
        Markets.record(tape, SMALL, 0, 1);
        Looks.during(Executors.callable(this::write), look, "writers come and go");
        final long last = look.getAsLong();
        assertTrue(last > LONG_WRITES, "last=" + last);
    }

    private void write()
    {
        for (int run = 1; run <= SHORT_RUNS; run++)
        {
            leaveRunOfAKilledWriter();
            Markets.record(tape, SMALL, run, 1);
        }
        for (int run = 1; run <= LONG_RUNS; run++)
        {
            Markets.record(tape, SMALL, run, LONG_WRITES);
        }
    }

    /** One that was killed at its first roll file, which the next writer takes away again. */
    private void leaveRunOfAKilledWriter()
    {
        try
        {
            final Path run = TapeDirectory.makeRun(
                tape, TapeDirectory.nextRunId(tape, Documents.RunEnd.NONE), Device.REAL);
            Manifest.create(run);
            Permissions.createFile(run.resolve(RollFiles.name(0)));
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }
}
