package io.ringtape.cli.tape;

import io.ringtape.event.Definitions;
import io.ringtape.event.OrderBookEvent;

/**
 * Writes events one by one in the format that a user asked for.
 */
interface EventPrinter
{
    /**
     * Writes what stands before the first event.
     */
    void start();

    /**
     * Writes an event.
     *
     * @param event       on tape.
     * @param definitions of the event's run.
     */
    void print(OrderBookEvent event, Definitions definitions);

    /**
     * Writes what stands behind the last event.
     */
    void end();
}
