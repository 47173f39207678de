package io.ringtape.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * The tape that a command reads, and the form of its report.
 */
final class TapeOptions
{
    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--journal", required = true, paramLabel = "DIR", converter = Counts.FileName.class,
        description = "Directory of the tape.")
    private Path journal;

    /** Made by picocli. */
    TapeOptions()
    {
    }

    boolean json()
    {
        return json;
    }

    Path journal()
    {
        return journal;
    }
}
