package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tape stops before the device is full, and what it had reserved is given back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SpaceGuardTest
{
    private final Path tape = Tapes.fresh("space");
    private final Path run = tape.resolve("run-000001");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldReserveAheadOfTheRecorderAndTheNextFileToo()
    {
        final SmallDevice device = new SmallDevice(100);
        try (TapeWriter writer = open(device))
        {
            Tapes.write(writer, 600, 1024);
            writer.close(Tapes.SUMMARY);
        }

        final long stretch = SpaceGuard.STRETCH_BYTES;
        assertEquals(List.of("19700101-00LX.cq4 0", "19700101-01LX.cq4.next 0", "19700101-00LX.cq4 " + stretch,
            "19700101-00LX.cq4 " + 2 * stretch), device.reserved);
        assertFalse(Files.exists(run.resolve("19700101-01LX.cq4.next")));
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldStopWithOneLineWhenTheDeviceRefusesAStretch()
    {
        final long journaled;
        try (TapeWriter writer = open(new SmallDevice(2)))
        {
            final TapeException e = assertThrows(TapeException.class, () -> Tapes.write(writer, 600, 1024));

            assertEquals(TapeException.Kind.IO, e.kind());
            assertEquals("device is full: file=" + run.resolve(RollFiles.name(0)) + " reservedBytes=16777216: " +
                "no space left on device", e.getMessage());
            journaled = writer.journaledSequence();
        }

        assertTrue(journaled > 0);
        assertEquals(journaled, TapeVerifier.verify(tape).lastSequence());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldLeaveNothingBehindWhenTheFirstStretchIsRefused()
    {
        final TapeException e = assertThrows(TapeException.class, () -> open(new SmallDevice(0)));

        assertEquals(TapeException.Kind.CANNOT_CREATE, e.kind());
        assertEquals("cannot create the tape: path=" + run + ": IOException no space left on device", e.getMessage());
        assertFalse(Files.exists(tape));
    }

    @Test
    void shouldTakeAwayWhatAKillLeftOfARoll() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, 2, 10);
        }
        Files.createFile(run.resolve(RollFiles.name(1)));
        Files.createFile(run.resolve(RollFiles.name(2) + SpaceGuard.NEXT_SUFFIX));
        final TapeReport before = TapeVerifier.verify(tape);

        Tapes.record(tape, 2, 10);

        assertEquals(20, before.events());
        assertFalse(Files.exists(run.resolve(RollFiles.name(1))));
        assertFalse(Files.exists(run.resolve(RollFiles.name(2) + SpaceGuard.NEXT_SUFFIX)));
        assertEquals(new TapeReport(TapeStatus.OK, 40, 0, 39, 2, "what was recorded is whole: runs=2 " +
            "notClosed=1; run was not closed: run=1 file=19700101-00LX.cq4 offset=34752 lastSequence=19"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldReserveOnTheRealDeviceWhereThatCanBeDone() throws IOException
    {
        Files.createDirectories(tape);
        final Path file = tape.resolve("file");
        Files.write(file, new byte[100]);

        final boolean isReserved = Preallocation.reserve(file, 0, 1 << 20);

        assertTrue(isReserved || !Files.isDirectory(Path.of("/proc/self")));
        assertEquals(100, Files.size(file));
    }

    @Test
    void shouldMakeARangeAnewAndKeepWhatIsAroundIt() throws IOException
    {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "the system cannot reserve");
        Files.createDirectories(tape);
        final Path file = tape.resolve("file");
        final byte[] bytes = new byte[64 << 10];
        Arrays.fill(bytes, (byte)7);
        Files.write(file, bytes);
        final byte[] expected = bytes.clone();
        Arrays.fill(expected, 16 << 10, 48 << 10, (byte)0);

        Preallocation.renew(file, 16 << 10, 32 << 10);

        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void shouldRenewTheHeadOfEachFileBehindItsFirstDocumentWherePagesAreLarge()
    {
        final SmallDevice device = new SmallDevice(100);
        try (TapeWriter writer = open(device))
        {
            Tapes.write(writer, 1, 1024);
            writer.close(Tapes.SUMMARY);
        }

        final boolean isLarge = Files.isDirectory(Path.of("/sys/kernel/mm/transparent_hugepage"));
        assertEquals(isLarge ? List.of("19700101-00LX.cq4 " + LargePages.BYTES + " to " + SpaceGuard.STRETCH_BYTES) :
            List.of(), device.renewed);
    }

    @Test
    void shouldStopWithOneLineWhenTheSpaceOfTheHeadIsLost()
    {
        assumeTrue(Files.isDirectory(Path.of("/sys/kernel/mm/transparent_hugepage")), "the system has no large pages");
        final SmallDevice device = new SmallDevice(100);
        device.isTaken = true;

        final TapeException e = assertThrows(TapeException.class, () -> open(device));

        assertEquals("device is full: file=" + run.resolve(RollFiles.name(0)) + " reservedBytes=16777216: " +
            "no space left on device", e.getMessage());
        assertFalse(Files.exists(tape));
    }

    private TapeWriter open(final Device device)
    {
        final TapeConfig config = TapeConfig.defaults().withReserveBytes(0);
        return TapeWriter.open(
            tape, Tapes.definitions(), TapeParts.of(tape, config, () -> Tapes.START_NS).with(device));
    }

    /** Has room for so many stretches. */
    private static final class SmallDevice implements Device
    {
        private final List<String> reserved = new ArrayList<>();
        private final List<String> renewed = new ArrayList<>();
        private boolean isTaken;
        private int left;

        SmallDevice(final int left)
        {
            this.left = left;
        }

        @Override
        public void force(final Path path)
        {
            // Nothing is forced here.
        }

        @Override
        public void force(final MarkFile mark)
        {
            // Nothing is forced here.
        }

        @Override
        public boolean reserve(final Path file, final long from, final long length) throws IOException
        {
            if (left-- == 0)
            {
                throw new IOException("no space left on device");
            }
            reserved.add(file.getFileName() + " " + from);
            return true;
        }

        @Override
        public void renew(final Path file, final long from, final long length) throws IOException
        {
            if (isTaken)
            {
                throw new IOException("no space left on device");
            }
            renewed.add(file.getFileName() + " " + from + " to " + (from + length));
        }
    }
}
