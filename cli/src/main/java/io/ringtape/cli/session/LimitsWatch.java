package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureBehind;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.settings.LimitsCheck;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.risk.LimitSet;
import java.util.function.Consumer;

/**
 * A capture that says, once, as soon as an instrument came that the limits leave out: a recording may run all day, and
 * what it says at its end is too late for who trades.
 * <p>
 * Thread safety: none; one thread owns a capture.
 * Allocation: when instruments are defined.
 */
final class LimitsWatch extends CaptureBehind
{
    private final Definitions definitions;
    private final LimitSet limits;
    private final Consumer<String> warning;
    private int lookedAt;
    private boolean hasTold;

    LimitsWatch(
        final Capture capture, final Definitions definitions, final LimitSet limits, final Consumer<String> warning)
    {
        super(capture);
        this.definitions = definitions;
        this.limits = limits;
        this.warning = warning;
    }

    @Override
    public boolean next(final EventBatch batch) throws CaptureException
    {
        final boolean more = super.next(batch);
        if (!hasTold && definitions.instrumentCount() != lookedAt)
        {
            look();
        }
        return more;
    }

    private void look()
    {
        lookedAt = definitions.instrumentCount();
        final String left = LimitsCheck.left(limits, LimitsCheck.symbols(definitions), TradingSetup.ACCOUNT);
        if (!left.isEmpty())
        {
            hasTold = true;
            warning.accept(left);
        }
    }
}
