package io.ringtape.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code ringtape} command.
 *
 * <p>Thread safety: for the main thread.
 * <p>Allocation: start-up only.
 */
@Command(name = "ringtape", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
    description = "Order-book events through one ring, onto tape, and back.")
public final class Main implements Runnable
{
    static final int EXIT_USAGE = 64;

    @Spec
    private CommandSpec spec;

    /** Made by picocli. */
    public Main()
    {
    }

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        System.exit(run(args));
    }

    static int run(final String... args)
    {
        return new CommandLine(new Main())
            .setParameterExceptionHandler((exception, arguments) ->
            {
                exception.getCommandLine().getErr().println("ringtape: " + exception.getMessage());
                return EXIT_USAGE;
            })
            .execute(args);
    }

    @Override
    public void run()
    {
        throw new ParameterException(spec.commandLine(), "no command given, see ringtape --help");
    }

    /** Reads the version from the manifest, so that the pom stays its only place. */
    static final class Version implements IVersionProvider
    {
        /** Made by picocli. */
        Version()
        {
        }

        @Override
        public String[] getVersion()
        {
            final String version = Main.class.getPackage().getImplementationVersion();
            return new String[]{"ringtape " + (version == null ? "unpackaged" : version)};
        }
    }
}
