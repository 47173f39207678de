/**
 * The rows of the fault matrix, run against real files and real child JVMs by {@code ringtape faults}.
 * <p>
 * Start reading at {@link io.ringtape.cli.faults.FaultRunner}; the rows stand in {@code FaultRows}. Threading: one
 * thread runs the rows; children and lanes that a row starts end with its round.
 */
@NullMarked
package io.ringtape.cli.faults;

import org.jspecify.annotations.NullMarked;
