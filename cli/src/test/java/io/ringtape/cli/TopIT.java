package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.PacedRecording;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeStatus;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks at a process that records, and at what is left of it when it was killed. */
@Timeout(120)
final class TopIT
{
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":(-?\\d+)");

    private static final Pattern JOURNALED = Pattern.compile("\\{\"name\":\"journaled\",\"sequence\":(-?\\d+)");

    private final TestTapes tapes = new TestTapes(TopIT.class);
    private final YieldingIdleStrategy idle = new YieldingIdleStrategy();

    @Test
    void shouldShowAProcessLiveAndStillWhenItWasKilled() throws IOException, InterruptedException
    {
        final Process child = PacedRecording.start(tapes.directory());
        try
        {
            PacedRecording.record(child, 10);
            final String early = await((text) -> cursor(text) >= 9);
            PacedRecording.record(child, 2_000);
            final String late = await((text) -> cursor(text) >= 2_009);

            assertTrue(early.startsWith("{\"status\":\"alive\",\"pid\":" + child.pid() + ","), early);
            assertTrue(late.contains("\"bus\":{\"state\":\"running\",\"firstSequence\":0,"), late);
            assertTrue(late.contains(
                "{\"name\":\"order\",\"policy\":\"gate\",\"faultPolicy\":\"halt\",\"state\":\"running\","), late);
            assertTrue(late.contains("\"inboxes\":[{\"name\":\"outbox\",\"depth\":"), late);
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }

        final String dead = look();
        assertTrue(dead.startsWith("{\"status\":\"dead\",\"pid\":" + child.pid() + ","), dead);
        assertTrue(dead.contains("\"bus\":{\"state\":\"running\",\"firstSequence\":0,"), dead);
        assertTrue(cursor(dead) >= 2_009, dead);
        final long journaled = number(JOURNALED, dead);
        assertTrue(journaled <= cursor(dead), dead);
        assertTrue(Tape.open(tapes.directory()).verify().lastSequence() >= journaled, dead);
    }

    @Test
    void shouldShowThatAProcessEndedInOrder() throws IOException, InterruptedException
    {
        final Process child = PacedRecording.start(tapes.directory());
        PacedRecording.record(child, 500);
        child.getOutputStream().close();
        assertEquals(0, child.waitFor());

        final String closed = look();

        final Tape tape = Tape.open(tapes.directory());
        assertEquals(TapeStatus.OK, tape.verify().status());
        assertTrue(closed.startsWith("{\"status\":\"closed\",\"pid\":" + child.pid() + ","), closed);
        final long last = tape.verify().lastSequence();
        assertEquals(last, cursor(closed));
        assertTrue(closed.contains("{\"name\":\"journaled\",\"sequence\":" + last + ",\"lag\":0}"), closed);
    }

    private String await(final Predicate<String> wanted)
    {
        String text = look();
        while (!wanted.test(text))
        {
            idle.idle();
            text = look();
        }
        return text;
    }

    /** One look; empty while the process has not come to make its tape. */
    private String look()
    {
        final TestConsole console = new TestConsole();
        final int code = new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions())
            .run("top", "--journal", tapes.directory().toString(), "--once", "--json");
        assertTrue(code == 0 || code == 66, console.err());
        return console.out();
    }

    private static long cursor(final String text)
    {
        return number(CURSOR, text);
    }

    private static long number(final Pattern pattern, final String text)
    {
        final Matcher found = pattern.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : Long.MIN_VALUE;
    }
}
