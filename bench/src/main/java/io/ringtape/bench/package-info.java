/**
 * Benchmarks: JMH for one call at a time, and rounds that set peers beside each other; and stress tests of the bus.
 * <p>
 * {@link io.ringtape.bench.Main} starts all. {@code peer} holds what is measured, {@code rig} measures it, {@code jmh}
 * holds the JMH benchmarks, {@code io.ringtape.bus} of this module the stress tests. To check a row, read its peers in
 * {@link io.ringtape.bench.peer.Rows}, then {@link io.ringtape.bench.peer.Work}, which is the same for all of them.
 * Threading: told by each class.
 */
@NullMarked
package io.ringtape.bench;

import org.jspecify.annotations.NullMarked;
