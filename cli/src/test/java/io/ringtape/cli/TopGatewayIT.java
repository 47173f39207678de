package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.session.HeldRecording;
import io.ringtape.cli.session.PacedRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The line of a gateway that waits for its tape: of a process that lives, and of the same one when it was killed. */
@Timeout(120)
final class TopGatewayIT
{
    private static final long AWAIT_LIMIT_NS = 60_000_000_000L;
    private static final Pattern GATEWAY = Pattern.compile("\"gateways\":\\[(\\{\"name\":\"loopback\"," +
        "\"safeMode\":false,\"sent\":[1-9]\\d*,\"waiting\":1,\"heldBack\":0,\"cancels\":[1-9]\\d*," +
        "\"cancelRetries\":0,\"accepts\":[1-9]\\d*,\"rejects\":0,\"fills\":0,\"cancelled\":[1-9]\\d*," +
        "\"open\":\\d+,\"unjournaled\":\\d+})],");

    private final Path tape = new TestTapes(TopGatewayIT.class).directory();

    @Test
    void shouldShowTheOrderThatWaitsLiveAndStillWhenTheProcessWasKilled() throws IOException, InterruptedException
    {
        final Process child = PacedRecording.start(HeldRecording.class, tape);
        final String live;
        try
        {
            PacedRecording.record(child, 6_000);
            live = awaitWaiting(child);
            assertTrue(look("--json").startsWith("{\"status\":\"alive\","), "alive");
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }

        final String dead = look("--json");
        assertTrue(dead.startsWith("{\"status\":\"dead\","), dead);
        assertEquals(live, gateway(dead));
        final List<String> lines = look("--once").lines().toList();
        final int at = lines.indexOf("Gateways");
        assertTrue(lines.get(at + 2).startsWith("  loopback        off        1"), lines::toString);
    }

    /** The gateway's object, once the copy is of the process that stands still. */
    private String awaitWaiting(final Process child)
    {
        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        final long deadlineNs = System.nanoTime() + AWAIT_LIMIT_NS;
        String before = "";
        String seen = gateway(look("--json"));
        while (seen.isEmpty() || !seen.equals(before) || !Files.exists(HeldRecording.held(tape)))
        {
            assertTrue(child.isAlive() && System.nanoTime() - deadlineNs < 0, look("--json"));
            idle.idle();
            before = seen;
            seen = gateway(look("--json"));
        }
        return seen;
    }

    private static String gateway(final String json)
    {
        final Matcher found = GATEWAY.matcher(json);
        return found.find() ? found.group(1) : "";
    }

    /** One look; empty while the process has not come to make its counters. */
    private String look(final String how)
    {
        final CommandRun run = CommandRun.of("top", tape, how);
        assertTrue(run.exitCode() == 0 || run.exitCode() == 66, run.err());
        return run.out();
    }
}
