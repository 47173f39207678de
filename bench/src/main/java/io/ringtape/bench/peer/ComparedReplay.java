package io.ringtape.bench.peer;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.replay.ReplayHandlers;
import io.ringtape.replay.ReplayResult;
import io.ringtape.replay.TapeReplay;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A replay that compares, as the command does it: the tape of a session through books, risk gate and the example
 * strategy, each own event held against the one on tape, and all hashes against the trailer. It opens the tape within
 * the run. The sum is 1 if the replay matches.
 * <p>
 * Thread safety: one thread owns it. Allocation: handlers, a replay and a reader a run.
 */
final class ComparedReplay implements Peer
{
    private final Path directory;
    private Path tape;
    private Optional<ReplayResult> result = Optional.empty();

    ComparedReplay(final Path directory)
    {
        this.directory = directory;
        tape = directory;
    }

    @Override
    public void prepare(final int count)
    {
        tape = DemoTape.of(directory, count);
        result = Optional.empty();
    }

    @Override
    public void run(final int count)
    {
        final TapeReplay replay = new TapeReplay(ComparedReplay::desk, (event) ->
        {
            // Nobody looks on.
        }, TapeRange.ALL);
        result = Optional.of(replay.run(Tape.open(tape), (sequence) ->
        {
            // Nobody waits for it.
        }));
    }

    private static ReplayHandlers desk(
        final RunInfo run, final Definitions definitions, final EventPublisher outbox)
    {
        return new OrderDesk(
            definitions, definitions.source(definitions.sourceCount() - 1), run.runId(), outbox);
    }

    @Override
    public long checksum()
    {
        return result.isPresent() && result.get().matches() && result.get().trailer() ? 1 : 0;
    }

    @Override
    public long expected(final long first, final int count)
    {
        return 1;
    }

    @Override
    public void close()
    {
        result = Optional.empty();
    }
}
