package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.session.HeldRecording;
import io.ringtape.cli.session.PacedRecording;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition.Kind;
import io.ringtape.gateway.GatewayReason;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.risk.RiskCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A recording of another process whose writer waits for its gateway, and that for the tape: the status says that the
 * gateway looks, and a kill stops the orders that the risk gate has passed already.
 */
@Timeout(120)
final class GatewayKillIT
{
    private static final String GATEWAY_REJECT =
        "gateway detail " + RiskCheck.GATEWAY.code() + " " + GatewayReason.KILLED.code();
    private static final long LIMIT_NS = 60_000_000_000L;

    private final Path tape = new TestTapes(GatewayKillIT.class).directory();

    @Test
    void shouldStopAtTheGatewayWhatHasPassedTheRiskGate() throws IOException, InterruptedException
    {
        final Process child = PacedRecording.start(HeldRecording.class, tape);
        try
        {
            PacedRecording.record(child, 6_000);
            await(child, () -> Files.exists(HeldRecording.held(tape)));
            final CommandRun before = CommandRun.of("status", tape);
            assertTrue(before.out().startsWith("Nobody is stopped\n"), before.out() + before.err());
            assertTrue(before.out().contains("looks, and has seen the last change"), before.out());

            final CommandRun killed = CommandRun.of("kill", tape);

            assertEquals(0, killed.exitCode(), killed.err());
            await(child, () -> ControlFile.read(tape).seenNumber() == 1);
            final CommandRun status = CommandRun.of("status", tape);
            assertTrue(status.out().startsWith("New orders are stopped: all\n"), status.out());
            assertTrue(status.out().contains("no writer has taken change 1 yet"), status.out());
            assertTrue(status.out().contains("looks, and has seen the last change"), status.out());
            HeldRecording.release(tape);
            await(child, () -> ControlFile.read(tape).takenNumber() == 1);
            child.getOutputStream().close();
            assertEquals(0, child.waitFor());
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }

        requireNothingLeftBehindTheKill(ownEvents());
        final CommandRun replayed = CommandRun.of("replay", tape);
        assertEquals(0, replayed.exitCode(), replayed.out() + replayed.err());
        assertTrue(CommandRun.of("status", tape).out().contains("a writer has taken the last change"));
    }

    /** The first order that was held back is where the kill came; no other left from there on, and cancels did. */
    private static void requireNothingLeftBehindTheKill(final List<String> own)
    {
        final int first = own.indexOf(GATEWAY_REJECT);
        assertTrue(first > 0, own::toString);
        final List<String> before = own.subList(0, first);
        final List<String> after = own.subList(first, own.size());
        assertTrue(before.contains("gateway own-accepted"), own::toString);
        assertTrue(after.contains("gateway own-cancelled"), after::toString);
        assertEquals(-1, after.indexOf("gateway own-accepted"), after::toString);
        final List<String> behindControl = after.subList(after.indexOf("control"), after.size());
        assertEquals(-1, behindControl.indexOf("strategy own-new"), behindControl::toString);
    }

    private List<String> ownEvents()
    {
        final List<String> found = new ArrayList<>();
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    final Kind kind = reader.definitions().source(event.sourceId()).kind();
                    if (event.type() == EventType.CONTROL)
                    {
                        found.add("control");
                    }
                    else if (kind == Kind.STRATEGY || kind == Kind.GATEWAY)
                    {
                        found.add((kind == Kind.STRATEGY ? "strategy " : "gateway ") + EventType.name(event.type()) +
                            (event.type() == EventType.DETAIL ? " " + event.detail(0) + " " + event.detail(1) : ""));
                    }
                }
            }
        }
        return found;
    }

    /** A wait of a minute is a failure: a yielding thread hears no interrupt, so the limit of a test ends none. */
    private static void await(final Process child, final BooleanSupplier condition)
    {
        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean())
        {
            if (!child.isAlive() || System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("waited in vain: alive=" + child.isAlive());
            }
            idle.idle();
        }
    }
}
