package io.ringtape.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.cli.TestConsole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class TextOutputTest
{
    private final TestConsole console = new TestConsole();
    private final TextOutput text = new TextOutput(console.console().out());

    @Test
    void shouldLineUpNamesAndValues()
    {
        text.line("Recorded").pair("tape", "1 MB").pair("own orders", "3").end();

        assertEquals("Recorded\n  tape        1 MB\n  own orders  3\n", console.out());
    }

    @Test
    void shouldLineUpTables()
    {
        text.table(List.of("type", "events"), List.of(List.of("trade", "12"), List.of("order-add", "1,234")));

        assertEquals("  type       events\n  trade          12\n  order-add   1,234\n", console.out());
    }

    @Test
    void shouldSetBlocksApart()
    {
        text.heading("One").pair("a", "1").heading("Two").line("b").end();

        assertEquals("One\n  a  1\n\nTwo\nb\n", console.out());
    }
}
