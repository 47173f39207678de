/**
 * The process that a command runs in: what it must have before anything is opened, and how it is asked to stop.
 * <p>
 * Threading: told on each type. Start reading at {@link io.ringtape.cli.platform.StartUpCheck}.
 */
@NullMarked
package io.ringtape.cli.platform;

import org.jspecify.annotations.NullMarked;
