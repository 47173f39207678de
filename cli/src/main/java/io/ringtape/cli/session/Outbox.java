package io.ringtape.cli.session;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outbox that the order lane is wired to before the bus that drains it is built. Hot path.
 * <p>
 * Thread safety: connect it before the bus starts; then as the publisher behind it.
 * Allocation: none.
 */
final class Outbox implements EventPublisher
{
    private @Nullable EventPublisher publisher;

    void connect(final EventPublisher newPublisher)
    {
        publisher = newPublisher;
    }

    @Override
    public int offer(final EventBatch batch)
    {
        return Objects.requireNonNull(publisher, "publisher").offer(batch);
    }

    @Override
    public int offerReserved(final EventBatch batch)
    {
        return Objects.requireNonNull(publisher, "publisher").offerReserved(batch);
    }
}
