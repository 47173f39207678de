/**
 * JMH benchmarks and the paired-round rig.
 */
@NullMarked
package io.ringtape.bench;

import org.jspecify.annotations.NullMarked;
