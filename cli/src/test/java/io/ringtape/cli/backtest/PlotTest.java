package io.ringtape.cli.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.backtest.BacktestResult.RunSpan;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands at a line of a chart can be read: it is inside, and not on top of another. */
@Timeout(10)
final class PlotTest
{
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldNameAMomentBesideItsLine()
    {
        final String svg = plot(100 * SECOND_NS).moment("kill", 50 * SECOND_NS, "A & B", "all of it").svg();

        assertEquals(List.of("<path class=\"kill\" d=\"M514 12V250\"><title>all of it</title></path><text " +
            "class=\"kill-name\" text-anchor=\"start\" x=\"518\" y=\"36\">A &amp; B</text>"),
            all("<path class=\"kill\".*</text>", svg));
    }

    @Test
    void shouldNameAMomentAheadOfItsLineWhereThereIsNoRoomBehind()
    {
        final String svg = plot(100 * SECOND_NS).moment("kill", 100 * SECOND_NS, "stopped: gap", "").svg();

        assertEquals(List.of("text-anchor=\"end\" x=\"940\" y=\"36\">stopped: gap<"),
            all("text-anchor=\"end\" x=\"940\"[^<]*<", svg));
    }

    @Test
    void shouldNotWriteANameOverAnother()
    {
        final String svg = plot(100 * SECOND_NS).moment("kill", 50 * SECOND_NS, "first", "")
            .moment("kill", 51 * SECOND_NS, "second", "").moment("kill", 60 * SECOND_NS, "third", "").svg();

        assertEquals(List.of(">first<", ">third<"), all(">(?:first|second|third)<", svg));
        assertEquals(3, all("class=\"kill\"", svg).size());
    }

    @Test
    void shouldHaveTimesInsideASecond()
    {
        final String svg = plot(SECOND_NS).svg();

        assertEquals(List.of(">00:00:00.0<", ">00:00:00.1<", ">00:00:00.2<"),
            all(">00:00:00.\\d<", svg).subList(0, 3));
    }

    private static Plot plot(final long lengthNs)
    {
        return new Plot("test", List.of(new RunSpan(1, 0, lengthNs)), 0, 1);
    }

    private static List<String> all(final String pattern, final String text)
    {
        return Pattern.compile(pattern).matcher(text).results().map((found) -> found.group()).toList();
    }
}
