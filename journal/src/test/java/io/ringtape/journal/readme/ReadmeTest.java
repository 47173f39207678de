package io.ringtape.journal.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README shows the code that is compiled and run here, and stays short.
 */
@Timeout(30)
final class ReadmeTest
{
    private static final Path SOURCE = Path.of("src/test/java/io/ringtape/journal/readme/QuickStart.java");
    private static final Path README = Path.of("../README.md");

    @Test
    void shouldGiveTheSameBookBackFromTape(@TempDir final Path directory)
    {
        final Path tape = directory.resolve("tape");

        final Books live = QuickStart.record(tape);
        final Books replayed = QuickStart.replay(tape);

        assertEquals(1, replayed.liveOrders());
        assertEquals(live.bookHash(), replayed.bookHash());
    }

    @Test
    void shouldShowTheCodeThatIsCompiled() throws IOException
    {
        final String readme = Files.readString(README);

        for (final String part : List.of("record", "replay"))
        {
            assertTrue(readme.contains(snippet(part)), "README shows another code than QuickStart: part=" + part);
        }
    }

    @Test
    void shouldStayShort() throws IOException
    {
        final int lines = Files.readAllLines(README).size();

        assertTrue(lines <= 150, "README is too long: lines=" + lines);
    }

    private static String snippet(final String part) throws IOException
    {
        final StringBuilder text = new StringBuilder();
        boolean inside = false;
        for (final String line : Files.readAllLines(SOURCE))
        {
            if (line.strip().equals("// README: end"))
            {
                inside = false;
            }
            if (inside)
            {
                text.append(line.isEmpty() ? "" : line.substring(8)).append('\n');
            }
            if (line.strip().equals("// README: " + part))
            {
                inside = true;
            }
        }
        return text.toString();
    }
}
