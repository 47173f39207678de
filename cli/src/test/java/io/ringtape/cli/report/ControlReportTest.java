package io.ringtape.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.journal.ControlFile.Reading;
import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.journal.KillScope;
import io.ringtape.order.KillReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ControlReportTest
{
    private static final long TIME_NS = 1_700_000_000_000_000_000L;
    private static final String TIME = "2023-11-14T22:13:20.000000000Z";
    private static final List<Scope> SCOPES = List.of(
        new Scope(KillScope.account(7), false, KillReason.HAND, 1, TIME_NS),
        new Scope(KillScope.ALL, true, KillReason.STALE, 2, TIME_NS));

    @Test
    void shouldSayThatAGatewayLooksAndWhatItHasSeen()
    {
        final ControlReport report =
            new ControlReport(new Reading(SCOPES, 2, TIME_NS, 2), TIME_NS + 1_500_000_000L, "");

        assertEquals("{\"killed\":true,\"lastChange\":2,\"takenChange\":2,\"scopes\":[" +
            "{\"scope\":\"account=7\",\"killed\":false,\"reason\":\"by hand\",\"change\":1,\"time\":\"" + TIME +
            "\"}," +
            "{\"scope\":\"all\",\"killed\":true,\"reason\":\"stale\",\"change\":2,\"time\":\"" + TIME + "\"}]," +
            "\"gateway\":{\"looks\":true,\"lastLook\":\"" + TIME + "\",\"ageSeconds\":1.500000000,\"seenChange\":2}}\n",
            Reports.json(report));
        assertEquals("New orders are stopped: all\n" +
            "  scope       state   reason  change                            time\n" +
            "  account=7   armed  by hand       1  " + TIME + "\n" +
            "  all        killed    stale       2  " + TIME + "\n" +
            "  taken    a writer has taken the last change\n" +
            "  gateway  looks, and has seen the last change\n", Reports.text(report));
    }

    @Test
    void shouldSayThatAGatewayDoesNotLookAnyMore()
    {
        final ControlReport report =
            new ControlReport(new Reading(SCOPES, 1, TIME_NS, 1), TIME_NS + 2_000_000_001L, "");

        assertEquals(
            """
              taken    no writer has taken change 2 yet; the next one will
              gateway  does not look: its last look was 2.0 s ago; it has not seen change 2 yet
            """, tail(Reports.text(report)));
        assertEquals("\"gateway\":{\"looks\":false,\"lastLook\":\"" + TIME + "\",\"ageSeconds\":2.000000001," +
            "\"seenChange\":1}}\n", Reports.json(report).substring(Reports.json(report).indexOf("\"gateway\"")));
    }

    @Test
    void shouldSayThatNoGatewayHasLooked()
    {
        final ControlReport report = new ControlReport(Reading.NOTHING, TIME_NS, "");

        assertEquals("{\"killed\":false,\"lastChange\":0,\"takenChange\":0,\"scopes\":[]," +
            "\"gateway\":{\"looks\":false,\"lastLook\":null,\"ageSeconds\":null,\"seenChange\":0}}\n",
            Reports.json(report));
        assertEquals("Nobody is stopped\n  taken    a writer has taken the last change\n  gateway  none has looked\n",
            Reports.text(report));
    }

    private static String tail(final String text)
    {
        return text.substring(text.indexOf("  taken"));
    }
}
