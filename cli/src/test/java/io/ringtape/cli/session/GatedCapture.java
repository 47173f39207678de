package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureBehind;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.event.EventBatch;
import java.util.function.BooleanSupplier;

/** A capture that asks ahead of each venue event whether it may go on, which may take a while; false ends it. */
final class GatedCapture extends CaptureBehind
{
    private final BooleanSupplier gate;

    GatedCapture(final Capture capture, final BooleanSupplier gate)
    {
        super(capture);
        this.gate = gate;
    }

    @Override
    public boolean next(final EventBatch batch) throws CaptureException
    {
        return gate.getAsBoolean() && super.next(batch);
    }
}
