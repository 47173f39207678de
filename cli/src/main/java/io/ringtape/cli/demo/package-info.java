/**
 * The generated session of {@code ringtape demo}: order-book events that are made, not captured, and say so.
 * <p>
 * Start reading at {@link io.ringtape.cli.demo.DemoSession}. Threading: one thread reads a session.
 */
@NullMarked
package io.ringtape.cli.demo;

import org.jspecify.annotations.NullMarked;
