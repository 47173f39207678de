/**
 * Strategies: what one gets, what it may do, and examples to start from.
 * <p>
 * Uses {@code book}, {@code order} and {@code event}. Start reading at {@link io.ringtape.strategy.Strategy}, then
 * {@link io.ringtape.strategy.ExampleStrategy}, {@link io.ringtape.strategy.MarketMaker} and
 * {@link io.ringtape.strategy.ImbalanceTaker}. Threading: the order lane, one thread at a time.
 */
@NullMarked
package io.ringtape.strategy;

import org.jspecify.annotations.NullMarked;
