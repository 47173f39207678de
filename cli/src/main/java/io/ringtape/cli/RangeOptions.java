package io.ringtape.cli;

import io.ringtape.cli.value.EventRange;
import io.ringtape.cli.value.TimeValue;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The part of a tape that a command works on.
 */
final class RangeOptions
{
    @Option(names = "--from-sequence", paramLabel = "N", converter = Counts.Sequence.class,
        description = "First sequence, inclusive; the first on tape by default.")
    private Optional<Long> fromSequence;

    @Option(names = "--to-sequence", paramLabel = "N", converter = Counts.Sequence.class,
        description = "Last sequence, inclusive; the last on tape by default.")
    private Optional<Long> toSequence;

    @Option(names = "--from-time", paramLabel = "T",
        description = "First receive time, inclusive: ISO-8601 with a zone, ns since the epoch, or 10:15:00 for UTC " +
            "on the tape's only day. Each event's own time counts; a replay takes what lies between them too.")
    private Optional<String> fromTime;

    @Option(names = "--to-time", paramLabel = "T", description = "Last receive time, inclusive; written as above.")
    private Optional<String> toTime;

    /** Made by picocli. */
    RangeOptions()
    {
    }

    EventRange range()
    {
        return new EventRange(fromSequence.orElse(EventRange.FIRST), toSequence.orElse(EventRange.LAST),
            fromTime.map((text) -> TimeValue.parse("--from-time", text)),
            toTime.map((text) -> TimeValue.parse("--to-time", text)));
    }
}
