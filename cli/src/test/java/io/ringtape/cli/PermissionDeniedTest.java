package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.cli.tape.TestMarket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One line and one code, whichever command finds that this user may not read or write a tape. */
@Timeout(60)
final class PermissionDeniedTest
{
    /** Commands that read a tape, with what they need besides it. */
    static final List<String> READERS = List.of("verify", "info", "top --once", "dump", "replay", "replay --scan",
        "export --format csv", "book", "snapshot", "retain --keep-bytes 0", "repair --to", "demo --events 10");

    private final ExitCodeStage stage = new ExitCodeStage();

    static Stream<String> readers()
    {
        return READERS.stream();
    }

    static String[] arguments(final String command, final ExitCodeStage stage)
    {
        final List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        if (command.endsWith("--to"))
        {
            arguments.add(stage.tape() + ".new");
        }
        arguments.addAll(List.of("--journal", stage.tape()));
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void shouldSayTheSameOfATapeThatMayNotBeRead(final String command) throws IOException
    {
        stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);

        final int exitCode = stage.runDenied("", "---------", arguments(command, stage));

        assertEquals("ringtape: permission denied: path=" + stage.tape() + "\n", stage.console().err());
        assertEquals("", stage.console().out().replaceFirst("(?s)^A generated session.*", ""));
        assertEquals(66, exitCode);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void shouldNameTheDirectoryOfARunThatMayNotBeRead(final String command) throws IOException
    {
        stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
        if (command.startsWith("top"))
        {
            return;
        }

        final int exitCode = stage.runDenied("run-000001", "---------", arguments(command, stage));

        assertEquals("ringtape: permission denied: path=" + stage.tape() + "/run-000001\n", stage.console().err());
        assertEquals(66, exitCode);
    }

    @Test
    void shouldNameTheFileThatVerifyMayNotRead() throws IOException
    {
        stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);

        final int exitCode = stage.runDenied("mark-journaled", "---------", "verify", "--journal", stage.tape());

        assertEquals("ringtape: permission denied: path=" + stage.tape() + "/mark-journaled\n",
            stage.console().err());
        assertEquals(66, exitCode);
    }

    @Test
    void shouldSayTheSameOfATapeThatMayNotBeWritten() throws IOException
    {
        stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
        final String line = "ringtape: permission denied: path=" + stage.tape() + "\n";

        assertEquals(66, stage.runDenied("", "r-xr-xr-x", "demo", "--events", "10", "--journal", stage.tape()));
        assertEquals(66, stage.runDenied("", "r-xr-xr-x", "snapshot", "--journal", stage.tape()));
        assertEquals(66,
            stage.runDenied("", "r-xr-xr-x", "retain", "--keep-bytes", "0", "--run", "--journal", stage.tape()));
        assertEquals(line + line + line, stage.console().err());
    }

    @Test
    void shouldSayItOfAnOutputToo() throws IOException
    {
        stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
        final Path closed = Files.createDirectory(stage.tapes().directory().resolveSibling("closed"));
        final String out = closed.resolve("out.csv").toString();

        final int exitCode = stage.runDenied(
            "../closed", "r-xr-xr-x", "export", "--format", "csv", "--journal", stage.tape(), "--out", out);

        assertEquals("ringtape: output cannot be written: file=" + out + " reason=permission denied\n",
            stage.console().err());
        assertEquals(74, exitCode);
    }
}
