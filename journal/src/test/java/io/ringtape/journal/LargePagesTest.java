package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the kernel says of the mappings of a tape that is written. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LargePagesTest
{
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final String WRITTEN = " rw-s ";
    private static final String READ = " r--s ";
    private static final Path SUPPORT = Path.of("/sys/kernel/mm/transparent_hugepage");
    private static final long CHUNK_BYTES = 8L << 20;
    private static final long ROLL_BYTES = 4 * CHUNK_BYTES;
    private static final int BLOCK_EVENTS = 1024;
    private static final int CHUNK_BLOCKS = 8 * 16;

    private final Path tape = Tapes.fresh("large-pages");

    @BeforeEach
    void requireLargePages()
    {
        assumeTrue(Files.isReadable(MAPPINGS) && Files.isDirectory(SUPPORT), "the system has no large pages");
    }

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldAskForLargePagesInEachChunkOfEachFile() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults().withRollBytes(ROLL_BYTES)))
        {
            Tapes.write(writer, 1, BLOCK_EVENTS);
            final List<Long> first = offsets(WRITTEN, 0, true);
            Tapes.write(writer, CHUNK_BLOCKS, BLOCK_EVENTS);
            final List<Long> second = offsets(WRITTEN, 0, true);
            Tapes.write(writer, 4 * CHUNK_BLOCKS, BLOCK_EVENTS);
            final List<Long> nextFile = offsets(WRITTEN, 1, true);

            assertTrue(first.stream().allMatch((offset) -> offset < CHUNK_BYTES) && !first.isEmpty(), first.toString());
            assertTrue(second.stream().anyMatch((offset) -> offset >= CHUNK_BYTES), second.toString());
            assertFalse(nextFile.isEmpty());
            writer.close(Tapes.SUMMARY);
        }

        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldKeepSmallPagesWhereEachBatchIsForced() throws IOException
    {
        final TapeConfig config =
            TapeConfig.defaults().withRollBytes(ROLL_BYTES).withDurability(Durability.EVERY_BATCH);

        assertSmall(config);
    }

    @Test
    void shouldKeepSmallPagesWhereAFollowerReadsWhatIsForced() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape,
            TapeConfig.defaults().withRollBytes(ROLL_BYTES).withDurability(Durability.EVERY_BATCH)))
        {
            Tapes.write(writer, 1, BLOCK_EVENTS);

            assertEquals(List.of(), offsetsThatAReaderMaps(true));
            assertEquals(List.of(0L), offsetsThatAReaderMaps(false));
        }
    }

    @Test
    void shouldKeepSmallPagesWhereChunksAreSmall() throws IOException
    {
        assertSmall(TapeConfig.defaults().withRollBytes(ROLL_BYTES / 2));
    }

    @Test
    void shouldAskForThemWhereAFollowerReadsAndNowhereElse() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults().withRollBytes(ROLL_BYTES)))
        {
            Tapes.write(writer, 1, BLOCK_EVENTS);
            assertEquals(List.of(0L), offsetsThatAReaderMaps(true));
            assertEquals(List.of(), offsetsThatAReaderMaps(false));
            writer.close(Tapes.SUMMARY);
        }

        assertEquals(List.of(), offsetsThatAReaderMaps(true));
        assertEquals(List.of(0L), offsetsThatAReaderMaps(false));
    }

    private List<Long> offsetsThatAReaderMaps(final boolean isLarge) throws IOException
    {
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            assertTrue(reader.nextBlock());
            return offsets(READ, 0, isLarge);
        }
    }

    private void assertSmall(final TapeConfig config) throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, config))
        {
            Tapes.write(writer, 1, BLOCK_EVENTS);

            assertFalse(offsets(WRITTEN, 0, false).isEmpty());
            assertEquals(List.of(), offsets(WRITTEN, 0, true));
        }
    }

    /** Where mappings of a roll file begin in it, with large pages asked for or without. */
    private List<Long> offsets(final String mode, final long fileNumber, final boolean isLarge) throws IOException
    {
        final String file = tape.toAbsolutePath().toString();
        final List<Long> found = new ArrayList<>();
        String mapping = "";
        for (final String line : Files.readAllLines(MAPPINGS))
        {
            if (line.contains(mode))
            {
                mapping = line;
            }
            else if (line.startsWith("VmFlags:"))
            {
                if (mapping.contains(file) && mapping.endsWith(RollFiles.name(fileNumber)) &&
                    line.contains(" hg") == isLarge)
                {
                    found.add(Long.parseLong(mapping.split(" ", 4)[2], 16));
                }
                mapping = "";
            }
        }
        return found;
    }
}
