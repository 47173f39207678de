package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.journal.TapeInfo.FileState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forces and seals go on beside each other, and both stop the tape when they fail. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class KeeperTest
{
    private static final int BLOCK = 1024;
    /** So many blocks are more than a file, which has room for an entry of the index. */
    private static final int FILE_BLOCKS = 40;

    private final Path tape = Tapes.fresh("keeper");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldForceWhileASealIsHeldUp() throws InterruptedException
    {
        final HeldForce device = new HeldForce(FileIndex.SUFFIX);
        try (TapeWriter writer = open(Durability.everyNs(1_000_000), device))
        {
            Tapes.write(writer, FILE_BLOCKS, BLOCK);
            device.isHeld.await();

            Tapes.write(writer, 2, BLOCK);
            final YieldingIdleStrategy idle = new YieldingIdleStrategy();
            while (writer.durableSequence() < writer.journaledSequence())
            {
                idle.idle();
            }

            assertEquals((FILE_BLOCKS + 2) * BLOCK - 1, writer.durableSequence());
            assertFalse(isSealed(0));
            device.release.countDown();
            writer.close(Tapes.SUMMARY);
        }
        assertTrue(isSealed(0));
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldWaitForTheSealWhenItIsClosed() throws InterruptedException
    {
        final HeldForce device = new HeldForce(FileIndex.SUFFIX);
        final TapeWriter writer = open(Durability.everyNs(1_000_000), device);
        Tapes.write(writer, FILE_BLOCKS, BLOCK);
        device.isHeld.await();
        final Thread closer = new Thread(() -> writer.close(Tapes.SUMMARY));
        closer.start();

        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        while (closer.getState() != Thread.State.TIMED_WAITING)
        {
            idle.idle();
        }
        assertFalse(isSealed(0));
        device.release.countDown();
        closer.join();

        assertTrue(isSealed(0));
        assertTrue(isSealed(1));
    }

    @Test
    void shouldStopTheTapeWhenASealFails()
    {
        final TapeWriter writer = open(Durability.everyNs(TimeUnit.DAYS.toNanos(1)), new DeviceFaults()
        {
            @Override
            public void onForce(final Path path) throws IOException
            {
                if (isIndex(path))
                {
                    throw new IOException("device is broken");
                }
            }
        });

        final TapeException stopped =
            assertThrows(TapeException.class, () -> Tapes.write(writer, 1_000_000, BLOCK));

        assertEquals(TapeException.Kind.IO, stopped.kind());
        assertEquals("file cannot be sealed: file=19700101-00LX.cq4: run=run-000001 durableSequence=-1: " +
            "IOException device is broken", stopped.getMessage());
        assertEquals(stopped.getMessage(), assertThrows(TapeException.class, writer::close).getMessage());
    }

    @Test
    void shouldStopTheTapeWhenASealFailsInAnotherWay()
    {
        final TapeWriter writer = open(Durability.everyNs(TimeUnit.DAYS.toNanos(1)), new DeviceFaults()
        {
            @Override
            public void onForce(final Path path)
            {
                if (isIndex(path))
                {
                    throw new IllegalStateException("seal is broken");
                }
            }
        });

        final TapeException stopped =
            assertThrows(TapeException.class, () -> Tapes.write(writer, 1_000_000, BLOCK));

        assertEquals("file cannot be sealed: file=19700101-00LX.cq4: run=run-000001 durableSequence=-1: " +
            "IllegalStateException seal is broken", stopped.getMessage());
        assertThrows(TapeException.class, writer::close);
    }

    @Test
    void shouldRefuseAForceUnderWhichTheTapeIsClosed() throws Exception
    {
        final HeldForce device = new HeldForce(RollFiles.SUFFIX);
        final TapeWriter writer = open(Durability.PAGE_CACHE, device);
        Tapes.write(writer, 1, BLOCK);
        final FutureTask<TapeException> force =
            new FutureTask<>(() -> assertThrows(TapeException.class, writer::force));
        new Thread(force).start();
        device.isHeld.await();

        writer.close();
        device.release.countDown();

        final String refused = "tape cannot be forced to the device: run=run-000001 durableSequence=-1: " +
            "IOException tape is closed";
        assertEquals(refused, force.get().getMessage());
        assertEquals(refused, assertThrows(TapeException.class, writer::force).getMessage());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    private boolean isSealed(final int file)
    {
        return Tape.open(tape).info().runs().get(0).files().get(file).state() == FileState.SEALED;
    }

    private static boolean isIndex(final Path path)
    {
        return path.toString().endsWith(FileIndex.SUFFIX);
    }

    private TapeWriter open(final Durability durability, final DeviceFaults faults)
    {
        return DeviceFaults.open(tape, TapeConfig.defaults().withReserveBytes(0)
            .withRollBytes(2 * TapeConfig.MIN_ROLL_BYTES).withDurability(durability), Tapes.definitions(),
            () -> Tapes.START_NS, faults);
    }

    /** Holds up what forces a file of a kind; only a seal forces an index. */
    private static final class HeldForce implements DeviceFaults
    {
        private final String suffix;
        private final CountDownLatch isHeld = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        HeldForce(final String suffix)
        {
            this.suffix = suffix;
        }

        @Override
        public void onForce(final Path path) throws IOException
        {
            if (path.toString().endsWith(suffix))
            {
                isHeld.countDown();
                try
                {
                    release.await();
                }
                catch (final InterruptedException e)
                {
                    throw new IOException(e);
                }
            }
        }
    }
}
