package io.ringtape.bench.rig;

/**
 * A fork has ended and said no word of why, as one does that a signal meets before it can hear it. Where somebody asked
 * to stop it is no failure: Ctrl-C goes to the forks too.
 */
final class ForkGoneException extends IllegalStateException
{
    private static final long serialVersionUID = 1L;

    ForkGoneException(final String message)
    {
        super(message);
    }
}
