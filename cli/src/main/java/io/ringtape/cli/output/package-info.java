/**
 * What a person or a script reads: aligned text, one JSON object, and a progress bar.
 * <p>
 * Threading: the main thread of a command. Start reading at {@link io.ringtape.cli.output.Console}.
 */
@NullMarked
package io.ringtape.cli.output;

import org.jspecify.annotations.NullMarked;
