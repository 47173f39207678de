/**
 * A result as one HTML file that opens from a disk with no network: its verdicts, and charts drawn as inline SVG.
 * <p>
 * Threading: for one thread. Start with {@link io.ringtape.bench.page.Page}; each chart is one class, and
 * {@code Scale} and {@code Svg} are what they share.
 */
@NullMarked
package io.ringtape.bench.page;

import org.jspecify.annotations.NullMarked;
