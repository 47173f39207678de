/**
 * Replay: a tape through the very handlers that ran live, with the outputs that they make now held against those on
 * tape, one by one.
 * <p>
 * Start reading at {@link io.ringtape.replay.OutputComparator}. One thread runs a replay with all its handlers; nothing
 * here is shared between threads.
 */
@NullMarked
package io.ringtape.replay;

import org.jspecify.annotations.NullMarked;
