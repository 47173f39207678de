package io.ringtape.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.jvm.JvmFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;

@Timeout(10)
final class MainTest
{
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
}
