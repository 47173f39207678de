package io.ringtape.cli.session;

import io.ringtape.event.EventHandler;
import java.util.Optional;

/**
 * Which threads a recording session uses. The tape is the same in every layout, which is what a test with probes that
 * stall at random proves.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param orderLaneInline whether the order lane runs on the writer's thread; else it has one of its own.
 * @param orderProbe      called for each event on the order lane, ahead of the books.
 * @param tapeProbe       called for each event on the tape lane, ahead of the recorder.
 */
public record RecordLayout(boolean orderLaneInline, Optional<EventHandler> orderProbe, Optional<EventHandler> tapeProbe)
{
    /** The order lane on the writer's thread, the tape lane on its own. */
    public static final RecordLayout INLINE = new RecordLayout(true, Optional.empty(), Optional.empty());
}
