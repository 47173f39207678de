package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One suite over every peer of every row. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PeersTest
{
    /** Three runs go round each ring and queue; a multiple of packets and blocks. */
    private static final int COUNT = 7 * Work.LARGE_PACKET_EVENTS;

    static Stream<Arguments> peers()
    {
        return Stream.concat(Rows.all().stream(), Rows.stages().stream()).flatMap((row) -> row.peers().stream()
            .map((peer) -> Arguments.of(row.id(), peer.name(), peer.factory())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("peers")
    void shouldLoseNothing(final String row, final String name, final Row.Factory factory) throws IOException
    {
        assumeFit(row);
        final Path directory = Files.createTempDirectory(Path.of("target"), "peer-" + row);

        try (Peer peer = factory.open(directory))
        {
            final int count = count(row, peer);
            for (int run = 0; run < 3; run++)
            {
                final long first = peer.firstSequence();
                peer.prepare(count);
                peer.run(count);

                assertEquals(peer.checksum(), peer.expected(first, count), name);
                assertTrue(peer.cost(1) >= 0, name);
            }
        }
        Scratch.remove(directory);
        assertFalse(Files.exists(directory));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("peers")
    void shouldWorkAgainInItsOldDirectory(final String row, final String name, final Row.Factory factory)
        throws IOException
    {
        assumeFit(row);
        final Path directory = Files.createTempDirectory(Path.of("target"), "peer-" + row);

        for (int turn = 0; turn < 2; turn++)
        {
            try (Peer peer = factory.open(directory))
            {
                final long first = peer.firstSequence();
                final int count = Math.min(Work.LARGE_PACKET_EVENTS, count(row, peer));
                peer.prepare(count);
                peer.run(count);

                assertEquals(peer.checksum(), peer.expected(first, count), name);
            }
        }
        Scratch.remove(directory);
    }

    @Test
    void shouldSeeADamagedBlockOfTheRawTape() throws IOException
    {
        final Path file = Files.createTempFile(Path.of("target"), "raw", ".tape");
        final Tally tally = new Tally();
        tally.begin(2 * Work.BLOCK_EVENTS);

        try (MappedTape tape = tapeOf(file, 2 * Work.BLOCK_EVENTS, true))
        {
            final BlockSource source = new BlockSource();
            tape.append(source.buffer(), source.fillBlock(0), 0);
            tape.append(source.buffer(), source.fillBlock(Work.BLOCK_EVENTS), Work.BLOCK_EVENTS);

            final Exception thrown = assertThrows(IllegalStateException.class,
                () -> flipAndScan(file, tape, tally));
            assertEquals("damaged: block=1", thrown.getMessage());
        }
        Files.delete(file);
    }

    @Test
    void shouldSeeByItsSumWhatARawTapeWithoutChecksumLost() throws IOException
    {
        final Path file = Files.createTempFile(Path.of("target"), "raw", ".tape");
        final int count = 2 * Work.BLOCK_EVENTS;
        final Tally tally = new Tally();

        try (MappedTape tape = tapeOf(file, count, false))
        {
            MappedAppend.write(tape, new BlockSource(), count, Work.BLOCK_EVENTS);
            tally.begin(count);
            tape.scan(tally, count);
            final long whole = tally.sum();
            tally.begin(count);
            flipAndScan(file, tape, tally);

            assertEquals(Work.expected(0, count), whole);
            assertNotEquals(Work.expected(0, count), tally.sum());
        }
        Files.delete(file);
    }

    @Test
    void shouldShowTheRawTapeWithoutChecksumAndInSmallPagesToo()
    {
        assertEquals(Row.NO_GOAL, goal("J1", "raw mapped append, no checksum, large pages"));
        assertEquals(Row.NO_GOAL, goal("J1", "raw mapped append, checksum, small pages"));
        assertEquals(Row.NO_GOAL, goal("R1", "raw scan, no checksum, large pages"));
        assertEquals(Row.NO_GOAL, goal("R1", "raw scan, checksum, small pages"));
    }

    /** Our recorder asks for large pages: beside a file in small ones it would win by its pages alone. */
    @Test
    void shouldHoldTheTapeToARawOneInPagesAsLarge()
    {
        assertEquals(0.65, goal("J1", "raw mapped append, checksum, large pages"));
        for (final String id : List.of("R1", "R1x16"))
        {
            assertEquals(0.9, goal(id, "raw scan, checksum, large pages"), id);
        }
        assertEquals(0.9, goal("R1G", "raw scan, checksum, large pages, 1 GiB"));
        for (final Row row : Rows.known())
        {
            assertTrue(row.peers().stream().allMatch((peer) -> Double.isNaN(peer.goal()) ||
                !peer.name().startsWith("raw") || peer.name().contains("checksum, large pages")), row.id());
        }
    }

    /** A document an event is what its guide shows; what the blocks alone give is seen beside one of as many events. */
    @Test
    void shouldShowChronicleWithAsManyEventsADocumentAsOursHasABlock()
    {
        assertEquals(Row.NO_GOAL, goal("J1", "chronicle, document a block"));
        assertEquals(Row.NO_GOAL, goal("R1", "chronicle, tailer a block"));
    }

    private static double goal(final String row, final String peer)
    {
        return Rows.named(row).peers().stream().filter((other) -> other.name().equals(peer)).findFirst().orElseThrow()
            .goal();
    }

    /**
     * One event in flight goes round no ring, and on a busy machine each trip may wait for a processor; a row of few
     * events is one of slow ones.
     */
    private static int count(final String row, final Peer peer)
    {
        if (Rows.named(row).events() < COUNT)
        {
            return Work.BLOCK_EVENTS;
        }
        return peer instanceof PingPong ? Work.LARGE_PACKET_EVENTS : COUNT;
    }

    private static void assumeFit(final String row)
    {
        final Optional<String> unfit =
            Rows.named(row).unfit(new Host(Runtime.getRuntime().availableProcessors(), Long.MAX_VALUE));
        assumeTrue(unfit.isEmpty(), () -> "skipped: row=" + row + " " + unfit.orElse(""));
    }

    private static MappedTape tapeOf(final Path file, final int events, final boolean hasChecksum)
    {
        return new MappedTape(
            Scratch.map(file, MappedTape.bytes(events, Work.BLOCK_EVENTS)), Work.BLOCK_EVENTS, hasChecksum);
    }

    private static void flipAndScan(final Path file, final MappedTape tape, final Tally tally) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.wrap(new byte[]{42}),
                MappedTape.bytes(2 * Work.BLOCK_EVENTS, Work.BLOCK_EVENTS) - 1);
        }
        tape.scan(tally, 2 * Work.BLOCK_EVENTS);
    }

    @Test
    void shouldNameEachRow()
    {
        for (final Row row : Rows.known())
        {
            assertEquals(row, Rows.named(row.id()));
            assertNotNull(row.what());
        }
    }

    @Test
    void shouldNameEachPeerOfARowOnce()
    {
        for (final Row row : Rows.known())
        {
            final List<String> names = row.peers().stream().map(Row.Entrant::name).toList();

            assertEquals(names.stream().distinct().toList(), names, row.id());
        }
    }

    @Test
    void shouldHoldPacketsAgainstEventsAndPacketsOfOthers()
    {
        for (final String id : List.of("T2", "T2x256"))
        {
            for (final Row.Entrant peer : Rows.named(id).peers())
            {
                final boolean isOther = !peer.name().startsWith("ringtape") && !peer.name().startsWith("bare");

                assertEquals(isOther ? peer.name().endsWith("each event") ? 2.0 : 1.0 : Row.NO_GOAL, peer.goal(),
                    peer.name());
            }
        }
    }

    @Test
    void shouldGrowOursAndNotThePeerOf128Mebibytes()
    {
        final Map<String, Long> gibibytes =
            Map.of("J1G", 1L, "R1G", 1L, "J4G", 4L, "R4G", 4L, "J16G", 16L, "R16G", 16L);
        gibibytes.forEach((id, size) ->
        {
            final Row row = Rows.named(id);

            assertEquals(size << 30, (long)row.eventsOf(0) * Work.EVENT_BYTES, id);
            assertEquals(128L << 20, (long)row.eventsOf(1) * Work.EVENT_BYTES, id);
        });
    }

    @Test
    void shouldSayHowManyBytesASealedFileHasBesideItsEvents() throws IOException
    {
        final Path directory = Files.createTempDirectory(Path.of("target"), "size");
        final int count = 1_000 * Work.BLOCK_EVENTS;

        try (Peer sealed = new SealedSize(directory); Peer bare = new BareSize())
        {
            sealed.prepare(count);
            bare.run(count);

            final long onTape;
            try (Stream<Path> files = Files.walk(directory))
            {
                onTape = files.filter((file) -> file.toString().endsWith(".cq4")).mapToLong(PeersTest::size).sum();
            }
            assertEquals(count * 64L, bare.cost(1));
            assertEquals(onTape, sealed.cost(1));
        }
        Scratch.remove(directory);
    }

    @Test
    void shouldCountAtTheWritersHalfRateOnlyWhatPublishingTakes() throws IOException
    {
        final Path directory = Files.createTempDirectory(Path.of("target"), "paced");
        final int count = 100 * PacedWriter.BURST_EVENTS;

        try (Peer peer = new PacedWriter(directory, new NoOpRanges()))
        {
            peer.prepare(count);
            final long start = System.nanoTime();
            peer.run(count);
            final long elapsedNs = System.nanoTime() - start;

            assertEquals(Work.expected(0, count), peer.checksum());
            assertTrue(peer.cost(elapsedNs) > 0);
            assertTrue(peer.cost(elapsedNs) < elapsedNs);
        }
        Scratch.remove(directory);
    }

    private static long size(final Path file)
    {
        return file.toFile().length();
    }

    @Test
    void shouldRefuseAnUnknownRow()
    {
        final Exception thrown = assertThrows(IllegalArgumentException.class, () -> Rows.named("T9"));

        assertEquals("no such row: id=T9", thrown.getMessage());
    }
}
