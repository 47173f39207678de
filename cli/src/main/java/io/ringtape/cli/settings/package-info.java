/**
 * Files and classes that a user gives to a session: limits, fees, parameters, latencies, a strategy of his own. Each is
 * read whole and checked whole before anything starts; what is wrong is one line that names the file and the field.
 * <p>
 * Start with {@link io.ringtape.cli.settings.StrategyLoader} and {@link io.ringtape.cli.settings.LimitsFile}.
 * <p>
 * Threading: one thread.
 */
@NullMarked
package io.ringtape.cli.settings;

import org.jspecify.annotations.NullMarked;
