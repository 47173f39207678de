package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    private static final Path SUPPORT = Path.of("/sys/kernel/mm/transparent_hugepage");
    /** Chunks are a quarter of it. */
    private static final long ROLL_BYTES = 32L << 20;
    private static final int BLOCK_EVENTS = 1024;
    private static final int ONE_CHUNK_BLOCKS = 8 * 16;

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
    void shouldAskForLargePagesInEachChunk() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults().withRollBytes(ROLL_BYTES)))
        {
            Tapes.write(writer, 1, BLOCK_EVENTS);
            final List<String> first = chunks(0, 8L << 20);
            Tapes.write(writer, ONE_CHUNK_BLOCKS, BLOCK_EVENTS);
            final List<String> second = chunks(8L << 20, 16L << 20);

            assertFalse(first.isEmpty());
            assertFalse(second.isEmpty());
            writer.close(Tapes.SUMMARY);
        }

        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldKeepSmallPagesWhereEachBatchIsForced() throws IOException
    {
        final TapeConfig config =
            TapeConfig.defaults().withRollBytes(ROLL_BYTES).withDurability(Durability.EVERY_BATCH);
        try (TapeWriter writer = Tapes.open(tape, config))
        {
            Tapes.write(writer, 1, BLOCK_EVENTS);

            assertEquals(List.of(), chunks(0, Long.MAX_VALUE));
        }
    }

    /** The mappings of a roll file, with large pages asked for, that begin in a range of it. */
    private List<String> chunks(final long from, final long to) throws IOException
    {
        final List<String> found = new ArrayList<>();
        String mapping = "";
        for (final String line : Files.readAllLines(MAPPINGS))
        {
            if (line.contains("-") && line.contains(" rw-s "))
            {
                mapping = line;
            }
            else if (line.startsWith("VmFlags:"))
            {
                if (mapping.contains(tape.toAbsolutePath().toString()) && mapping.endsWith(RollFiles.name(0)) &&
                    line.contains(" hg"))
                {
                    final long offset = Long.parseLong(mapping.split(" ", 4)[2], 16);
                    if (offset >= from && offset < to)
                    {
                        found.add(mapping);
                    }
                }
                mapping = "";
            }
        }
        return found;
    }
}
