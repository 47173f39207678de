package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Definitions;
import io.ringtape.journal.TapeException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that its writer takes back while others look is no damage and no gap. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TakenBackTest
{
    private static final TapeConfig SMALL = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
    private static final int RUNS = 40;

    private final Path tape = Tapes.fresh("taken-back");
    private final String refusal = "a run was taken back while the tape was read: directory=" + tape;

    @BeforeEach
    void record()
    {
        Markets.record(tape, SMALL, 0, 10);
    }

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldSayThatARunWasTakenBackAheadOfTheReader()
    {
        final TapeWriter writer = written(1, 20);

        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            assertTrue(reader.nextBlock());
            writer.discard();

            assertTakenBack(assertThrows(TapeException.class, () -> readOn(reader)));
        }
    }

    @Test
    void shouldNeverFindDamageWhileRunsAreTakenBack() throws Exception
    {
        final FutureTask<Void> writing = new FutureTask<>(() ->
        {
            for (int i = 1; i <= RUNS; i++)
            {
                written(i, 30).discard();
                Markets.record(tape, SMALL, i, 1);
            }
        }, null);

        new Thread(writing, "writer").start();

        while (!writing.isDone())
        {
            assertEquals(List.of(), Tape.open(tape).info().problems());
            try
            {
                assertEquals(List.of(), TapeRetention.keepBytes(Tape.open(tape), Long.MAX_VALUE, false).files());
                final TapeReport report = TapeVerifier.verify(tape);
                assertEquals(TapeStatus.OK, report.status(), report::detail);
            }
            catch (final TapeException e)
            {
                assertTakenBack(e);
            }
        }
        writing.get();
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    private TapeWriter written(final int seed, final int writes)
    {
        final Definitions definitions = Markets.definitions();
        final TapeWriter writer = Markets.open(tape, SMALL, definitions);
        Markets.of(writer, definitions, seed).write(writes);
        return writer;
    }

    private static void readOn(final TapeReader reader)
    {
        while (reader.nextBlock())
        {
            assertTrue(reader.count() > 0);
        }
    }

    private void assertTakenBack(final TapeException failure)
    {
        assertEquals(refusal, failure.getMessage());
        assertEquals(Kind.IN_USE, failure.kind());
    }
}
