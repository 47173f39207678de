package io.ringtape.bus;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bus is halted: nothing more can be published.
 * <p>
 * Thread safety: immutable but for what {@link Throwable} allows.
 * Allocation: on construction only.
 */
public final class BusHaltedException extends IllegalStateException
{
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Fault fault;

    BusHaltedException(final @Nullable Fault fault)
    {
        super(
            "bus is halted: " + (fault == null ? "by=halt()" : fault.describe()),
            fault == null ? null : fault.cause());
        this.fault = fault;
    }

    /**
     * The fault that halted the bus.
     *
     * @return empty if {@link EventBus#halt()} did.
     */
    public Optional<Fault> fault()
    {
        return Optional.ofNullable(fault);
    }
}
