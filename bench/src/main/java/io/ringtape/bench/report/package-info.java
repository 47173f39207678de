/**
 * What the rounds of a run say: as a table, as one JSON object, and two stored results side by side.
 * <p>
 * Threading: for one thread. Start with {@link io.ringtape.bench.report.Report}.
 */
@NullMarked
package io.ringtape.bench.report;

import org.jspecify.annotations.NullMarked;
