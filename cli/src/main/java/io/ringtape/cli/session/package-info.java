/**
 * The sessions that the commands run: a capture through the bus onto tape, and a tape through the same handlers.
 * <p>
 * Start reading at {@link io.ringtape.cli.session.OrderLane}, the handlers of both, then at
 * {@link io.ringtape.cli.session.RecordSession}. The thread that runs a session is the bus's writer; the tape lane has
 * a thread of its own.
 */
@NullMarked
package io.ringtape.cli.session;

import org.jspecify.annotations.NullMarked;
