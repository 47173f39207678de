package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.PacedRecording;
import io.ringtape.cli.session.PolicyLanes;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.journal.CountersFile;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every overflow policy and every fault policy has its line: of a process that lives, and of one that was killed. */
@Timeout(120)
final class TopPoliciesIT
{
    private static final long AWAIT_LIMIT_NS = 60_000_000_000L;

    private final TestTapes tapes = new TestTapes(TopPoliciesIT.class);

    @Test
    void shouldShowEachPolicyByItsLineLiveAndStillWhenItWasKilled() throws IOException, InterruptedException
    {
        final Process child = PacedRecording.start(PolicyLanes.class, tapes.directory());
        try
        {
            awaitLanes();

            assertEquals("Bus alive: pid " + child.pid() + ", run 1, running,", firstWords(look()));
            assertJson("{\"status\":\"alive\",");
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }

        assertEquals("Bus dead: pid " + child.pid() + ", run 1, running,", firstWords(look()));
        assertEquals(PolicyLanes.TEXT, lanes(look()));
        assertJson("{\"status\":\"dead\",");
    }

    @Test
    void shouldShowTheLaneThatHaltedTheBus()
    {
        try (TapeWriter tape = TapeWriter.open(
                tapes.directory(), TapeConfig.defaults().withReserveBytes(0), new Definitions(), () -> 1L);
            CountersFile file = CountersFile.create(tapes.directory(), tape.runId(), () -> 1L))
        {
            final EventBus bus = EventBus.builder().capacity(8).counters(file.counters())
                .lane(Lane.named("failing").idle(new YieldingIdleStrategy()).handler("failing", (event) ->
                {
                    throw new IllegalStateException("fails");
                }).build())
                .build();
            bus.start();
            final EventBatch event = new EventBatch(1);
            event.append().type(EventType.HEARTBEAT);
            bus.writer().publish(event);
            bus.close(AWAIT_LIMIT_NS);
        }

        final List<String> lines = look();

        assertEquals("Bus halted: pid " + ProcessHandle.current().pid() + ", run 1, halted,", firstWords(lines));
        assertEquals(List.of(
            "  lane     policy  on fault    state  sequence  lag  shed  conflated  spills  evictions  skipped  faults" +
                "  stalls",
            "  failing    gate      halt  faulted        -1    1     0          0       0          0        0       1" +
                "       0"), lanes(lines));
    }

    private void awaitLanes()
    {
        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        final long deadlineNs = System.nanoTime() + AWAIT_LIMIT_NS;
        while (!lanes(look()).equals(PolicyLanes.TEXT))
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                assertEquals(PolicyLanes.TEXT, lanes(look()));
            }
            idle.idle();
        }
    }

    private void assertJson(final String start)
    {
        final String json = String.join("", run("--json"));
        assertTrue(json.startsWith(start), json);
        final int from = json.indexOf("\"lanes\":[") + "\"lanes\":[".length();
        assertEquals(PolicyLanes.JSON, json.substring(from, json.indexOf(']', from)));
    }

    /** One look; empty while the process has not come to make its counters. */
    private List<String> look()
    {
        return run("--once");
    }

    private List<String> run(final String how)
    {
        final TestConsole console = new TestConsole();
        final int code = new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions())
            .run("top", "--journal", tapes.directory().toString(), how);
        assertTrue(code == 0 || code == 66, console.err());
        return console.out().lines().toList();
    }

    private static String firstWords(final List<String> lines)
    {
        return lines.get(0).replaceFirst(" up .*", "");
    }

    private static List<String> lanes(final List<String> lines)
    {
        final List<String> behind = lines.subList(Math.max(0, lines.indexOf("Lanes") + 1), lines.size());
        return behind.stream().takeWhile((line) -> !line.isEmpty()).toList();
    }
}
