/**
 * The risk gate: limits that every own order must pass, and the state that they are checked against.
 * <p>
 * Uses {@code book}, {@code order} and {@code event}. Start reading at {@link io.ringtape.risk.RiskGate}, then
 * {@link io.ringtape.risk.RiskCheck} for the numbers of the checks and {@link io.ringtape.risk.RiskLimits},
 * {@link io.ringtape.risk.AccountLimits} and {@link io.ringtape.risk.LimitSet} for what can be set,
 * {@link io.ringtape.risk.KillRules} for when the gate kills by itself.
 * Threading: the order lane, one thread at a time.
 */
@NullMarked
package io.ringtape.risk;

import org.jspecify.annotations.NullMarked;
