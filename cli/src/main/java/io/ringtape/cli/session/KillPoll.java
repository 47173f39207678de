package io.ringtape.cli.session;

import io.ringtape.bus.Writer;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.ControlFile;
import io.ringtape.order.Control;
import java.nio.file.Path;

/**
 * The writer's look at the kill switch, before each venue event: what another process changed becomes a control event,
 * from which on the risk gate rejects. It has the time of the market there, so that no clock enters a recording. Hot
 * path.
 * <p>
 * Thread safety: the writer's thread.
 * Allocation: at a change only.
 */
final class KillPoll implements AutoCloseable
{
    private final EventBatch control = new EventBatch(1);
    private final ControlFile file;
    private long timeNs;
    private long number;

    private KillPoll(final ControlFile file)
    {
        this.file = file;
    }

    static KillPoll open(final Path journal)
    {
        return new KillPoll(ControlFile.open(journal));
    }

    /** Publishes what has changed, ahead of the venue event whose time was taken. */
    void publish(final Writer writer)
    {
        if (file.hasChanged())
        {
            publishChanges(writer);
        }
    }

    /** Takes the time of the venue event that comes next. */
    void next(final EventBatch batch)
    {
        final OrderBookEvent first = batch.event(0);
        if (!first.has(EventFlags.BAD_TIME))
        {
            timeNs = Math.max(timeNs, first.receiveTimeNs());
        }
    }

    /** The time of the market, as far as it was taken. */
    long timeNs()
    {
        return timeNs;
    }

    @Override
    public void close()
    {
        file.close();
    }

    private void publishChanges(final Writer writer)
    {
        for (final ControlFile.Scope scope : file.take())
        {
            control.clear();
            control.append().type(EventType.CONTROL).eventTimeNs(timeNs).receiveTimeNs(timeNs)
                .orderId(scope.isKilled() ? Control.KILL : Control.ARM).quantity(scope.scope()).price(scope.id())
                .sourceSequence(++number);
            writer.publishInStep(control);
        }
        file.acknowledge();
    }
}
