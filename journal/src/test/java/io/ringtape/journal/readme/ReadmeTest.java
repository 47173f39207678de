package io.ringtape.journal.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SourceDefinition;
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
    void shouldGiveALateHandlerAllOfTheRunAndNothingOfTheRunBefore(@TempDir final Path directory)
    {
        final Path tape = directory.resolve("tape");
        QuickStart.record(tape);
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "my venue", 0, 0, 0));
        definitions.add(new InstrumentDefinition(0, "AMZN", 0, -9, 0, BookKind.MBO, 0, 0, 1, 1));
        final EventBatch packet = new EventBatch(1);
        packet.append().type(EventType.TRADE).flags(EventFlags.LAST).price(223_950_000_000L).quantity(100);

        final Books joined = QuickStart.join(tape, definitions, packet);

        // The trades are from before and after the join; the order is of the first run, which other books had.
        assertEquals(0, joined.liveOrders());
        assertEquals(2, joined.eventEnds());
    }

    @Test
    void shouldShowTheCodeThatIsCompiled() throws IOException
    {
        final String readme = Files.readString(README);

        for (final String part : List.of("record", "join"))
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
