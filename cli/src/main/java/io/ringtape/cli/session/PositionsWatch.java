package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureBehind;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.risk.OpeningPositions;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A capture that says which instruments the positions that a recording starts with block, and that is refused where it
 * begins before their day: they are of another capture, or hold what it is about to do once more.
 * <p>
 * Thread safety: none; one thread owns a capture.
 * Allocation: when instruments are defined.
 */
final class PositionsWatch extends CaptureBehind
{
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private final Definitions definitions;
    private final OpeningPositions positions;
    private final String from;
    private final Consumer<String> warning;
    private int lookedAt;
    private boolean hasDay;

    PositionsWatch(
        final Capture capture, final Definitions definitions, final OpeningPositions positions, final String from,
        final Consumer<String> warning)
    {
        super(capture);
        this.definitions = definitions;
        this.positions = positions;
        this.from = from;
        this.warning = warning;
    }

    @Override
    public boolean next(final EventBatch batch) throws CaptureException
    {
        final boolean more = super.next(batch);
        for (int i = 0; i < batch.count() && !hasDay; i++)
        {
            final OrderBookEvent event = batch.event(i);
            // The gate's clock does not go by a time that is known to be wrong.
            if (!event.has(EventFlags.BAD_TIME))
            {
                hasDay = true;
                requireDay(Math.floorDiv(event.receiveTimeNs(), DAY_NS), positions.dayEndNs() / DAY_NS - 1);
            }
        }
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

    private void requireDay(final long firstDay, final long positionsDay) throws CaptureException
    {
        if (firstDay < positionsDay)
        {
            throw CaptureException.unfit(file(), "day must not be later than that of the first event: " + from +
                " day=" + LocalDate.ofEpochDay(positionsDay) + " capture=" + file() + " begins=" +
                LocalDate.ofEpochDay(firstDay));
        }
    }
}
