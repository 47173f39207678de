package io.ringtape.bus;

import io.ringtape.event.RangeHandler;
import java.util.Optional;

/**
 * How far something beyond the ring has got, so that a lane can run after it: journaled, durable, sent to a replica.
 * <p>
 * Contract: a sequence that was reached stays reached, and the frontier moves without the lanes that run after it. A
 * lane reads it once per look for work; it never blocks on it.
 * <p>
 * Thread safety: any thread asks; an implementation reads a volatile field.
 * Allocation: none.
 */
public interface Frontier
{
    /**
     * What stands in messages.
     *
     * @return not empty, for example {@code journaled}.
     */
    String name();

    /**
     * The last sequence that has passed it.
     *
     * @return never less than before; below the first sequence if nothing has.
     */
    long sequence();

    /**
     * Whether it will not move any more: what moves it has failed, and its lane has maybe not come to see that yet. Who
     * waits for a lane that runs after it, and publishes nothing meanwhile, is to look.
     *
     * @return false while all is well.
     */
    default boolean hasFailed()
    {
        return false;
    }

    /**
     * How long a published event may wait for it, where it moves by time and not with each batch.
     *
     * @return nanoseconds, 0 if it moves with each batch of its recorder. The ring must hold what comes meanwhile, see
     *     {@link EventBusBuilder#declaredRate(long)}.
     */
    default long intervalNs()
    {
        return 0L;
    }

    /**
     * The handler that moves it. A bus then knows on which lane, and refuses a lane that would wait for itself or for a
     * recorder that may leave.
     *
     * @return empty if no handler of the bus does.
     */
    default Optional<RangeHandler> recorder()
    {
        return Optional.empty();
    }
}
