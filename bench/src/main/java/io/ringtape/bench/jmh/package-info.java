/**
 * JMH benchmarks: what one call costs, with the allocation beside it ({@code -prof gc}).
 * <p>
 * Threading: as JMH runs them, one thread each. Start with any of them; none needs another.
 */
@NullMarked
package io.ringtape.bench.jmh;

import org.jspecify.annotations.NullMarked;
