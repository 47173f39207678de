/**
 * The {@code ringtape} command. Threading: the main thread. Start with {@link io.ringtape.cli.Main}.
 */
@NullMarked
package io.ringtape.cli;

import org.jspecify.annotations.NullMarked;
