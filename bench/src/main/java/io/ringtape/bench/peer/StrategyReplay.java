package io.ringtape.bench.peer;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.RunTrailer;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * From the tape of a session through books, risk gate and the example strategy, on one thread, or through the books
 * alone. The strategy decides anew; what it sends is counted, and what it sent when the session was recorded comes back
 * from the tape, so that the gate knows what it knew. The sum is that of the books at the end and of how much was sent,
 * and it is held against what the recording wrote at its end. On demand it takes the hash of the inputs too.
 * <p>
 * Thread safety: one thread owns it. Allocation: handlers and a reader a run.
 */
final class StrategyReplay implements Peer, RunListener
{
    private final OrderBookEvent event = new OrderBookEvent();
    private final Path directory;
    private final boolean isTrading;
    private final boolean isHashing;
    private EventHashes hashes = new EventHashes();
    private @Nullable TapeReader reader;
    private @Nullable OrderDesk desk;
    private RunSummary recorded = new RunSummary(0, 0, 0, 0, 0);
    private long sent;

    StrategyReplay(final Path directory, final boolean isTrading, final boolean isHashing)
    {
        this.isTrading = isTrading;
        this.isHashing = isHashing;
        this.directory = directory;
    }

    @Override
    public void prepare(final int count)
    {
        sent = 0;
        desk = null;
        hashes = new EventHashes();
        reader = Tape.open(DemoTape.of(directory, count)).read(TapeRange.ALL, this);
    }

    @Override
    public void run(final int count)
    {
        final TapeReader from = reader;
        final OrderBookEvent current = event;
        while (from.nextBlock())
        {
            final OrderDesk all = desk(from);
            final EventHandler handler = isTrading ? all : all.books();
            final int size = from.count();
            if (isHashing)
            {
                hashes.addInputs(from.buffer(), from.offset(), from.firstSequence(), size);
            }
            for (int i = 0; i < size; i++)
            {
                handler.onEvent(from.event(i, current));
            }
        }
    }

    private OrderDesk desk(final TapeReader from)
    {
        final OrderDesk known = desk;
        if (known != null)
        {
            return known;
        }
        final Definitions definitions = from.definitions();
        final SourceDefinition strategy = definitions.source(definitions.sourceCount() - 1);
        final OrderDesk made = new OrderDesk(definitions, strategy, from.run().runId(), (batch) ->
        {
            sent += batch.count();
            return EventPublisher.ACCEPTED;
        });
        desk = made;
        return made;
    }

    @Override
    public void onRunEnd(final RunInfo run, final Optional<RunTrailer> trailer)
    {
        recorded = trailer.orElseThrow().summary();
    }

    @Override
    public long checksum()
    {
        final long sum = sum(desk.bookHash(), sent, hashes.eventHash());
        close();
        return sum;
    }

    @Override
    public long expected(final long first, final int count)
    {
        return sum(recorded.bookHash(), isTrading ? recorded.ownCount() : 0,
            isHashing ? recorded.eventHash() : new EventHashes().eventHash());
    }

    private static long sum(final long bookHash, final long own, final long eventHash)
    {
        return bookHash + Long.rotateLeft(own, 32) + 3 * eventHash;
    }

    @Override
    public void close()
    {
        final TapeReader opened = reader;
        reader = null;
        CloseHelper.close(opened);
    }
}
