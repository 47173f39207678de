package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.risk.OpeningPositions;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/**
 * Refuses positions of a later day than that on which a capture begins: they are of another capture, or hold what it is
 * about to do once more. It looks ahead of the recording, since events without a good time may come first, and orders
 * at them, which nobody takes back.
 * <p>
 * Thread safety: stateless.
 * Allocation: a batch.
 */
final class PositionsDay
{
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private PositionsDay()
    {
    }

    /**
     * Reads a capture up to its first event with a good time.
     *
     * @param capture   to look at, opened for this alone.
     * @param positions that its recording starts with.
     * @param from      names where they are from.
     * @throws CaptureException if the capture begins before their day. A capture that cannot be read that far is not
     *                          refused here: its recording says so, with what it keeps.
     */
    static void require(final Capture capture, final OpeningPositions positions, final String from)
        throws CaptureException
    {
        final EventBatch batch = new EventBatch(Capture.MAX_EVENTS);
        while (next(capture, batch))
        {
            for (int i = 0; i < batch.count(); i++)
            {
                final OrderBookEvent event = batch.event(i);
                // The gate's clock does not go by a time that is known to be wrong.
                if (EventType.bringsTime(event.type(), event.flags()))
                {
                    require(capture, Math.floorDiv(event.receiveTimeNs(), DAY_NS),
                        positions.dayEndNs() / DAY_NS - 1, from);
                    return;
                }
            }
        }
    }

    private static boolean next(final Capture capture, final EventBatch batch)
    {
        try
        {
            return capture.next(batch);
        }
        catch (final CaptureException e)
        {
            return false;
        }
    }

    private static void require(
        final Capture capture, final long firstDay, final long positionsDay, final String from) throws CaptureException
    {
        if (firstDay < positionsDay)
        {
            throw CaptureException.unfit(capture.file(), "day must not be later than that of the first event: " + from +
                " day=" + LocalDate.ofEpochDay(positionsDay) + " capture=" + capture.file() + " begins=" +
                LocalDate.ofEpochDay(firstDay));
        }
    }
}
