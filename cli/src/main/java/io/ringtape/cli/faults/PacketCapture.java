package io.ringtape.cli.faults;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureBehind;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.faults.GatewayPlan.Fault;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.event.EventBatch;
import java.util.SplittableRandom;

/**
 * Another capture's events in packets of random length, with a pause ahead of each; it ends, or throws what no capture
 * should, where a plan says so.
 */
final class PacketCapture extends CaptureBehind
{
    private static final int MAX_PACKET = 16;
    private static final long PAUSE_NS = 20_000;

    private final EventBatch one = new EventBatch(MAX_EVENTS);
    private final Fault fault;
    private final SplittableRandom random;
    private long left;
    private boolean hasBegun;

    PacketCapture(final Capture capture, final GatewayPlan plan, final SplittableRandom random)
    {
        super(capture);
        this.random = random;
        fault = plan.fault();
        left = plan.at();
    }

    @Override
    public boolean next(final EventBatch batch) throws CaptureException
    {
        batch.clear();
        if (hasBegun && left <= 0 && fault == Fault.CAPTURE)
        {
            throw new IllegalStateException("made by a fault row");
        }
        if (hasBegun && left <= 0 && fault == Fault.END)
        {
            return false;
        }
        // The first is asked for before there is a tape.
        hasBegun = true;
        InjectedPause.ofNs(PAUSE_NS);
        final int count = 1 + random.nextInt(MAX_PACKET);
        while (batch.count() < count && super.next(one))
        {
            for (int i = 0; i < one.count(); i++)
            {
                batch.append().copyFrom(one.event(i));
            }
        }
        left -= batch.count();
        return batch.count() > 0;
    }
}
