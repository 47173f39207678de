package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.risk.OpeningPosition;
import io.ringtape.risk.OpeningPositions;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class PositionsDayTest
{
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long DAY = 100;
    private static final long START_NS = DAY * DAY_NS;

    @Test
    void shouldRefuseAFirstEventBeforeTheDayAndNotGoByATimeThatIsWrong()
    {
        final GivenCapture capture =
            new GivenCapture().bad(0, START_NS).bad(0, START_NS).event(0, START_NS - 1).event(0, START_NS);

        final CaptureException refused = assertThrows(CaptureException.class, () -> require(capture));

        assertEquals("day must not be later than that of the first event: file=next.json day=1970-04-11 capture=0 " +
            "begins=1970-04-10", refused.getMessage());
        assertEquals(CaptureException.Kind.BAD_INPUT, refused.kind());
        assertEquals("0", refused.file());
    }

    @Test
    void shouldTakeEachDayFromThatOfThePositionsOnAndLookAtTheFirstEventAlone()
    {
        assertDoesNotThrow(() -> require(new GivenCapture().bad(0, 1).event(0, START_NS).event(1, START_NS - 1)));
        assertDoesNotThrow(() -> require(new GivenCapture().event(0, START_NS + DAY_NS)));
        assertDoesNotThrow(() -> require(new GivenCapture().bad(0, 1)));
    }

    private static void require(final GivenCapture capture) throws CaptureException
    {
        final OpeningPosition position =
            new OpeningPosition(BigDecimal.ONE, Optional.of(BigDecimal.ONE), Optional.of(BigDecimal.ONE), 0);
        PositionsDay.require(capture, OpeningPositions.ofDay(DAY).add(1, "A", position).build(), "file=next.json");
    }
}
