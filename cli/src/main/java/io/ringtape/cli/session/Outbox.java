package io.ringtape.cli.session;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The outbox that the order lane is wired to before the bus that drains it is built; it notes what the lane stopped by
 * itself. Hot path.
 * <p>
 * Thread safety: connect it before the bus starts; then as the publisher behind it, and any thread takes the note.
 * Allocation: none.
 */
final class Outbox implements EventPublisher
{
    /** Nothing was stopped since the last look. */
    static final int NO_KILL = 0;

    private final AtomicInteger kill = new AtomicInteger(NO_KILL);
    private @Nullable EventPublisher publisher;

    void connect(final EventPublisher newPublisher)
    {
        publisher = newPublisher;
    }

    @Override
    public int offer(final EventBatch batch)
    {
        // Noted even if it does not get onto the ring: the gate has stopped.
        if (batch.event(0).type() == EventType.CONTROL)
        {
            kill.set((int)batch.event(0).price());
        }
        return Objects.requireNonNull(publisher, "publisher").offer(batch);
    }

    /** The code of the reason of an own kill, once; {@link #NO_KILL} if there was none since the last call. */
    int takeKill()
    {
        return kill.get() == NO_KILL ? NO_KILL : kill.getAndSet(NO_KILL);
    }

    @Override
    public int offerReserved(final EventBatch batch)
    {
        return Objects.requireNonNull(publisher, "publisher").offerReserved(batch);
    }
}
