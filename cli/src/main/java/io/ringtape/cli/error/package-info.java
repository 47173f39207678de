/**
 * What ends a command: the exit codes, one table for all commands, and the exception that carries one.
 * <p>
 * Threading: immutable types. Start reading at {@link io.ringtape.cli.error.ExitCode}.
 */
@NullMarked
package io.ringtape.cli.error;

import org.jspecify.annotations.NullMarked;
