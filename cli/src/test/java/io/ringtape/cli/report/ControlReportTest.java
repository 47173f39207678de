package io.ringtape.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.ControlFile.Reading;
import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.journal.KillScope;
import io.ringtape.journal.TapeOwner;
import io.ringtape.order.KillReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ControlReportTest
{
    private static final long TIME_NS = 1_700_000_000_000_000_000L;
    private static final String TIME = "2023-11-14T22:13:20.000000000Z";
    private static final TapeOwner OWNER = new TapeOwner(4711, Instant.EPOCH, new UUID(0, 0), "here");
    private static final List<Scope> SCOPES = List.of(
        new Scope(KillScope.account(7), false, KillReason.HAND, 1, TIME_NS),
        new Scope(KillScope.ALL, true, KillReason.STALE, 2, TIME_NS));

    @Test
    void shouldSayThatAGatewayLooksAndWhatItHasSeen()
    {
        final ControlReport report =
            report(new Reading(SCOPES, 2, TIME_NS, 2), TIME_NS + 1_500_000_000L, Optional.of(OWNER));

        assertEquals("{\"killed\":true,\"recording\":true,\"lastChange\":2,\"takenChange\":2,\"scopes\":[" +
            "{\"scope\":\"account=7\",\"killed\":false,\"reason\":\"by hand\",\"change\":1,\"time\":\"" + TIME +
            "\"}," +
            "{\"scope\":\"all\",\"killed\":true,\"reason\":\"stale\",\"change\":2,\"time\":\"" + TIME + "\"}]," +
            "\"unknown\":[],\"gateway\":{\"looks\":true,\"lastLook\":\"" + TIME + "\"," +
            "\"ageSeconds\":1.500000000,\"seenChange\":2}}\n",
            Reports.json(report));
        assertEquals("New orders are stopped: all\n" +
            "  scope       state   reason  change                            time\n" +
            "  account=7   armed  by hand       1  " + TIME + "\n" +
            "  all        killed    stale       2  " + TIME + "\n" +
            "  recording  runs, pid 4711\n" +
            "  taken      a writer has taken the last change\n" +
            "  gateway    looks, and has seen the last change\n", Reports.text(report));
    }

    @Test
    void shouldSayThatAGatewayDoesNotLookAnyMore()
    {
        final ControlReport report =
            report(new Reading(SCOPES, 1, TIME_NS, 1), TIME_NS + 2_000_000_001L, Optional.of(OWNER));

        assertEquals(
            """
              taken      no writer has taken change 2 yet; the recording will before its next venue event
              gateway    does not look: its last look was 2.0 s ago; it has not seen change 2 yet
            """, tail(Reports.text(report)));
        assertEquals("\"gateway\":{\"looks\":false,\"lastLook\":\"" + TIME + "\",\"ageSeconds\":2.000000001," +
            "\"seenChange\":1}}\n", Reports.json(report).substring(Reports.json(report).indexOf("\"gateway\"")));
    }

    @Test
    void shouldNotTakeAGatewayForLookingOnceItsRecordingHasEnded()
    {
        final ControlReport report =
            report(new Reading(SCOPES, 2, TIME_NS, 2), TIME_NS + 300_000_000L, Optional.empty());

        assertEquals(
            """
              taken      a writer has taken the last change
              gateway    does not look: its last look was 300.0 ms ago; it has seen the last change
            """, tail(Reports.text(report)));
        assertTrue(Reports.json(report).contains("\"recording\":false,"), Reports.json(report));
        assertTrue(Reports.json(report).contains("\"gateway\":{\"looks\":false,"), Reports.json(report));
    }

    @Test
    void shouldSayThatNoRecordingRunsAndNoGatewayHasLooked()
    {
        final ControlReport report = report(Reading.NOTHING, TIME_NS, Optional.empty());

        assertEquals("{\"killed\":false,\"recording\":false,\"lastChange\":0,\"takenChange\":0,\"scopes\":[]," +
            "\"unknown\":[],\"gateway\":{\"looks\":false,\"lastLook\":null,\"ageSeconds\":null,\"seenChange\":0}}\n",
            Reports.json(report));
        assertEquals(
            """
            Nobody is stopped
              recording  no recording runs
              taken      a writer has taken the last change
              gateway    none has looked
            """, Reports.text(report));
    }

    @Test
    void shouldSayThatTheNextRecordingTakesAChangeWhereNoneRuns()
    {
        final ControlReport report = report(new Reading(SCOPES, 1, 0, 0), TIME_NS, Optional.empty());

        assertEquals(
            """
              taken      no writer has taken change 2 yet; the next one will
              gateway    none has looked
            """, tail(Reports.text(report)));
    }

    @Test
    void shouldListWhatNoStrategyOfTheNewestRunIsOf()
    {
        final ControlReport some = new ControlReport(Reading.NOTHING, TIME_NS, Optional.empty(),
            Optional.of(List.of("strategy=exmaple", "account=7")), "");
        final ControlReport untold =
            new ControlReport(Reading.NOTHING, TIME_NS, Optional.empty(), Optional.empty(), "");

        assertTrue(Reports.json(some).contains(",\"unknown\":[\"strategy=exmaple\",\"account=7\"],\"gateway\""),
            Reports.json(some));
        assertTrue(Reports.json(untold).contains(",\"unknown\":null,\"gateway\""), Reports.json(untold));
    }

    @Test
    void shouldTakeForUnknownWhatIsStoppedAndNoStrategyIsOf()
    {
        final List<SourceDefinition> sources = List.of(
            new SourceDefinition(0, SourceDefinition.Kind.STRATEGY, "example", 1, 0, 0),
            new SourceDefinition(1, SourceDefinition.Kind.FEED, "feed", 7, 0, 0));
        final List<Scope> scopes = List.of(scope(KillScope.ALL, true), scope(KillScope.account(1), true),
            scope(KillScope.account(7), true), scope(KillScope.account(8), false),
            scope(KillScope.strategy("example"), true), scope(KillScope.strategy("feed"), true),
            scope(KillScope.strategy("other"), false));

        assertEquals(List.of("account=7", "strategy=feed"), ControlReport.unknown(scopes, sources));
        assertEquals(List.of("account=1", "account=7", "strategy=example", "strategy=feed"),
            ControlReport.unknown(scopes, List.of()));
    }

    private static Scope scope(final KillScope whom, final boolean isKilled)
    {
        return new Scope(whom, isKilled, KillReason.HAND, 1, TIME_NS);
    }

    private static ControlReport report(final Reading reading, final long nowNs, final Optional<TapeOwner> writer)
    {
        return new ControlReport(reading, nowNs, writer, Optional.of(List.of()), "");
    }

    private static String tail(final String text)
    {
        return text.substring(text.indexOf("  taken "));
    }
}
