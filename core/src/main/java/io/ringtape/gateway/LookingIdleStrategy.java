package io.ringtape.gateway;

import org.agrona.concurrent.IdleStrategy;

/**
 * Looks at something each time before it waits as another strategy does. Hot path.
 * <p>
 * Thread safety: none; the thread of the gateway's lane.
 * Allocation: none.
 */
final class LookingIdleStrategy implements IdleStrategy
{
    private final Runnable look;
    private final IdleStrategy delegate;

    LookingIdleStrategy(final Runnable look, final IdleStrategy delegate)
    {
        this.look = look;
        this.delegate = delegate;
    }

    @Override
    public void idle(final int workCount)
    {
        look.run();
        delegate.idle(workCount);
    }

    @Override
    public void idle()
    {
        look.run();
        delegate.idle();
    }

    @Override
    public void reset()
    {
        delegate.reset();
    }

    @Override
    public String alias()
    {
        return delegate.alias();
    }
}
