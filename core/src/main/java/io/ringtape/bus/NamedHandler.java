package io.ringtape.bus;

/**
 * A handler as it was declared on a lane.
 *
 * @param name      unique on the bus.
 * @param handler   the handler.
 * @param stateless whether a call of it may be skipped after a fault.
 * @param <H>       its kind.
 */
record NamedHandler<H>(String name, H handler, boolean stateless)
{
}
