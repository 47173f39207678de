package io.ringtape.bench;

import io.ringtape.bench.rig.Assertions;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.platform.SignalTrap;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.jvm.JvmFlags;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The main class of {@code benchmarks.jar}: JMH with its own options, or, with {@code --bench} as the first argument,
 * the paired rounds, or, with {@code --stress}, jcstress. All give their forks the flags that the one file lists for
 * this JDK.
 * <p>
 * Thread safety: for the main thread.
 * Allocation: not for hot paths.
 */
public final class Main
{
    private static final String BENCH = "--bench";
    private static final String STRESS = "--stress";
    private static final int FAILED = 1;

    private Main()
    {
    }

    /**
     * Runs benchmarks.
     *
     * @param args {@code --bench} or {@code --stress} and its options, or JMH's options.
     * @throws CommandLineOptionException if JMH does not know an option.
     * @throws RunnerException            if a JMH run fails.
     * @throws IOException                if JMH cannot print.
     */
    public static void main(final String[] args) throws CommandLineOptionException, RunnerException, IOException
    {
        if (args.length > 0 && BENCH.equals(args[0]))
        {
            final StopSignal stop = new StopSignal();
            // Before anything else, and never closed: a first signal ends no start, nor a result that is being printed.
            SignalTrap.open(stop);
            System.exit(bench(System.out, System.err, stop, Arrays.copyOfRange(args, 1, args.length)));
        }
        if (args.length > 0 && STRESS.equals(args[0]))
        {
            System.exit(execute(new StressCommand(), args));
        }
        final int exitCode = jmh(System.err, args);
        if (exitCode != ExitCode.FINE.code())
        {
            System.exit(exitCode);
        }
    }

    /**
     * Runs the paired rounds; whatever ends them is one line and one of the command's exit codes.
     *
     * @param out  gets the result.
     * @param err  gets progress and errors.
     * @param stop ends the rounds.
     * @param args without {@code --bench}.
     * @return what the process returns.
     */
    static int bench(final PrintStream out, final PrintStream err, final StopSignal stop, final String... args)
    {
        final BenchCommand command =
            new BenchCommand(out, err, new WallClock(), SystemNanoClock.INSTANCE, stop, commandLine(args));
        final Failures failures = new Failures(err);
        final CommandLine commandLine = new CommandLine(command);
        commandLine.getCommandSpec().addOption(OptionSpec.builder("-h", "--help").usageHelp(true)
            .description("Show this help message and exit.").build());
        return commandLine
            .setExpandAtFiles(false)
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures)
            .execute(args);
    }

    private static String commandLine(final String... args)
    {
        return Stream.concat(Stream.of("ringtape bench"), Stream.of(args)).collect(Collectors.joining(" "));
    }

    private static int execute(final Callable<Integer> command, final String[] args)
    {
        return new CommandLine(command)
            .setExecutionExceptionHandler((e, commandLine, parsed) ->
            {
                System.err.println(e.getMessage());
                return FAILED;
            })
            .execute(Arrays.copyOfRange(args, 1, args.length));
    }

    /**
     * Runs JMH. Its forks get the flags of this JVM, so assertions that are on here would be on there.
     *
     * @param err  gets why nothing is run.
     * @param args JMH's options.
     * @return what the process returns.
     * @throws CommandLineOptionException if JMH does not know an option.
     * @throws RunnerException            if a run fails.
     * @throws IOException                if JMH cannot print.
     */
    static int jmh(final PrintStream err, final String... args)
        throws CommandLineOptionException, RunnerException, IOException
    {
        final CommandLineOptions asked = new CommandLineOptions(args);
        if (isTold(asked))
        {
            return ExitCode.FINE.code();
        }
        if (Assertions.areOn() || isAskedForAssertions(asked))
        {
            err.println("ringtape: " + Assertions.REFUSAL);
            return ExitCode.INTERNAL.code();
        }
        new Runner(withFlags(asked)).run();
        return ExitCode.FINE.code();
    }

    private static boolean isAskedForAssertions(final Options asked)
    {
        return Stream.of(asked.getJvmArgs(), asked.getJvmArgsPrepend(), asked.getJvmArgsAppend())
            .flatMap((flags) -> flags.orElse(List.of()).stream())
            .anyMatch((flag) -> flag.startsWith("-ea") || flag.startsWith("-enableassertions"));
    }

    /** Answers what asks for words and not for a run. */
    private static boolean isTold(final CommandLineOptions asked) throws IOException
    {
        if (asked.shouldHelp())
        {
            asked.showHelp();
        }
        else if (asked.shouldList())
        {
            new Runner(asked).list();
        }
        else if (asked.shouldListWithParams())
        {
            new Runner(asked).listWithParams(asked);
        }
        else if (asked.shouldListProfilers())
        {
            asked.listProfilers();
        }
        else if (asked.shouldListResultFormats())
        {
            asked.listResultFormats();
        }
        else
        {
            return false;
        }
        return true;
    }

    /** What was asked, with the flags of this JDK before the flags that were asked for. */
    static Options withFlags(final Options asked)
    {
        final List<String> flags = new ArrayList<>(JvmFlags.required());
        flags.addAll(asked.getJvmArgsAppend().orElse(List.of()));
        return new OptionsBuilder()
            .parent(asked)
            .jvmArgsAppend(flags.toArray(String[]::new))
            .build();
    }
}
