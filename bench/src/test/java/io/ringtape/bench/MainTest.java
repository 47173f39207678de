package io.ringtape.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.platform.StopSignal;
import io.ringtape.jvm.JvmFlags;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

@Timeout(10)
final class MainTest
{
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldGiveJmhTheFlagsOfTheOneFile() throws CommandLineOptionException
    {
        final Options options = Main.withFlags(new CommandLineOptions("EventBenchmark"));

        assertEquals(JvmFlags.required(), List.copyOf(options.getJvmArgsAppend().get()));
        assertEquals(List.of("EventBenchmark"), options.getIncludes());
    }

    @Test
    void shouldKeepTheFlagsThatWereAskedFor() throws CommandLineOptionException
    {
        final List<String> expected = new ArrayList<>(JvmFlags.required());
        expected.add("-Xmx1g");

        final Options options = Main.withFlags(new CommandLineOptions("-jvmArgsAppend", "-Xmx1g", "-prof", "gc"));

        assertEquals(expected, List.copyOf(options.getJvmArgsAppend().get()));
        assertEquals(1, options.getProfilers().size());
    }

    @Test
    void shouldRefuseWhatItCannotMeasureInOneLine(@TempDir final Path folder) throws IOException
    {
        final Path result = Files.writeString(folder.resolve("a.json"), "{}");
        final String missing = folder.resolve("b.json").toString();

        final Path words = Files.writeString(folder.resolve("words"), "--help");
        assertRefused(64, "unknown option: '--fast', see ringtape bench --help", "--fast");
        assertRefused(64, "unmatched argument at index 0: '@" + words + "', see ringtape bench --help", "@" + words);
        for (final String rows : List.of("T1,", "T1,,", ",", ",,T1", ""))
        {
            err.reset();
            assertEquals(64, bench("--rows", rows), rows);
            assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("ringtape: unknown row: row="), rows);
        }
        assertRefused(64, "--count must be at least 1: count=-1", "--count", "-1");
        assertRefused(64, "--count must be at least 1: count=0", "--count", "0");
        assertRefused(64, "--forks must be from 1 to the rounds: forks=0 rounds=21", "--forks", "0");
        assertRefused(64, "--forks must be from 1 to the rounds: forks=3 rounds=2", "--forks", "3", "--count", "2");
        assertRefused(64, "--turn-ms must be at least 1: turnMs=0", "--turn-ms", "0");
        assertRefused(64, "--band must be a number above 0: band=0.0", "--band", "0");
        assertRefused(64, "--band must be a number above 0: band=Infinity", "--band", "Infinity");
        assertRefused(65, "file is not a result of bench, a field is missing: file=" + result + " field=rows",
            "--compare", result.toString(), missing);
        assertRefused(66, "no such file: file=" + missing, "--compare", missing, result.toString());
        assertRefused(65, "file is not a result of bench, a field is missing: file=" + result + " field=rows",
            "--markdown", result.toString());
        assertRefused(66, "no such file: file=" + missing, "--markdown", missing);
        assertRefused(64, "--markdown measures nothing and goes alone: option=--json",
            "--markdown", missing, "--json");
        assertRefused(70, "assertions are on: nothing is timed under -ea", "--rows", "T1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--quick", "--growth", "--rows=T1", "--out=a", "--count=9", "--forks=1", "--turn-ms=1",
        "--band=0.3", "--dir=a", "--data=a", "--markdown=a"})
    void shouldRefuseAnOptionThatACompareWouldNotHeed(final String option)
    {
        final String name = option.replaceFirst("=.*", "");

        assertRefused(64, "--compare measures nothing and goes with --json alone: option=" + name,
            "--compare", "a", "b", option);
    }

    @Test
    void shouldSayAlsoWhatFailedOnTheWayOut()
    {
        final IllegalStateException failure = new IllegalStateException("fork failed: row=T1");
        failure.addSuppressed(new IOException("no space"));

        final int exitCode = new Failures(new PrintStream(err, true, StandardCharsets.UTF_8))
            .handleExecutionException(failure, new CommandLine(CommandSpec.create()), ParseResult.builder(
                CommandSpec.create()).build());

        assertEquals(70, exitCode);
        assertEquals("ringtape: benchmark failed: fork failed: row=T1, then java.io.IOException: no space\n",
            err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldTimeNothingOfJmhUnderAssertions() throws CommandLineOptionException, RunnerException, IOException
    {
        final int exitCode = Main.jmh(new PrintStream(err, true, StandardCharsets.UTF_8), "EventBenchmark");

        assertEquals(70, exitCode);
        assertEquals("ringtape: assertions are on: nothing is timed under -ea\n",
            err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldHelp()
    {
        assertEquals(0, bench("--help"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("Usage: ringtape bench ["), out::toString);
    }

    private void assertRefused(final int exitCode, final String line, final String... args)
    {
        err.reset();
        assertEquals(exitCode, bench(args), line);
        assertEquals("ringtape: " + line + "\n", err.toString(StandardCharsets.UTF_8));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    private int bench(final String... args)
    {
        return Main.bench(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8), new StopSignal(), args);
    }
}
