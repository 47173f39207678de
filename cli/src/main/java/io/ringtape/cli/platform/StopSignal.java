package io.ringtape.cli.platform;

/**
 * Asks a running session to stop in order: to take nothing more in, drain, seal its tape and return.
 * <p>
 * Thread safety: any thread asks; the session's thread looks between two venue events.
 * Allocation: none.
 */
public final class StopSignal
{
    private volatile boolean requested;

    /**
     * A signal that nobody gave yet.
     */
    public StopSignal()
    {
    }

    /**
     * Asks to stop; asking again changes nothing.
     */
    public void request()
    {
        requested = true;
    }

    /**
     * Whether somebody asked; a volatile load.
     *
     * @return true from the first {@link #request()} on.
     */
    public boolean isRequested()
    {
        return requested;
    }
}
