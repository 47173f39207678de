package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.platform.StartUpCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class FaultsCommandTest
{
    private final TestConsole console = new TestConsole();

    @TempDir
    private Path directory;

    @Test
    void shouldRunTheRowsThatAreAskedForAndLeaveNothing() throws IOException
    {
        final int exitCode = run("--rows", "F18,F11", "--rounds", "2", "--seed", "7", "--dir", directory.toString());

        final List<String> lines = console.out().lines().toList();
        assertEquals(0, exitCode, console.out());
        assertEquals("  row  what                                    rounds  failures  seed  seconds",
            lines.get(0));
        assertEquals("  F11  one bit flipped in a record                  2         0     7      0.0",
            lines.get(1));
        assertEquals("  F18  another format, or a foreign directory       2         0     7      0.0",
            lines.get(2));
        assertTrue(lines.get(3).startsWith("JDK " + Runtime.version() + ", 2"), lines.get(3));
        assertEquals("", console.err());
        try (Stream<Path> left = Files.list(directory))
        {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void shouldPrintOneObject()
    {
        final int exitCode =
            run("--rows", "F18", "--share", "0.1", "--dir", directory.toString(), "--json");

        assertEquals(0, exitCode);
        assertTrue(console.out().startsWith("{\"jdk\":\"" + Runtime.version() + "\",\"date\":\"2"), console.out());
        assertTrue(console.out().endsWith("\"stopped\":false,\"rows\":[{\"row\":\"F18\",\"what\":\"another format, " +
            "or a foreign directory\",\"rounds\":1,\"failures\":0,\"seed\":1,\"seconds\":0E-9,\"note\":\"\"}]," +
            "\"failed\":[]}\n"), console.out());
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow()
    {
        assertUsage("--rows knows no such row: row=F99 rows=", "--rows", "F11,F99");
        assertUsage("--rows knows no such row: row=F11, rows=", "--rows", "F11,");
        assertUsage("--rows knows no such row: row=, rows=", "--rows", "F11,,");
        assertUsage("--rows knows no such row: row= rows=", "--rows", "F11,,F1");
        assertUsage("--rows knows no such row: row=, rows=", "--rows", ",");
        assertUsage("--rows knows no such row: row= rows=", "--rows", "");
        assertUsage("invalid value for option '--share': must be above 0 to 100: 0", "--share", "0");
        assertUsage("invalid value for option '--share': must be above 0 to 100: 100.5", "--share", "100.5");
        assertUsage("invalid value for option '--share': must be a number: much", "--share", "much");
        assertUsage("invalid value for option '--rounds': must be 1 or more: 0", "--rounds", "0");
    }

    private void assertUsage(final String start, final String... arguments)
    {
        final TestConsole own = new TestConsole();

        final int exitCode = run(own, arguments);

        assertEquals(64, exitCode);
        assertTrue(own.err().startsWith("ringtape: " + start), own.err());
        assertEquals(1, own.err().lines().count());
    }

    private int run(final String... arguments)
    {
        return run(console, arguments);
    }

    private static int run(final TestConsole to, final String... arguments)
    {
        final String[] all = Stream.concat(Stream.of("faults"), Stream.of(arguments)).toArray(String[]::new);
        return new Main(to.console(), StartUpCheck::ofThisProcess, new FakeSessions()).run(all);
    }
}
