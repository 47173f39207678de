package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.tape.TestMarket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An output never takes the place of a file of a tape, of an input, or of another output. */
@Timeout(20)
final class OutputPlacesTest
{
    private final TestTapes tapes = new TestTapes(OutputPlacesTest.class);
    private final TestTapes others = new TestTapes(OutputPlacesTest.class);
    private final Path directory = tapes.directory().getParent();
    private final Path runDirectory = tapes.directory().resolve("run-000001");

    @BeforeEach
    void record()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        others.record(TestTapes.definitions(), TestMarket::amzn);
    }

    @ParameterizedTest
    @CsvSource({
        "backtest, --out, run-000001/19700101-00LX.cq4", "backtest, --out, ringtape", "backtest, --fills, control",
        "backtest, --fills, run-000001/manifest", "backtest, --fills, new", "latencies, --out, run-000001/manifest",
        "latencies, --out, run-000001/new", "export, --out, mark-journaled", "export, --out, run-000001/manifest"})
    void shouldRefuseAnOutputInsideATape(final String command, final String option, final String name)
        throws IOException
    {
        final Path file = tapes.directory().resolve(name);
        final Path other = others.directory().resolve(name);
        final boolean isThere = Files.exists(other);
        final byte[] before = isThere ? Files.readAllBytes(other) : new byte[0];

        assertRefused(option + " lies inside a tape: " + option + "=" + file + " tape=" +
            tapes.directory().toRealPath(), command, option, file.toString());
        assertRefused(option + " lies inside a tape: " + option + "=" + other + " tape=" +
            others.directory().toRealPath(), command, option, other.toString());

        assertEquals(isThere, Files.exists(other));
        assertArrayEquals(before, isThere ? Files.readAllBytes(other) : new byte[0]);
    }

    @Test
    void shouldRefuseAnOutputThatALinkLeadsIntoATape() throws IOException
    {
        final Path manifest = runDirectory.resolve("manifest");
        final byte[] before = Files.readAllBytes(manifest);
        final Path file = Files.createSymbolicLink(directory.resolve("page"), manifest.toAbsolutePath());
        final Path linked = Files.createSymbolicLink(directory.resolve("pages"), runDirectory.toAbsolutePath());
        final String tape = " tape=" + tapes.directory().toRealPath();

        assertRefused("--out lies inside a tape: --out=" + file + tape, "backtest", "--out", file.toString());
        for (final String name : List.of("manifest", "new", "../owner"))
        {
            final Path below = linked.resolve(name);
            assertRefused("--out lies inside a tape: --out=" + below + tape, "latencies", "--out", below.toString());
        }

        assertArrayEquals(before, Files.readAllBytes(manifest));
        assertTrue(Files.isSymbolicLink(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limits", "--params", "--class-path", "--fees", "--latencies"})
    void shouldRefuseAnOutputThatIsAnInput(final String input) throws IOException
    {
        final Path file = Files.writeString(directory.resolve("mine"), "mine");
        final Path link = Files.createSymbolicLink(directory.resolve("link"), file.toAbsolutePath());

        for (final String output : List.of("--out", "--fills"))
        {
            for (final Path same : List.of(file, file.toAbsolutePath(), link, directory.resolve(".").resolve("mine")))
            {
                assertRefused(output + " would replace the file of " + input + ": " + output + "=" + same + " " +
                    input + "=" + file, "backtest", output, same.toString(), input, file.toString());
                assertRefused(output + " would replace the file of " + input + ": " + output + "=" + file + " " +
                    input + "=" + same, "backtest", output, file.toString(), input, same.toString());
            }
        }

        assertEquals("mine", Files.readString(file));
    }

    @Test
    void shouldLeaveAnInputBesideAnOutput() throws IOException
    {
        final Path file = Files.writeString(directory.resolve("mine.tmp"), "{}");
        final Path out = directory.resolve("mine");

        final CommandRun run = run("backtest", "--out", out.toString(), "--params", file.toString());

        assertEquals(0, run.exitCode(), run.err());
        assertEquals("{}", Files.readString(file));
        assertTrue(Files.size(out) > 0, "page");
    }

    @Test
    void shouldRefuseOneFileForTwoOutputs() throws IOException
    {
        final Path file = directory.resolve("new");
        final Path linked = Files.createSymbolicLink(directory.resolve("here"), directory.toAbsolutePath());
        final Path same = linked.resolve("new");

        assertRefused("--out would replace the file of --fills: --out=" + file + " --fills=" + file,
            "backtest", "--out", file.toString(), "--fills", file.toString());
        assertRefused("--out would replace the file of --fills: --out=" + file + " --fills=" + same,
            "backtest", "--out", file.toString(), "--fills", same.toString());

        assertFalse(Files.exists(file));
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @CsvSource({"backtest, --out", "backtest, --fills", "latencies, --out", "positions, --out", "export, --out"})
    void shouldRefuseWhatCannotBeWrittenAheadOfTheWork(final String command, final String option) throws IOException
    {
        Files.delete(runDirectory.resolve("manifest"));

        final CommandRun run = run(command, option, "/proc/new");

        assertEquals("ringtape: output cannot be written: file=/proc/new reason=No such directory\n", run.err());
        assertEquals(74, run.exitCode());
    }

    @Test
    void shouldWriteBesideATapeAndBesideTheStartScript() throws IOException
    {
        Files.writeString(directory.resolve("ringtape"), "#!/bin/sh\n");
        final Path params = Files.writeString(directory.resolve("params.json"), "{}");
        final Path out = directory.resolve("page.html");
        final Path fills = directory.resolve("fills.csv");

        final CommandRun run = run("backtest", "--out", out.toString(), "--fills", fills.toString(),
            "--params", params.toString(), "--class-path", directory.toString());

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(Files.size(out) > 0 && Files.size(fills) > 0, "files");
    }

    private void assertRefused(final String text, final String command, final String... arguments)
    {
        final CommandRun run = run(command, arguments);

        assertEquals("ringtape: " + text + "\n", run.err());
        assertEquals("", run.out());
        assertEquals(64, run.exitCode());
    }

    private CommandRun run(final String command, final String... arguments)
    {
        final Stream<String> format = command.equals("export") ? Stream.of("--format", "csv") : Stream.of();
        return CommandRun.of(command, tapes.directory(),
            Stream.concat(Stream.of(arguments), format).toArray(String[]::new));
    }
}
