package io.ringtape.cli;

import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What came of a command on a tape, with real sessions. */
record CommandRun(int exitCode, String out, String err)
{
    static CommandRun of(final String command, final Path tape, final String... args)
    {
        final TestConsole console = new TestConsole();
        final String[] all = Stream.concat(
            Stream.of(command, "--journal", tape.toString()), List.of(args).stream()).toArray(String[]::new);
        final int exitCode = new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(all);
        return new CommandRun(exitCode, console.out(), console.err());
    }
}
