/**
 * A bus with a real tape and lanes of every kind under random disturbance, and the account of what each handler got:
 * {@code ringtape soak}.
 * <p>
 * Threading: the calling thread is the writer's; publishers, lanes and the thread that lets lanes come and go are
 * others and end with the run. What a handler counts is read when its lane has ended. Start reading at
 * {@link io.ringtape.cli.soak.SoakRunner}; the lanes stand in {@code SoakLanes}.
 */
@NullMarked
package io.ringtape.cli.soak;

import org.jspecify.annotations.NullMarked;
