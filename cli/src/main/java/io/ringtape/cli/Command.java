package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import picocli.CommandLine.Option;

/**
 * A command whose options have been read.
 */
abstract class Command
{
    @Option(names = "--debug", description = "Print the stack trace of an error.")
    private boolean debug;

    Command()
    {
    }

    /**
     * Whether the stack trace of an error is wanted.
     */
    final boolean debug()
    {
        return debug;
    }

    /**
     * Does the work and prints the report.
     *
     * @return what the process returns.
     */
    abstract ExitCode run();
}
