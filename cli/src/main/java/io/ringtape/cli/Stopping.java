package io.ringtape.cli;

import io.ringtape.cli.platform.StopSignal;
import java.util.function.Consumer;

/**
 * How somebody asks a command that ends in order to do so: once the command has begun, a signal of the system asks, and
 * until then it ends the process.
 */
final class Stopping
{
    private final StopSignal signal;
    private final Consumer<StopSignal> trap;
    private boolean begun;

    /**
     * Signals of the system go on to do what they do.
     *
     * @param signal that something else gives.
     */
    Stopping(final StopSignal signal)
    {
        this(signal, (untrapped) ->
        {
            // Whoever runs a command in a JVM of his own keeps its signals.
        });
    }

    /**
     * Nothing is caught yet.
     *
     * @param signal that what is caught gives.
     * @param trap   catches, from then on.
     */
    Stopping(final StopSignal signal, final Consumer<StopSignal> trap)
    {
        this.signal = signal;
        this.trap = trap;
    }

    /** From here on a signal asks; again changes nothing. */
    StopSignal begin()
    {
        if (!begun)
        {
            begun = true;
            trap.accept(signal);
        }
        return signal;
    }
}
