package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class SourceLengthTest
{
    private static final Path SOURCES = Path.of("src/main/java/io/ringtape/bench/peer");
    /** Of peers too, in the package of what they time. */
    private static final Path PARTS = Path.of("src/main/java/io/ringtape/journal");
    private static final int LIMIT = 100;

    /** Who distrusts a row reads what its peers do, class by class. The lists of rows are no work. */
    @Test
    void shouldHaveLessThanAHundredLinesOfCodeInEachPeer() throws IOException
    {
        final List<Path> peers = sources();

        assertTrue(peers.contains(SOURCES.resolve("PingPong.java")), peers::toString);
        assertTrue(peers.contains(PARTS.resolve("StagedBlocks.java")), peers::toString);
        assertEquals(List.of(), peers.stream().filter((file) -> codeLines(file) >= LIMIT).toList());
    }

    private static List<Path> sources() throws IOException
    {
        try (Stream<Path> files = Files.list(SOURCES); Stream<Path> parts = Files.list(PARTS))
        {
            return Stream.concat(files, parts).filter((file) -> !file.toString().endsWith("Rows.java")).toList();
        }
    }

    private static long codeLines(final Path file)
    {
        try (Stream<String> lines = Files.lines(file))
        {
            return lines.map(String::strip)
                .filter((line) -> !line.isEmpty() && !line.startsWith("/") && !line.startsWith("*"))
                .filter((line) -> !line.startsWith("import ") && !line.startsWith("package "))
                .count();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }
}
