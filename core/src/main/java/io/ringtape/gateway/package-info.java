/**
 * The way out: own orders that passed the risk gate and are on their way to a venue.
 * <p>
 * Start reading at {@link io.ringtape.gateway.KillGuard}, which a gateway asks before each new order leaves.
 * Threading: everything here belongs to the gateway's thread.
 */
@NullMarked
package io.ringtape.gateway;

import org.jspecify.annotations.NullMarked;
