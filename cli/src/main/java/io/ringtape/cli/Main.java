package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.ClosedOutputException;
import io.ringtape.cli.output.Console;
import io.ringtape.cli.platform.SignalTrap;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.platform.UnsafeWarning;
import io.ringtape.cli.request.Sessions;
import io.ringtape.cli.session.TapeSessions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code ringtape} command: reads the command line, runs one command, and turns whatever ends it into one line and
 * an exit code of {@link ExitCode}.
 * <p>
 * Thread safety: for the main thread.
 * Allocation: start-up only.
 */
public final class Main
{
    /** Those that drain and say what they did. */
    private static final Set<String> SESSIONS = Set.of("record", "demo", "faults", "soak");

    private final Console console;
    private final Supplier<StartUpCheck> startUpCheck;
    private final Sessions sessions;
    private final Stopping stopping;

    Main(final Console console, final Supplier<StartUpCheck> startUpCheck, final Sessions sessions)
    {
        this(console, startUpCheck, sessions, new Stopping(new StopSignal()));
    }

    /**
     * A command that somebody may ask to end in order.
     */
    Main(
        final Console console, final Supplier<StartUpCheck> startUpCheck, final Sessions sessions,
        final Stopping stopping)
    {
        this.stopping = stopping;
        this.console = console;
        this.startUpCheck = startUpCheck;
        this.sessions = sessions;
    }

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        UnsafeWarning.markAsGiven();
        final Stopping stopping = new Stopping(new StopSignal(), SignalTrap::open);
        if (endsInOrder(() -> Console.system().terminalOut(), args))
        {
            // Ahead of all else: what comes before the session takes a second where the machine is busy.
            stopping.begin();
        }
        System.exit(new Main(Console.system(), StartUpCheck::ofThisProcess, new TapeSessions(), stopping).run(args));
    }

    /**
     * Whether a command line is seen at once to be one that a signal ends in order; of others the command tells. What
     * looks once is none of them: the first signal is to end it.
     */
    static boolean endsInOrder(final BooleanSupplier terminalOut, final String... args)
    {
        final List<String> words = List.of(args);
        return !words.isEmpty() && switch (words.get(0))
        {
            case "snapshot" -> words.contains("--follow") || words.contains("--follow=true");
            case "top" -> words.stream().noneMatch((word) -> word.startsWith("--once") || word.startsWith("--json")) &&
                terminalOut.getAsBoolean();
            default -> SESSIONS.contains(words.get(0));
        };
    }

    /**
     * Runs one command.
     *
     * @param args of the command line.
     * @return the code for the process.
     */
    int run(final String... args)
    {
        final Failures failures = new Failures(console.err());
        ExitCode exitCode;
        try
        {
            exitCode = execute(commandLine().parseArgs(args), failures);
        }
        catch (final MissingParameterException e)
        {
            exitCode = failures.usage(unknownOption(e, args));
        }
        catch (final ParameterException e)
        {
            exitCode = failures.usage(e);
        }
        return flushed(exitCode, failures).code();
    }

    private ExitCode execute(final ParseResult parsed, final Failures failures)
    {
        ParseResult last = parsed;
        while (last.hasSubcommand())
        {
            last = last.subcommand();
        }
        final boolean debug = last.commandSpec().userObject() instanceof Command known && known.debug();
        try
        {
            if (CommandLine.executeHelpRequest(parsed) != null)
            {
                // The help command leaves what it wrote in the writer.
                parsed.commandSpec().commandLine().getOut().flush();
                return ExitCode.FINE;
            }
            startUpCheck.get().require();
            return ((Command)last.commandSpec().userObject()).run();
        }
        catch (final ParameterException e)
        {
            return failures.usage(e);
        }
        catch (final Throwable e)
        {
            // Errors too: whatever it is, the user gets one line and a script its exit code.
            return failures.report(e, debug);
        }
    }

    // A mistyped option is not there under its own name, and picocli would name the one that it was meant to be.
    private static ParameterException unknownOption(final MissingParameterException missing, final String... args)
    {
        final CommandLine commandLine = missing.getCommandLine();
        for (final String arg : args)
        {
            if (arg.equals("--"))
            {
                break;
            }
            final String name = arg.split("=", 2)[0];
            if (name.startsWith("--") && !commandLine.getCommandSpec().optionsMap().containsKey(name))
            {
                return new UnmatchedArgumentException(commandLine, List.of(name));
            }
        }
        return missing;
    }

    private ExitCode flushed(final ExitCode exitCode, final Failures failures)
    {
        try
        {
            console.out().flush();
            return exitCode;
        }
        catch (final ClosedOutputException e)
        {
            return exitCode;
        }
        catch (final RuntimeException e)
        {
            // What could not be written before the command failed is not worth a second line.
            return failures.said() ? exitCode : failures.report(e, false);
        }
    }

    private CommandLine commandLine()
    {
        final CommandRunner runner = new CommandRunner(console, sessions, stopping);
        final CommandLine commandLine = new CommandLine(new RingtapeCommand())
            .addSubcommand(new DemoCommand(runner))
            .addSubcommand(new RecordCommand(runner))
            .addSubcommand(new ReplayCommand(runner))
            .addSubcommand(new VerifyCommand(runner))
            .addSubcommand(new InfoCommand(runner))
            .addSubcommand(new TopCommand(runner))
            .addSubcommand(new RepairCommand(runner))
            .addSubcommand(new RetainCommand(runner))
            .addSubcommand(new SnapshotCommand(runner))
            .addSubcommand(new DumpCommand(runner))
            .addSubcommand(new ExportCommand(runner))
            .addSubcommand(new BookCommand(runner))
            .addSubcommand(new KillCommand(runner))
            .addSubcommand(new ArmCommand(runner))
            .addSubcommand(new StatusCommand(runner))
            .addSubcommand(new LimitsCommand(runner))
            .addSubcommand(new PositionsCommand(runner))
            .addSubcommand(new BacktestCommand(runner))
            .addSubcommand(new LatenciesCommand(runner))
            .addSubcommand(new FaultsCommand(runner))
            .addSubcommand(new SoakCommand(runner))
            .addSubcommand(new BenchCommand())
            .addSubcommand(new HelpCommand());
        commandLine.setOut(new PrintWriter(console.out(), false, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        commandLine.setOverwrittenOptionsAllowed(false);
        // A path may begin with an at sign.
        commandLine.setExpandAtFiles(false);
        Usage.complete(commandLine);
        return commandLine;
    }
}
