package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt of the recorder's thread is no reason to stop a tape, and stays with the thread. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeInterruptTest
{
    private static final int BATCHES = 400;
    private static final int BATCH = 128;

    private final Path tape = Tapes.fresh("interrupt");

    @AfterEach
    void clean()
    {
        Thread.interrupted();
        Tapes.delete(tape);
    }

    @Test
    void shouldRollAndCloseUnderAnInterrupt()
    {
        requireWhole(Durability.PAGE_CACHE);
    }

    @Test
    void shouldForceUnderAnInterrupt()
    {
        requireWhole(Durability.EVERY_BATCH);
    }

    private void requireWhole(final Durability durability)
    {
        final boolean isKept;
        try (TapeWriter writer = Tapes.open(tape,
            TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES).withDurability(durability)))
        {
            Thread.currentThread().interrupt();

            Tapes.write(writer, BATCHES, BATCH);
            writer.close(Tapes.SUMMARY);
            isKept = Thread.interrupted();
        }

        assertTrue(isKept, "the interrupt is the thread's");
        assertEquals(new TapeReport(TapeStatus.OK, (long)BATCHES * BATCH, 0, (long)BATCHES * BATCH - 1, 1,
            "all runs are whole: runs=1"), TapeVerifier.verify(tape));
        assertTrue(Tape.open(tape).runs().get(0).files().size() > 2, "files were rolled");
    }
}
