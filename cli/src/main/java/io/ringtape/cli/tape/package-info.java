/**
 * What commands look up on a tape without running its handlers: events, books and hashes.
 * <p>
 * Threading: the main thread of a command. Start reading at {@link io.ringtape.cli.tape.BookQuery}.
 */
@NullMarked
package io.ringtape.cli.tape;

import org.jspecify.annotations.NullMarked;
