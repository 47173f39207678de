package io.ringtape.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class StandardOutputTest
{
    @Test
    void shouldWriteThrough()
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final PrintStream out = StandardOutput.over(bytes, false);

        out.print("grün");
        out.write('!');
        out.flush();

        assertEquals("grün!", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSayThatTheReaderOfAPipeHasGone()
    {
        final PrintStream out = StandardOutput.over(new Failing("Datenübergabe unterbrochen (broken pipe)"), true);
        out.print("x");

        final ClosedOutputException e = assertThrows(ClosedOutputException.class, out::flush);

        assertEquals("standard output is closed", e.getMessage());
    }

    @Test
    void shouldSayThatTheDiskIsFull()
    {
        final PrintStream out = StandardOutput.over(new Failing("No space left on device"), false);
        out.print("x");

        final UncheckedIOException e = assertThrows(UncheckedIOException.class, out::flush);

        assertEquals("standard output: No space left on device", e.getCause().getMessage());
    }

    @Test
    void shouldFailALongWriteAtOnce()
    {
        final PrintStream out = StandardOutput.over(new Failing("Broken pipe"), false);
        final String text = "x".repeat(1 << 20);

        assertThrows(ClosedOutputException.class, () -> out.print(text));
    }

    private static final class Failing extends OutputStream
    {
        private final String message;

        private Failing(final String message)
        {
            this.message = message;
        }

        @Override
        public void write(final int b) throws IOException
        {
            throw new IOException(message);
        }
    }
}
