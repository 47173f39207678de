package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.soak.SoakRequest;
import io.ringtape.cli.soak.SoakRunner;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Runs a bus under disturbance and counts what each handler got.
 */
@CommandLine.Command(name = "soak",
    description = "Run a bus with a tape under random slow-downs, joins, leaves and faults, and count what each " +
        "handler got.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape soak --events 100000000 --seed 7",
        "",
        "The seed gives what is done; moments of threads are as the machine has them. A broken promise is a line, " +
            "and the exit code is then 5."})
final class SoakCommand extends Command
{
    private final CommandRunner runner;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--events", paramLabel = "N", converter = Counts.Positive.class, defaultValue = "1000000",
        description = "Events to publish; ${DEFAULT-VALUE} by default.")
    private long events;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "Seed of packets, slow-downs, joins, leaves and faults; ${DEFAULT-VALUE} by default.")
    private long seed;

    @Option(names = "--journal", paramLabel = "DIR", converter = Counts.FileName.class,
        description = "New directory of the tape, which is kept; a temporary one that is removed by default, in a " +
            "tenth of the free space.")
    private Optional<Path> journal;

    SoakCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final SoakRequest request = new SoakRequest(events, seed, journal);
        return runner.session(json,
            (sessions, context) -> new SoakRunner(context, TodayClock.utc()).run(request));
    }
}
