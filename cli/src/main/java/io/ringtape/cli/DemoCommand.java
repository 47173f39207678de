package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.request.DemoRequest;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Makes a session and takes it through everything.
 */
@CommandLine.Command(name = "demo",
    description = "Generate a session, record it, replay it, verify it, and say what happened.",
    footerHeading = "%nExample:%n", footer = "  ringtape demo --events 20000000 --journal tape")
final class DemoCommand extends Command
{
    private final CommandRunner runner;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--events", paramLabel = "N", converter = Counts.DemoEvents.class, defaultValue = "1000000",
        description = "Events to generate; ${DEFAULT-VALUE} by default.")
    private long events;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "Seed of the generator; the same seed gives the same events; ${DEFAULT-VALUE} by default.")
    private long seed;

    @Option(names = "--journal", paramLabel = "DIR", converter = Counts.FileName.class,
        description = "Directory of the tape, which is kept; a temporary one that is removed by default.")
    private Optional<Path> journal;

    DemoCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        return runner.session(
            json, (sessions, context) -> sessions.demo(new DemoRequest(events, seed, journal), context));
    }
}
