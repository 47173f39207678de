/**
 * Own orders: how a strategy sends them without blocking, and how they become events on the bus.
 * <p>
 * Uses {@code event} only. Start reading at {@link io.ringtape.order.OrderSender}, which a strategy calls, then
 * {@link io.ringtape.order.OwnOrders}, which asks the {@link io.ringtape.order.OrderGate} and writes the events.
 * An order on its way is a {@link io.ringtape.order.NewOrder}; what stops or changes them from outside is a
 * {@link io.ringtape.order.Control}, or what the order lane decides itself, {@link io.ringtape.order.OwnControls}. A
 * strategy's timers go the same way: {@link io.ringtape.order.Timers}.
 * What fills add up to is a {@link io.ringtape.order.Position}.
 * Threading: everything here belongs to the order lane, one thread at a time.
 */
@NullMarked
package io.ringtape.order;

import org.jspecify.annotations.NullMarked;
