package io.ringtape.cli.soak;

/**
 * What may happen to a handler at an event, behind its count.
 */
@FunctionalInterface
interface Disturbance
{
    /**
     * Does it if it is due.
     *
     * @param sequence of the event.
     */
    void at(long sequence);

    default Disturbance then(final Disturbance next)
    {
        return (sequence) ->
        {
            at(sequence);
            next.at(sequence);
        };
    }
}
