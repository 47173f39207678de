/**
 * Strategies: what one gets, what it may do, and an example.
 * <p>
 * Uses {@code book}, {@code order} and {@code event}. Start reading at {@link io.ringtape.strategy.Strategy}, then
 * {@link io.ringtape.strategy.ExampleStrategy}. Threading: the order lane, one thread at a time.
 */
@NullMarked
package io.ringtape.strategy;

import org.jspecify.annotations.NullMarked;
