package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class ChronicleTapeTest
{
    private static final int EVENTS = 1_000 * Work.BLOCK_EVENTS;

    @TempDir
    private Path folder;

    static Stream<ChronicleTape.Factory> forms()
    {
        return Stream.of((directory) -> new ChronicleFile(directory, false),
            (directory) -> new ChronicleFile(directory, true), ChronicleBlocks::new);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldReadBackWhatWasAppended(final ChronicleTape.Factory form)
    {
        final Tally tally = new Tally();
        tally.begin(EVENTS);

        try (ChronicleTape tape = written(form))
        {
            tape.scan(tally, EVENTS);
        }

        tally.await();
        assertEquals(Work.expected(0, EVENTS), tally.sum());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldNameTheEventThatIsMissing(final ChronicleTape.Factory form)
    {
        try (ChronicleTape tape = written(form))
        {
            final Exception thrown = assertThrows(IllegalStateException.class,
                () -> tape.scan(new Tally(), EVENTS + Work.BLOCK_EVENTS));

            assertEquals("missing: index=" + EVENTS, thrown.getMessage());
        }
    }

    /** As many pages are recycled before a run as it writes, for Chronicle as for the others. */
    @ParameterizedTest
    @MethodSource("forms")
    void shouldKnowHowMuchItWritesAtTheMost(final ChronicleTape.Factory form) throws IOException
    {
        written(form).close();

        final long end;
        try (Stream<Path> files = Files.list(folder.resolve("chronicle")))
        {
            end = files.filter((file) -> file.toString().endsWith(".cq4")).mapToLong(ChronicleTapeTest::end).sum();
        }

        assertTrue(end > EVENTS * (long)Work.EVENT_BYTES, "end=" + end);
        assertTrue(end <= ChronicleTape.bytes(EVENTS), "end=" + end + " bytes=" + ChronicleTape.bytes(EVENTS));
    }

    private ChronicleTape written(final ChronicleTape.Factory form)
    {
        final BlockSource source = new BlockSource();
        final ChronicleTape tape = form.open(folder.resolve("chronicle"));
        for (int first = 0; first < EVENTS; first += Work.BLOCK_EVENTS)
        {
            tape.append(source.buffer(), source.fillBlock(first));
        }
        return tape;
    }

    /** Behind the last byte that is not 0. */
    private static long end(final Path file)
    {
        try (FileChannel channel = FileChannel.open(file))
        {
            final MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            int end = bytes.limit();
            while (end > 0 && bytes.get(end - 1) == 0)
            {
                end--;
            }
            return end;
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }
}
