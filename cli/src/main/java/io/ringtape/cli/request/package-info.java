/**
 * What the commands ask of the sessions that record and replay, so that neither knows how the other works.
 * <p>
 * Threading: told on each type. Start reading at {@link io.ringtape.cli.request.Sessions}.
 */
@NullMarked
package io.ringtape.cli.request;

import org.jspecify.annotations.NullMarked;
