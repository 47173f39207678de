/**
 * Replay: a tape through the very handlers that ran live, with the outputs that they make now held against those on
 * tape, one by one.
 * <p>
 * Start reading at {@link io.ringtape.replay.OutputComparator}. A replay that starts inside a run feeds its handlers
 * from the run's start, or from a snapshot of what they knew, see {@link io.ringtape.replay.ReplayStates}. One thread
 * runs a replay with all its handlers; nothing here is shared between threads.
 */
@NullMarked
package io.ringtape.replay;

import org.jspecify.annotations.NullMarked;
