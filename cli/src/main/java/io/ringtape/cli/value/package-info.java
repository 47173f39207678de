/**
 * Reads the values of options: times and ranges, with messages that name the option.
 * <p>
 * Threading: immutable types. Start reading at {@link io.ringtape.cli.value.EventRange}.
 */
@NullMarked
package io.ringtape.cli.value;

import org.jspecify.annotations.NullMarked;
