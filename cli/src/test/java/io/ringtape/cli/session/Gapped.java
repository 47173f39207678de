package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureBehind;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;

/** A capture with a gap of its source behind every so many venue events. */
final class Gapped extends CaptureBehind
{
    private final int every;
    private int count;
    private long timeNs;

    Gapped(final Capture capture, final int every)
    {
        super(capture);
        this.every = every;
    }

    @Override
    public boolean next(final EventBatch batch) throws CaptureException
    {
        if (++count % every == 0)
        {
            batch.clear();
            batch.append().type(EventType.GAP).quantity(3).eventTimeNs(timeNs).receiveTimeNs(timeNs)
                .flags(EventFlags.LAST);
            return true;
        }
        final boolean more = super.next(batch);
        timeNs = more ? batch.event(0).receiveTimeNs() : timeNs;
        return more;
    }
}
