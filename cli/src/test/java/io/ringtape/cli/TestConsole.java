package io.ringtape.cli;

import io.ringtape.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A console that keeps what is written to it; its clock stands still.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class TestConsole
{
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(
        new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false,
        false, () -> 0L);

    public Console console()
    {
        return console;
    }

    public String out()
    {
        console.out().flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err()
    {
        return err.toString(StandardCharsets.UTF_8);
    }
}
