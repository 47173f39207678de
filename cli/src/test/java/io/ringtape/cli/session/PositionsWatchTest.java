package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long DAY = 100;

    private final Definitions definitions = new Definitions();
    private final List<String> warnings = new ArrayList<>();

    @Test
    void shouldTellOfAnotherInstrumentOfASymbolWhenItIsDefined() throws CaptureException
    {
        define("A");
        define("B");
        define("B");
        final PositionsWatch watch = watch("1", DAY * DAY_NS);
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

        watch("1.5", DAY * DAY_NS).next(new EventBatch(2));

        assertEquals(List.of("--positions has what its instrument cannot count, all orders of the instrument and of " +
            "its accounts are rejected: instrument=A accounts=1,2"), warnings);
    }

    @Test
    void shouldRefuseAFirstEventBeforeTheDayAndNotGoByATimeThatIsWrong() throws CaptureException
    {
        final PositionsWatch watch = watch("1", DAY * DAY_NS - 1);
        watch.next(new EventBatch(2));

        final CaptureException refused =
            assertThrows(CaptureException.class, () -> watch.next(new EventBatch(2)));

        assertEquals("day must not be later than that of the first event: file=next.json day=1970-04-11 capture=0 " +
            "begins=1970-04-10", refused.getMessage());
        assertEquals(CaptureException.Kind.BAD_INPUT, refused.kind());
        assertEquals("0", refused.file());
    }

    @Test
    void shouldTakeEachDayFromThatOfThePositionsOnAndLookAtTheFirstEventAlone() throws CaptureException
    {
        final long start = DAY * DAY_NS;
        final PositionsWatch same = watch(new GivenCapture().event(0, start).event(1, start - 1), "1");
        final PositionsWatch later = watch(new GivenCapture().event(0, start + DAY_NS), "1");

        assertTrue(same.next(new EventBatch(2)));
        assertTrue(same.next(new EventBatch(2)));
        assertTrue(later.next(new EventBatch(2)));

        assertEquals(List.of(), warnings);
    }

    private void define(final String symbol)
    {
        definitions.add(new InstrumentDefinition(
            definitions.instrumentCount(), symbol, 0, -2, 0, BookKind.MBP, 0, 0, 0, 1));
    }

    private PositionsWatch watch(final String quantity, final long timeNs)
    {
        return watch(new GivenCapture().bad(0, 1).event(0, timeNs).event(0, timeNs), quantity);
    }

    private PositionsWatch watch(final GivenCapture given, final String quantity)
    {
        final OpeningPosition position = new OpeningPosition(new BigDecimal(quantity),
            Optional.of(BigDecimal.ONE), Optional.of(BigDecimal.ONE), 0);
        return new PositionsWatch(given, definitions, OpeningPositions.ofDay(DAY).add(1, "A", position)
            .add(2, "A", position).build(), "file=next.json", warnings::add);
    }
}
