package io.ringtape.cli.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.TestConsole;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short soak with a seed of its own each time, and what its report says. */
@Timeout(120)
final class SoakRunnerTest
{
    private static final long EVENTS = 1_000_000;
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    private final StopSignal stop = new StopSignal();
    private final TestConsole console = new TestConsole();

    @TempDir
    private Path directory;

    @Test
    void shouldKeepEveryPromise()
    {
        final long seed = ThreadLocalRandom.current().nextLong(1L << 40);

        final SoakReport report = run(EVENTS, seed, Optional.empty());

        final String all = report.toString();
        assertEquals(List.of(), report.broken(), all);
        assertEquals(ExitCode.FINE, report.exitCode());
        assertEquals(EVENTS, report.totals().published(), all);
        assertEquals(9, report.totals().joined(), all);
        assertEquals(6, Stream.of("guest/start", "guest/sequence", "guest/live")
            .mapToInt((guests) -> row(report, guests).lanes()).sum(), all);
        assertEquals(EVENTS, row(report, "order/every").counts().delivered(), all);
        assertEquals(EVENTS, row(report, "host/every").counts().delivered(), all);
        assertEquals(EVENTS, row(report, "spill/every").counts().delivered(), all);
        assertEquals(EVENTS, row(report, "tape/read back").counts().delivered(), all);
        final SoakCounts shed = row(report, "shed/every").counts();
        assertEquals(EVENTS, shed.delivered() + shed.shed(), all);
        // Else nothing was put to the test.
        assertTrue(report.totals().faults() > 1, all);
        assertTrue(report.totals().handlers() > 0, all);
        assertTrue(row(report, "spill/every").spills() > 0, all);
        assertTrue(row(report, "spill/every").evictions() >= row(report, "spill/every").spills(), all);
        assertTrue(row(report, "conflate/merged").counts().conflated() > 0, all);
        assertTrue(row(report, "detach/failing").counts().delivered() < EVENTS, all);
    }

    @Test
    void shouldKeepTheTapeThatWasNamed()
    {
        final Path tape = directory.resolve("tape");

        final SoakReport report = run(1_000, 1, Optional.of(tape));
        final CommandException again =
            assertThrows(CommandException.class, () -> run(1_000, 1, Optional.of(tape)));

        assertEquals(List.of(), report.broken());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
        assertEquals(1_000, TapeVerifier.verify(tape).events());
        assertEquals(ExitCode.CANNOT_CREATE, again.exitCode());
        assertEquals("a soak needs a new directory: directory=" + tape, again.getMessage());
    }

    @Test
    void shouldJudgeWhatThereWasWhenItIsStopped()
    {
        stop.request();

        final SoakReport report = run(EVENTS, 1, Optional.empty());

        assertTrue(report.stopped());
        assertEquals(List.of(), report.broken());
        assertEquals(ExitCode.FINE, report.exitCode());
        assertTrue(report.totals().published() < EVENTS, report.toString());
    }

    @Test
    void shouldRefuseATapeThatDoesNotFit() throws IOException
    {
        final Path tape = directory.resolve("tape");
        final long events = Long.MAX_VALUE;

        final CommandException temporary =
            assertThrows(CommandException.class, () -> run(events, 1, Optional.empty()));
        final CommandException named =
            assertThrows(CommandException.class, () -> run(events, 1, Optional.of(tape)));

        assertEquals(ExitCode.IO_ERROR, temporary.exitCode());
        assertTrue(String.valueOf(temporary.getMessage()).startsWith(
            "not enough space for the tape, a tenth of what is free must do, or name --journal: directory="),
            temporary.getMessage());
        assertEquals(ExitCode.IO_ERROR, named.exitCode());
        assertTrue(String.valueOf(named.getMessage()).startsWith("not enough space for the tape: directory=" +
            tape.toAbsolutePath() + " freeBytes="), named.getMessage());
        assertFalse(Files.exists(tape));
    }

    @Test
    void shouldRefuseAnEmptySoak()
    {
        assertEquals("events must be 1 or more: events=0", assertThrows(
            IllegalArgumentException.class, () -> new SoakRequest(0, 1, Optional.empty())).getMessage());
    }

    @Test
    void shouldSayWhatIsBroken()
    {
        final SoakReport report = report(List.of("handler=a/b missing=1 repeated=0 outOfOrder=0 torn=0"));

        report.writeText(new TextOutput(console.console().out()));

        assertEquals(ExitCode.OUTPUTS_DIFFER, report.exitCode());
        assertEquals("  handler      policy  lanes  delivered  missing  repeated  out of order  torn  shed  " +
            "conflated  evictions  spills  writer wait\n" +
            "  a/b      shed, halt      1     12,345        1         0             0     0     7          0" +
            "          3       2        2.0 s\n" +
            "12,353 events in 2.0 s, 6177/s, 4,000 of them through inboxes; tape 1.0 KB; 9 lanes joined, " +
            "5 handlers a running one, 4 left, 2 faults of handlers.\n" +
            "broken: handler=a/b missing=1 repeated=0 outOfOrder=0 torn=0\n" +
            "Promises were broken, seed 5, JDK 17, 2026-01-02.\n", console.out());
    }

    @Test
    void shouldSayTheSameInOneObject()
    {
        try (JsonOutput json = new JsonOutput(console.console().out()))
        {
            report(List.of()).writeJson(json);
            json.end();
        }

        assertEquals("{\"seed\":5,\"events\":12353,\"fromInboxes\":4000,\"seconds\":2.000000000," +
            "\"eventsPerSecond\":6177,\"tapeBytes\":1024,\"joined\":9,\"handlersJoined\":5,\"left\":4," +
            "\"faults\":2,\"jdk\":\"17\",\"date\":\"2026-01-02\",\"stopped\":false,\"handlers\":[" +
            "{\"handler\":\"a/b\",\"policy\":\"shed, halt\",\"lanes\":1," +
            "\"delivered\":12345,\"missing\":1,\"repeated\":0,\"outOfOrder\":0,\"torn\":0,\"shed\":7," +
            "\"conflated\":0,\"evictions\":3,\"spills\":2,\"longestWriterWaitNs\":2000000000}]," +
            "\"broken\":[]}\n", console.out());
    }

    private static SoakReport report(final List<String> broken)
    {
        return new SoakReport(5, new SoakReport.Totals(12_353, 4_000, 1_024, 9, 5, 4, 2),
            List.of(new SoakReport.Row(
                "a/b", "shed, halt", 1, new SoakCounts(12_345, 1, 0, 0, 0, 7, 0), 3, 2, 2_000_000_000L)),
            broken, 2_000_000_000L, new SoakReport.Setting("17", DATE), false);
    }

    private static SoakReport.Row row(final SoakReport report, final String handler)
    {
        return report.rows().stream().filter((row) -> row.handler().equals(handler)).findFirst().orElseThrow();
    }

    private SoakReport run(final long events, final long seed, final Optional<Path> journal)
    {
        final SessionContext context = new SessionContext(stop, console.console().progress(false), (line) ->
        {
        }, SystemNanoClock.INSTANCE);
        return new SoakRunner(context, DATE).run(new SoakRequest(events, seed, journal));
    }
}
