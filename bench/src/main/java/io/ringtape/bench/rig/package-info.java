/**
 * How the rounds measure: forks, canaries, shuffled peers, ratios within a round and what may be said of them.
 * <p>
 * Threading: one thread runs the rounds; each peer has a JVM of its own and only one of them works at a time. Start
 * with {@link io.ringtape.bench.rig.Rounds}.
 */
@NullMarked
package io.ringtape.bench.rig;

import org.jspecify.annotations.NullMarked;
