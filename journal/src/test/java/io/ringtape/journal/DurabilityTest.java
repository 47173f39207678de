package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What survives the machine, and what is said of what does not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DurabilityTest
{
    private static final BootId BEFORE = new BootId(1, 1);
    private static final BootId AFTER = new BootId(2, 2);
    private static final Durability NEVER = Durability.everyNs(TimeUnit.DAYS.toNanos(1));
    private static final int BLOCK = 16;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);
    private final Path tape = Tapes.fresh("durability");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldForceTapeThenDirectoriesThenMarkBeforeItReturnsFromABatch()
    {
        final ForgetfulDevice device = new ForgetfulDevice();
        try (TapeWriter writer = open(Durability.EVERY_BATCH, device, BEFORE))
        {
            device.calls.clear();

            Tapes.write(writer, 1, BLOCK);
            final long first = writer.durableSequence();
            Tapes.write(writer, 1, BLOCK);

            assertEquals(BLOCK - 1, first);
            assertEquals(2 * BLOCK - 1, writer.durableSequence());
            final String parent = String.valueOf(tape.toAbsolutePath().getParent().getFileName());
            assertEquals(List.of("19700101-00LX.cq4", "manifest", "run-000001", "tape", parent, "mark-journaled",
                "mark", "19700101-00LX.cq4", "mark"), device.calls);
        }
    }

    @Test
    void shouldForceBehindTheRecorderEachInterval()
    {
        final ForgetfulDevice device = new ForgetfulDevice();
        try (TapeWriter writer = open(Durability.everyNs(1_000_000), device, BEFORE))
        {
            Tapes.write(writer, 3, BLOCK);

            final YieldingIdleStrategy idle = new YieldingIdleStrategy();
            while (writer.durableSequence() < 3 * BLOCK - 1)
            {
                idle.idle();
            }

            assertEquals(writer.journaledSequence(), writer.durableSequence());
        }
    }

    @Test
    void shouldForceNothingUnlessItWasAskedTo()
    {
        final ForgetfulDevice device = new ForgetfulDevice();
        try (TapeWriter writer = open(Durability.PAGE_CACHE, device, BEFORE))
        {
            Tapes.write(writer, 3, BLOCK);

            assertEquals(List.of(), device.calls);
            assertEquals(-1, writer.durableSequence());
        }
    }

    @Test
    void shouldStopAndNeverTryAgainWhenAForceFails()
    {
        final ForgetfulDevice device = new ForgetfulDevice();
        try (TapeWriter writer = open(Durability.EVERY_BATCH, device, BEFORE))
        {
            Tapes.write(writer, 2, BLOCK);
            device.isBroken = true;

            final TapeException first = assertThrows(TapeException.class, () -> Tapes.write(writer, 1, BLOCK));
            device.isBroken = false;
            device.calls.clear();
            final TapeException second = assertThrows(TapeException.class, () -> Tapes.write(writer, 1, BLOCK));

            assertEquals(TapeException.Kind.IO, first.kind());
            assertEquals("tape cannot be forced to the device: run=run-000001 durableSequence=31: " +
                "IOException device is broken", first.getMessage());
            assertEquals("tape has stopped: " + first.getMessage(), second.getMessage());
            assertEquals(2 * BLOCK - 1, writer.durableSequence());
            assertEquals(List.of(), device.calls);
            device.isBroken = true;
            assertEquals(first.getMessage(), assertThrows(TapeException.class, writer::close).getMessage());
        }
    }

    @Test
    void shouldStopAtTheNextBatchWhenAForceBehindItFailed()
    {
        final ForgetfulDevice device = new ForgetfulDevice();
        final TapeWriter writer = open(Durability.everyNs(1_000_000), device, BEFORE);
        device.isBroken = true;

        final TapeException e = assertThrows(TapeException.class, () -> Tapes.write(writer, 1_000_000, BLOCK));

        assertTrue(String.valueOf(e.getMessage()).endsWith("IOException device is broken"), e::getMessage);
        assertThrows(TapeException.class, writer::close);
    }

    @Test
    void shouldHaveAllThatWasForcedAndAWholePrefixAfterThePowerWasLost() throws IOException
    {
        for (int round = 0; round < 50; round++)
        {
            final ForgetfulDevice device = new ForgetfulDevice();
            final long durable;
            final long journaled;
            try (TapeWriter writer = open(NEVER, device, BEFORE))
            {
                Tapes.write(writer, 1 + random.nextInt(1200), BLOCK);
                writer.force();
                durable = writer.durableSequence();
                Tapes.write(writer, random.nextInt(2000), BLOCK);
                journaled = writer.journaledSequence();
                device.loseAnyOf(tape, random);
            }
            device.restore(tape);

            final List<Long> read = sequences(AFTER);

            final String where = "seed=" + seed + " round=" + round;
            assertTrue(read.size() > durable, where + " read=" + read.size() + " durable=" + durable);
            assertTrue(read.size() <= journaled + 1, where);
            try (TapeWriter writer = open(Durability.EVERY_BATCH, new ForgetfulDevice(), AFTER))
            {
                assertEquals(read.size(), writer.firstSequence(), where);
                Tapes.write(writer, 2, BLOCK);
                writer.close(Tapes.SUMMARY);
            }
            assertEquals(read.size() + 2 * BLOCK, sequences(AFTER).size(), where);
            TapeDirectory.deleteTree(tape);
        }
    }

    @Test
    void shouldNameWhatWasLostWithTheMachine() throws IOException
    {
        loseTwoBlocks();

        final TapeEnd end = Tape.open(tape, AFTER).end();

        assertEquals(TapeEnd.Kind.TORN, end.kind());
        assertEquals("torn tail: run=1 file=19700101-00LX.cq4 offset=36608 lastSequence=47: lost with the machine: " +
            "sequences 48..79", end.detail());
        assertEquals(TapeStatus.DAMAGED, TapeVerifier.verify(Tape.open(tape, BEFORE)).status());
    }

    @Test
    void shouldNotExcuseTheLossOfWhatWasForced() throws IOException
    {
        final Path file = tape.resolve("run-000001").resolve(RollFiles.name(0));
        final byte[] early;
        try (TapeWriter writer = open(Durability.EVERY_BATCH, new ForgetfulDevice(), BEFORE))
        {
            Tapes.write(writer, 1, BLOCK);
            early = Files.readAllBytes(file);
            Tapes.write(writer, 2, BLOCK);
        }
        Files.write(file, early);

        final TapeReport report = TapeVerifier.verify(Tape.open(tape, AFTER));

        assertEquals(TapeStatus.DAMAGED, report.status());
        assertEquals("tape is damaged: run=1 file=19700101-00LX.cq4 block=1 offset=34432 sequence=16: " +
            "run ends early; sequences 16..47 are not readable", report.detail());
    }

    @Test
    void shouldNameTheLossOfWhatWasForcedAlsoBehindTheNextRun() throws IOException
    {
        final Path file = tape.resolve("run-000001").resolve(RollFiles.name(0));
        final byte[] early;
        try (TapeWriter writer = open(Durability.EVERY_BATCH, new ForgetfulDevice(), BEFORE))
        {
            Tapes.write(writer, 1, BLOCK);
            early = Files.readAllBytes(file);
            Tapes.write(writer, 2, BLOCK);
        }
        Files.write(file, early);
        final String before = TapeVerifier.verify(Tape.open(tape, AFTER)).detail();

        recordOneMore(Durability.EVERY_BATCH);

        final TapeReport report = TapeVerifier.verify(Tape.open(tape, AFTER));
        assertEquals(TapeStatus.DAMAGED, report.status());
        assertEquals(before + "; whole behind it: run=2 sequences=48..63", report.detail());
        assertTrue(before.endsWith("run ends early; sequences 16..47 are not readable"), before);
        assertEquals(before, assertThrows(TapeException.class, () -> sequences(AFTER)).getMessage());
        assertEquals(LongStream.range(48, 64).boxed().toList(),
            Tapes.sequences(Tape.open(tape, AFTER), TapeRange.sequences(48, 63)));
    }

    @Test
    void shouldNameABlockThatWasForcedAndIsNotWholeAlsoBehindTheNextRun() throws IOException
    {
        final Path file = tape.resolve("run-000001").resolve(RollFiles.name(0));
        final byte[] durable;
        try (TapeWriter writer = open(NEVER, new ForgetfulDevice(), BEFORE))
        {
            Tapes.write(writer, 3, BLOCK);
            writer.force();
            durable = Files.readAllBytes(tape.resolve(MarkFile.DURABLE));
            Tapes.write(writer, 3, BLOCK);
        }
        Files.write(tape.resolve(MarkFile.DURABLE), durable);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[TapeBytes.blockStart(bytes, 1) + 2 * DocumentLayout.EVENTS_OFFSET] ^= 1;
        Files.write(file, bytes);

        recordOneMore(Durability.PAGE_CACHE);
        recordOneMore(Durability.PAGE_CACHE);

        final TapeReport report = TapeVerifier.verify(Tape.open(tape, AFTER));
        assertEquals(TapeStatus.DAMAGED, report.status());
        assertEquals(16, report.events());
        assertTrue(report.detail().contains(" sequence=16: crc does not match"), report::detail);
    }

    @Test
    void shouldNeverGiveASequenceAgainThatWasForcedWhenTheJournaledMarkIsGone() throws IOException
    {
        try (TapeWriter writer = open(Durability.EVERY_BATCH, new ForgetfulDevice(), BEFORE))
        {
            Tapes.write(writer, 3, BLOCK);
        }
        TapeDirectory.deleteTree(tape.resolve("run-000001"));
        Files.delete(tape.resolve(MarkFile.JOURNALED));

        try (TapeWriter writer = open(Durability.PAGE_CACHE, new ForgetfulDevice(), BEFORE))
        {
            assertEquals(3 * BLOCK, writer.firstSequence());
        }
    }

    @Test
    void shouldNameWhatWasLostWithTheMachineAlsoBehindTheNextRuns() throws IOException
    {
        loseTwoBlocks();

        recordOneMore(Durability.EVERY_BATCH);
        recordOneMore(Durability.PAGE_CACHE);

        assertEquals(new TapeReport(TapeStatus.OK, 80, 0, 79, 3, "what was recorded is whole: runs=3 " +
            "notClosed=1; run was not closed: run=1 file=19700101-00LX.cq4 offset=36608 lastSequence=47; " +
            "lost with the machine: sequences 48..79 before run=2, which gives them again"),
            TapeVerifier.verify(Tape.open(tape, AFTER)));
        final TapeInfo info = Tape.open(tape, AFTER).info();
        assertEquals(List.of(new TapeInfo.Lost(2, 48, 79)), info.lost());
        assertEquals(List.of(), info.problems());
        assertEquals(80, sequences(AFTER).size());
    }

    @Test
    void shouldStillKnowWhatWasLostWhenARunWasTakenBackOrNeverStarted() throws IOException
    {
        loseTwoBlocks();
        open(Durability.EVERY_BATCH, new ForgetfulDevice(), AFTER).discard();
        final ForgetfulDevice broken = new ForgetfulDevice();
        broken.isBroken = true;
        assertThrows(TapeException.class, () -> open(Durability.EVERY_BATCH, broken, AFTER));

        final TapeEnd end = Tape.open(tape, AFTER).end();
        recordOneMore(Durability.everyNs(1_000_000));

        assertTrue(end.detail().endsWith("lastSequence=47: lost with the machine: sequences 48..79"), end::detail);
        assertEquals(List.of(new TapeInfo.Lost(2, 48, 79)), Tape.open(tape, AFTER).info().lost());
    }

    @Test
    void shouldCallNothingDamagedThatWasSealedNotForcedAndLostWithTheMachine() throws IOException
    {
        final int hole = loseAPageOfASealedFile(300);
        final String where = "run=1 file=19700101-00LX.cq4 offset=" + hole + " lastSequence=4799";

        final TapeReport before = TapeVerifier.verify(Tape.open(tape, AFTER));
        recordOneMore(Durability.PAGE_CACHE);
        final TapeReport after = TapeVerifier.verify(Tape.open(tape, AFTER));

        assertEquals(new TapeReport(TapeStatus.TORN_TAIL, 4800, 0, 4799, 1,
            "torn tail: " + where + ": lost with the machine: sequences 4800..31999"), before);
        assertEquals(new TapeReport(TapeStatus.OK, 4816, 0, 4815, 2, "what was recorded is whole: runs=2 " +
            "notClosed=1; run was not closed: " + where + "; lost with the machine: sequences 4800..31999 before " +
            "run=2, which gives them again"), after);
        final TapeException e = assertThrows(TapeException.class, () -> Tapes.sequences(
            Tape.open(tape, AFTER), TapeRange.times(Tapes.START_NS + 1_000_000_000, Long.MAX_VALUE)));
        assertEquals("tape holds no event of this range: fromTime=2023-11-14T22:13:21Z runs=2 run=1 lastTime=" +
            "2023-11-14T22:13:20.000047990Z run=2 lastTime=2023-11-14T22:13:20.000048150Z", e.getMessage());
        assertEquals("", TapeIndexes.rebuild(Tape.open(tape, AFTER), Markets::ignore).problem());
    }

    @Test
    void shouldCallNothingDamagedWhereNoWholeBlockIsLeftOfTheNewestRun() throws IOException
    {
        loseAPageOfASealedFile(0);

        final TapeReport report = TapeVerifier.verify(Tape.open(tape, AFTER));

        assertEquals(TapeStatus.TORN_TAIL, report.status(), report.detail());
        assertEquals(0, report.events());
    }

    private int loseAPageOfASealedFile(final int block) throws IOException
    {
        try (TapeWriter writer = open(TapeConfig.defaults().withReserveBytes(0)
            .withRollBytes(2 * TapeConfig.MIN_ROLL_BYTES), new ForgetfulDevice(), BEFORE))
        {
            Tapes.write(writer, 2000, BLOCK);
        }
        return TapeBytes.losePage(TapeBytes.rollFile(tape, 1, 0), block);
    }

    @Test
    void shouldNotMissARunThatWasTakenBackBeforeThePowerWasLost() throws IOException
    {
        recordOneMore(Durability.EVERY_BATCH);
        final ForgetfulDevice device = new ForgetfulDevice();
        final TapeWriter writer = open(Durability.EVERY_BATCH, device, BEFORE);
        Tapes.write(writer, 2, BLOCK);

        writer.discard();

        final Path mark = tape.resolve(MarkFile.DURABLE).toAbsolutePath();
        Files.write(mark, device.forced.get(mark));
        assertEquals(new TapeReport(TapeStatus.OK, BLOCK, 0, BLOCK - 1, 1, "all runs are whole: runs=1"),
            TapeVerifier.verify(Tape.open(tape, AFTER)));
    }

    /** Of five blocks three are left, those that were forced. */
    private void loseTwoBlocks() throws IOException
    {
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final Path mark = tape.resolve(MarkFile.DURABLE);
        final byte[] kept;
        final byte[] durable;
        try (TapeWriter writer = open(NEVER, new ForgetfulDevice(), BEFORE))
        {
            Tapes.write(writer, 3, BLOCK);
            writer.force();
            kept = Files.readAllBytes(file);
            durable = Files.readAllBytes(mark);
            Tapes.write(writer, 2, BLOCK);
        }
        Files.write(file, kept);
        Files.write(mark, durable);
    }

    private void recordOneMore(final Durability durability)
    {
        try (TapeWriter writer = open(durability, new ForgetfulDevice(), AFTER))
        {
            Tapes.write(writer, 1, BLOCK);
            writer.close(Tapes.SUMMARY);
        }
    }

    private TapeWriter open(final Durability durability, final Device device, final BootId bootId)
    {
        final TapeConfig config = TapeConfig.defaults().withReserveBytes(0)
            .withRollBytes(TapeConfig.MIN_ROLL_BYTES).withDurability(durability);
        return open(config, device, bootId);
    }

    private TapeWriter open(final TapeConfig config, final Device device, final BootId bootId)
    {
        return TapeWriter.open(
            tape, Tapes.definitions(), TapeParts.of(tape, config, () -> Tapes.START_NS).with(device).with(bootId));
    }

    private List<Long> sequences(final BootId bootId)
    {
        return Tapes.sequences(Tape.open(tape, bootId), TapeRange.ALL);
    }

    /** Keeps what was forced, and forgets the rest when the power is lost. */
    private final class ForgetfulDevice implements Device
    {
        private static final int PAGE_BYTES = 4096;

        private final List<String> calls = new ArrayList<>();
        private final Map<Path, byte[]> forced = new HashMap<>();
        private Map<Path, byte[]> survived = Map.of();
        private volatile boolean isBroken;

        @Override
        public void force(final Path path) throws IOException
        {
            answer(path.getFileName().toString());
            if (Files.isRegularFile(path))
            {
                forced.put(path.toAbsolutePath(), Files.readAllBytes(path));
            }
        }

        @Override
        public void force(final MarkFile mark) throws IOException
        {
            answer("mark");
            final Path file = tape.resolve(MarkFile.DURABLE).toAbsolutePath();
            forced.put(file, Files.readAllBytes(file));
        }

        @Override
        public boolean reserve(final Path file, final long from, final long length)
        {
            return false;
        }

        private void answer(final String name) throws IOException
        {
            if (isBroken)
            {
                throw new IOException("device is broken");
            }
            calls.add(name);
        }

        /** Any page that was not forced may be there or not; the marks too. */
        void loseAnyOf(final Path tape, final Random random) throws IOException
        {
            final Map<Path, byte[]> left = new HashMap<>();
            try (Stream<Path> paths = Files.walk(tape))
            {
                for (final Path path : paths.filter(Files::isRegularFile)
                    .filter((file) -> !file.endsWith(TapeOwner.NAME) && !file.toString().endsWith(".next")).toList())
                {
                    left.put(path, lose(path, Files.readAllBytes(path), random));
                }
            }
            survived = left;
        }

        private byte[] lose(final Path path, final byte[] now, final Random random)
        {
            final byte[] before = forced.getOrDefault(path.toAbsolutePath(), new byte[0]);
            final boolean isTape = path.toString().endsWith(RollFiles.SUFFIX);
            for (int page = 0; isTape && page < now.length; page += PAGE_BYTES)
            {
                if (random.nextBoolean())
                {
                    for (int i = page; i < Math.min(now.length, page + PAGE_BYTES); i++)
                    {
                        now[i] = i < before.length ? before[i] : 0;
                    }
                }
            }
            return now;
        }

        void restore(final Path tape) throws IOException
        {
            for (final Map.Entry<Path, byte[]> file : survived.entrySet())
            {
                Files.setPosixFilePermissions(file.getKey(), PosixFilePermissions.fromString("rw-------"));
                try (RandomAccessFile out = new RandomAccessFile(file.getKey().toFile(), "rw"))
                {
                    out.setLength(0);
                    out.write(file.getValue());
                }
            }
            assertTrue(Files.exists(tape));
        }
    }
}
