package io.ringtape.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
final class TerminalTest
{
    @ParameterizedTest
    @CsvSource({"/dev/pts/3, true", "/dev/tty1, true", "/dev/console, true", "/dev/null, false", "pipe:[123], false",
        "/home/me/err.log, false", "/dev/pts, false"})
    void shouldKnowTerminalsByName(final String target, final boolean terminal)
    {
        assertEquals(terminal, Terminal.isTerminalName(target));
    }

    @Test
    void shouldTakeADescriptorThatIsNotOpenForNothing()
    {
        assertFalse(Terminal.isTerminal(1_000_000));
        assertFalse(Terminal.isPipe(1_000_000));
    }
}
