package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;

/**
 * What all commands have in common in their help: {@code --help}, {@code --version} and the table of exit codes.
 */
final class Usage
{
    private static final int WIDTH = 110;
    // What the JVM ends with on a signal: no command returns them.
    private static final int HANGUP = 129;
    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    private Usage()
    {
    }

    static void complete(final CommandLine commandLine)
    {
        commandLine.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version()).usageMessage()
            .width(WIDTH)
            .exitCodeListHeading("%nExit codes:%n")
            .exitCodeList(exitCodes());
        // The help command has a --help of its own.
        commandLine.getSubcommands().values().stream().filter((command) -> !command.getCommandSpec().helpCommand())
            .forEach(Usage::complete);
    }

    private static Map<String, String> exitCodes()
    {
        final Map<String, String> table = new LinkedHashMap<>();
        for (final ExitCode exitCode : ExitCode.values())
        {
            table.put(Integer.toString(exitCode.code()), exitCode.meaning());
        }
        table.put(Integer.toString(HANGUP), "stopped by SIGHUP, as when the terminal closes; see 143");
        table.put(Integer.toString(INTERRUPTED), "stopped by SIGINT (ctrl-C); see 143");
        table.put(Integer.toString(TERMINATED),
            "stopped by SIGTERM; record, demo, faults, soak, top and snapshot --follow end in order at the first, " +
            "with a code above");
        return table;
    }

    /** Reads the version from the manifest, so that the pom stays its only place. */
    private static final class Version implements IVersionProvider
    {
        @Override
        public String[] getVersion()
        {
            final String version = Main.class.getPackage().getImplementationVersion();
            return new String[]{"ringtape " + (version == null ? "unpackaged" : version)};
        }
    }
}
