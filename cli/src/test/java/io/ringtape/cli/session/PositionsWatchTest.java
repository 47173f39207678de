package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.risk.OpeningPosition;
import io.ringtape.risk.OpeningPositions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class PositionsWatchTest
{
    private final Definitions definitions = new Definitions();
    private final List<String> warnings = new ArrayList<>();

    @Test
    void shouldTellOfAnotherInstrumentOfASymbolWhenItIsDefined() throws CaptureException
    {
        define("A");
        define("B");
        define("B");
        final PositionsWatch watch = watch("1");
        watch.next(new EventBatch(2));
        assertEquals(List.of(), warnings);

        define("A");
        watch.next(new EventBatch(2));
        watch.next(new EventBatch(2));

        assertEquals(List.of("--positions is of the first instrument of a symbol, all orders of another one are " +
            "rejected: instrument=A instrumentId=3"), warnings);
    }

    @Test
    void shouldTellOfWhatAnInstrumentCannotCount() throws CaptureException
    {
        define("A");

        watch("1.5").next(new EventBatch(2));

        assertEquals(List.of("--positions has what its instrument cannot count, all orders of the instrument and of " +
            "its accounts are rejected: instrument=A accounts=1,2"), warnings);
    }

    private void define(final String symbol)
    {
        definitions.add(new InstrumentDefinition(
            definitions.instrumentCount(), symbol, 0, -2, 0, BookKind.MBP, 0, 0, 0, 1));
    }

    private PositionsWatch watch(final String quantity)
    {
        final OpeningPosition position = new OpeningPosition(new BigDecimal(quantity),
            Optional.of(BigDecimal.ONE), Optional.of(BigDecimal.ONE), 0);
        return new PositionsWatch(new GivenCapture().event(0, 1).event(0, 2).event(0, 3), definitions,
            OpeningPositions.ofDay(100).add(1, "A", position).add(2, "A", position).build(), warnings::add);
    }
}
