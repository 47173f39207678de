package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureBehind;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.output.Formats;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.function.Consumer;

/**
 * A capture that says of each file which begins before the latest event of those ahead of it that it does: the clock of
 * a run is the running maximum of receive times, and stands still until the file has caught up. What goes back within
 * a file is usual and not told.
 * <p>
 * Thread safety: none; one thread owns a capture.
 * Allocation: the name of a file, and a line for one that goes back.
 */
final class TimeWatch extends CaptureBehind
{
    private static final int NO_SOURCE = -1;

    private final Consumer<String> warning;
    private int sourceId = NO_SOURCE;
    private String current = "";
    private String latest = "";
    private long latestNs = Long.MIN_VALUE;

    TimeWatch(final Capture capture, final Consumer<String> warning)
    {
        super(capture);
        this.warning = warning;
    }

    @Override
    public boolean next(final EventBatch batch) throws CaptureException
    {
        final boolean more = super.next(batch);
        for (int i = 0; i < batch.count(); i++)
        {
            final OrderBookEvent event = batch.event(i);
            // Each file is a source; the clock does not go by a time that is known to be wrong.
            if (EventType.bringsTime(event.type(), event.flags()))
            {
                look(event.sourceId(), event.receiveTimeNs());
            }
        }
        return more;
    }

    private void look(final int fromSourceId, final long timeNs)
    {
        if (fromSourceId != sourceId)
        {
            sourceId = fromSourceId;
            begin(timeNs);
        }
        if (timeNs > latestNs)
        {
            latestNs = timeNs;
            latest = current;
        }
    }

    private void begin(final long timeNs)
    {
        current = file();
        if (timeNs < latestNs)
        {
            warning.accept("capture begins before the latest event of one ahead of it, and until it is past that no " +
                "rate refills and nothing grows old in the gate: file=" + current + " begins=" + Formats.time(timeNs) +
                " ahead=" + latest + " latest=" + Formats.time(latestNs) +
                " behind=" + Formats.duration(latestNs - timeNs));
        }
    }
}
