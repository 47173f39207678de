package io.ringtape.gateway;

import org.agrona.concurrent.IdleStrategy;

/**
 * Looks at something each time before it waits as another strategy does, and not where there was work. Hot path.
 * <p>
 * Thread safety: none; the thread that waits.
 * Allocation: none.
 */
public final class LookingIdleStrategy implements IdleStrategy
{
    private final Runnable look;
    private final IdleStrategy delegate;

    /**
     * A strategy that looks first.
     *
     * @param look     at what there is to be seen; does not wait.
     * @param delegate waits.
     */
    public LookingIdleStrategy(final Runnable look, final IdleStrategy delegate)
    {
        this.look = look;
        this.delegate = delegate;
    }

    @Override
    public void idle(final int workCount)
    {
        if (workCount <= 0)
        {
            look.run();
        }
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
