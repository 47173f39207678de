/**
 * The event: one cache line, its types and flags, the handlers that get it, and what its ids mean.
 * <p>
 * An {@link io.ringtape.event.Interest} says which events a handler asks for. What a handler knows can be stored and
 * taken over where it is {@link io.ringtape.event.Stateful}. {@link io.ringtape.event.VenueEvents} says where one venue
 * event ends and the next begins. Knows no other package. Start reading at
 * {@link io.ringtape.event.OrderBookEvent}, then {@link io.ringtape.event.EventType} and
 * {@link io.ringtape.event.EventHandler}. Threading is told on each type.
 */
@NullMarked
package io.ringtape.event;

import org.jspecify.annotations.NullMarked;
