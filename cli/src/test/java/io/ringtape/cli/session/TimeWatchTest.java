package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.event.EventBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class TimeWatchTest
{
    private final List<String> warnings = new ArrayList<>();
    private final GivenCapture given = new GivenCapture();

    @Test
    void shouldSayNothingOfFilesInTheOrderOfTime() throws CaptureException
    {
        given.event(0, 5).event(0, 7).event(1, 7).event(1, 9).event(2, 10);

        watch();

        assertEquals(List.of(), warnings);
    }

    @Test
    void shouldSayNothingOfWhatGoesBackWithinAFile() throws CaptureException
    {
        given.event(0, 5).event(0, 3).event(0, 8).event(0, 1);

        watch();

        assertEquals(List.of(), warnings);
    }

    @Test
    void shouldTellOnceOfEachFileThatBeginsBehindTheLatestEvent() throws CaptureException
    {
        given.event(0, 5).event(0, 9).event(0, 8).event(1, 6).event(1, 4).event(2, 8).event(2, 20).event(3, 20);

        watch();

        assertEquals(List.of(
            warning("1", "000000006", "3 ns"),
            warning("2", "000000008", "1 ns")), warnings);
    }

    @Test
    void shouldNotGoByATimeThatIsKnownToBeWrong() throws CaptureException
    {
        given.event(0, 5).bad(0, 90).bad(1, 1).event(1, 6).bad(2, 99).event(2, 5);

        watch();

        assertEquals(List.of("capture begins before the latest event of one ahead of it, and until it is past that no" +
            " rate refills and nothing grows old in the gate: file=2 begins=1970-01-01T00:00:00.000000005Z" +
            " ahead=1 latest=1970-01-01T00:00:00.000000006Z behind=1 ns"), warnings);
    }

    private void watch() throws CaptureException
    {
        final EventBatch batch = new EventBatch(1);
        final TimeWatch watch = new TimeWatch(given, warnings::add);
        for (int i = 0; i < given.count(); i++)
        {
            watch.next(batch);
        }
        assertFalse(watch.next(batch));
    }

    private static String warning(final String file, final String begins, final String behind)
    {
        return "capture begins before the latest event of one ahead of it, and until it is past that no rate refills" +
            " and nothing grows old in the gate: file=" + file + " begins=1970-01-01T00:00:00." + begins +
            "Z ahead=0 latest=1970-01-01T00:00:00.000000009Z behind=" + behind;
    }
}
