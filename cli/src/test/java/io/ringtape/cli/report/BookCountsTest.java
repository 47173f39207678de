package io.ringtape.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class BookCountsTest
{
    private static final Optional<String> FIRST = Optional.of("event has no price: sequence=7");
    private static final Optional<String> UNKNOWN = Optional.empty();

    private static BookCounts refusing(final long refusedEvents, final Optional<String> first)
    {
        return new BookCounts(1, 2, 3, refusedEvents, first, 4, 5);
    }

    @Test
    void shouldSubtractWhatWasCountedEarlier()
    {
        final BookCounts later = new BookCounts(11, 13, 17, 1, FIRST, 19, 23);

        assertEquals(new BookCounts(10, 11, 14, 1, FIRST, 15, 18), later.since(refusing(0, UNKNOWN)));
    }

    @Test
    void shouldNotCallARefusalFirstThatCameBefore()
    {
        final BookCounts since = refusing(3, FIRST).since(refusing(1, FIRST));

        assertEquals(new BookCounts(0, 0, 0, 2, UNKNOWN, 0, 0), since);
        assertEquals("books refused events and may be wrong: refusedEvents=2", since.warning());
    }

    @Test
    void shouldKeepTheFirstRefusalOfSeveralRuns()
    {
        final Optional<String> second = Optional.of("event has no side: sequence=70");

        assertEquals(new BookCounts(2, 4, 6, 2, FIRST, 8, 10), refusing(1, FIRST).plus(refusing(1, second)));
        assertEquals(new BookCounts(2, 4, 6, 1, second, 8, 10), refusing(0, UNKNOWN).plus(refusing(1, second)));
        assertEquals(new BookCounts(2, 4, 6, 2, UNKNOWN, 8, 10), refusing(1, UNKNOWN).plus(refusing(1, second)));
    }
}
