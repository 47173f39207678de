package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureBehind;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.risk.OpeningPositions;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A capture that says which instruments the positions that a recording starts with block.
 * <p>
 * Thread safety: none; one thread owns a capture.
 * Allocation: when instruments are defined.
 */
final class PositionsWatch extends CaptureBehind
{
    private final Definitions definitions;
    private final OpeningPositions positions;
    private final Consumer<String> warning;
    private int lookedAt;

    PositionsWatch(
        final Capture capture, final Definitions definitions, final OpeningPositions positions,
        final Consumer<String> warning)
    {
        super(capture);
        this.definitions = definitions;
        this.positions = positions;
        this.warning = warning;
    }

    @Override
    public boolean next(final EventBatch batch) throws CaptureException
    {
        final boolean more = super.next(batch);
        while (lookedAt != definitions.instrumentCount())
        {
            look(definitions.instrument(lookedAt++));
        }
        return more;
    }

    private void look(final InstrumentDefinition instrument)
    {
        if (positions.isNamesake(instrument, definitions))
        {
            warning.accept("--positions is of the first instrument of a symbol, all orders of another one are " +
                "rejected: instrument=" + instrument.symbol() + " instrumentId=" + instrument.instrumentId());
            return;
        }
        final List<Integer> accounts = positions.uncounted(instrument);
        if (!accounts.isEmpty())
        {
            warning.accept("--positions has what its instrument cannot count, all orders of the instrument and of " +
                "its accounts are rejected: instrument=" + instrument.symbol() + " accounts=" +
                accounts.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
    }
}
