package io.ringtape.bus;

import io.ringtape.event.Interest;

/**
 * A handler as it was declared on a lane.
 *
 * @param name      unique on the bus.
 * @param handler   the handler.
 * @param stateless whether a call of it may be skipped after a fault.
 * @param interest  which events it asks for; all of them, where it is a range handler.
 * @param <H>       its kind.
 */
record NamedHandler<H>(String name, H handler, boolean stateless, Interest interest)
{
}
