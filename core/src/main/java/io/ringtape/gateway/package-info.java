/**
 * Gateways: how orders leave the process and answers come back, on a lane of their own.
 * <p>
 * Uses {@code event}, {@code order} and {@code risk}. Start reading at {@link io.ringtape.gateway.Gateway}, which a
 * session with a venue implements, then {@link io.ringtape.gateway.GatewayHandler}, which hands it the orders of the
 * ring, asks the {@link io.ringtape.gateway.KillGuard} before each, and cancels what is open when the bus halts.
 * Answers go through an {@link io.ringtape.gateway.AnswerBox} to the inbox of the bus, and nothing of them is
 * forgotten before it is on tape or in the {@link io.ringtape.gateway.SafeModeStore}. Threading: the thread of the gateway's lane, but
 * for answers, which any one thread gives at a time.
 */
@NullMarked
package io.ringtape.gateway;

import org.jspecify.annotations.NullMarked;
