package io.ringtape.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.TestConsole;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.request.SessionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class FaultRunnerTest
{
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    private final TestConsole console = new TestConsole();
    private final StopSignal stop = new StopSignal();
    private final List<String> ran = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long nowNs;

    @TempDir
    private Path directory;

    @Test
    void shouldRunEachRoundWithASeedOfItsOwnAndRemoveTheScratch() throws IOException
    {
        final FaultReport report = run(request(List.of(), OptionalLong.of(2), 100, 7), row("F1", 50), row("F2", 50));

        assertEquals(List.of("F1 7", "F1 8", "F2 7", "F2 8"), ran);
        assertEquals(List.of(
            new FaultReport.Result("F1", "what F1 is", 2, 0, 7, 2_000_000_000L, ""),
            new FaultReport.Result("F2", "what F2 is", 2, 0, 7, 2_000_000_000L, "")), report.rows());
        assertEquals(ExitCode.FINE, report.exitCode());
        try (Stream<Path> left = Files.list(directory))
        {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void shouldRunAShareOfTheFullNumber()
    {
        final FaultReport report =
            run(request(List.of("F2", "F1"), OptionalLong.empty(), 10, 1), row("F1", 50), row("F2", 3), row("F3", 9));

        assertEquals(List.of(5L, 1L), report.rows().stream().map(FaultReport.Result::rounds).toList());
    }

    @Test
    void shouldNameRowRoundAndSeedOfAFailureAndGoOn()
    {
        final FaultReport report = run(request(List.of(), OptionalLong.of(3), 100, 7), failing(8), row("F2", 1));
        report.writeText(new TextOutput(console.console().out()));

        assertEquals(ExitCode.OUTPUTS_DIFFER, report.exitCode());
        assertEquals(List.of(
            "  row  what        rounds  failures  seed  seconds",
            "  F1   what F1 is       3         1     7      3.0",
            "failed: row=F1 round=1 seed=8: it is not so; repeat with --rows F1 --seed 8 --rounds 1",
            "  F2   what F2 is       3         0     7      3.0"), notes);
        assertEquals("JDK " + Runtime.version() + ", 2026-01-02\n", console.out());
    }

    @Test
    void shouldNoteEachRowBeforeTheNextOneStarts()
    {
        final List<Integer> notedBefore = new ArrayList<>();

        run(request(List.of(), OptionalLong.of(1), 100, 7), row("F1", 1),
            new Row("F2", "what F2 is", 1, "not all of it", (seed, scratch) -> notedBefore.add(notes.size())),
            new Row("F3", "F3", 1, (seed, scratch) -> notedBefore.add(notes.size())));

        assertEquals(List.of(2, 4), notedBefore);
        assertEquals(List.of(
            "  row  what        rounds  failures  seed  seconds",
            "  F1   what F1 is       1         0     7      1.0",
            "  F2   what F2 is       1         0     7      0.0",
            "F2: not all of it",
            "  F3   F3               1         0     7      0.0"), notes);
    }

    @Test
    void shouldHaveNotedWhatItDidAndRemoveTheScratchWhenItIsStopped() throws IOException
    {
        final FaultReport report = run(request(List.of(), OptionalLong.of(5), 100, 0), row("F1", 1),
            new Row("F2", "what F2 is", 1, (seed, scratch) ->
            {
                Files.createFile(scratch.resolve("file"));
                stop.request();
            }), row("F3", 1));
        report.writeText(new TextOutput(console.console().out()));

        assertEquals(List.of(
            "  row  what        rounds  failures  seed  seconds",
            "  F1   what F1 is       5         0     0      5.0",
            "  F2   what F2 is       1         0     0      0.0"), notes);
        assertEquals("JDK " + Runtime.version() + ", 2026-01-02, stopped before its end\n", console.out());
        try (Stream<Path> left = Files.list(directory))
        {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void shouldTakeAnyOtherExceptionForAFailure()
    {
        final FaultReport report = run(request(List.of(), OptionalLong.of(12), 100, 0),
            new Row("F1", "", 1, (seed, scratch) ->
            {
                throw new InternalError("a fault\n in memory");
            }));

        assertEquals(12, report.rows().get(0).failures());
        assertEquals(10, report.failures().size());
        assertEquals("unexpected java.lang.InternalError: a fault in memory", report.failures().get(0).what());
    }

    @Test
    void shouldStopBehindTheRoundAtHand()
    {
        final FaultReport report = run(request(List.of(), OptionalLong.of(5), 100, 0),
            new Row("F1", "", 1, (seed, scratch) ->
            {
                stop.request();
                throw new FaultFailure("the signal went to the children too");
            }), row("F2", 1));

        assertTrue(report.stopped());
        assertEquals(1, report.rows().size());
        assertEquals(new FaultReport.Result("F1", "", 1, 0, 0, 0, ""), report.rows().get(0));
    }

    @Test
    void shouldRefuseRowsAndValuesThatAreNot()
    {
        final CommandException e = assertThrows(CommandException.class,
            () -> run(request(List.of("F9"), OptionalLong.empty(), 100, 1), row("F1", 1), row("F2", 1)));

        assertEquals("--rows knows no such row: row=F9 rows=F1,F2", e.getMessage());
        assertEquals(ExitCode.USAGE, e.exitCode());
        assertEquals("sharePercent must be above 0 to 100: sharePercent=0.0", assertThrows(
            IllegalArgumentException.class, () -> request(List.of(), OptionalLong.empty(), 0, 1)).getMessage());
        assertEquals("rounds must be 1 or more: rounds=0", assertThrows(
            IllegalArgumentException.class, () -> request(List.of(), OptionalLong.of(0), 100, 1)).getMessage());
    }

    @Test
    void shouldHoldTimesAgainstTheMatrixOnlyWhenAsked()
    {
        final long startNs = nowNs;
        final Limits strict = new Limits(() -> nowNs, true);
        final Limits lenient = new Limits(() -> nowNs, false);
        nowNs += 3_000_000_000L;

        lenient.require("opening", startNs, 2_000);

        assertEquals("opening took too long: tookMs=3000 limitMs=2000", assertThrows(
            FaultFailure.class, () -> strict.require("opening", startNs, 2_000)).getMessage());
        nowNs += 7_000_000_000L;
        assertEquals("opening took too long: tookMs=10000 limitMs=10000", assertThrows(
            FaultFailure.class, () -> lenient.require("opening", startNs, 2_000)).getMessage());
    }

    @Test
    void shouldHaveEachRowOnceInOrder()
    {
        final List<Integer> numbers = FaultRows.all(new Limits(() -> nowNs, true)).stream()
            .map((row) -> Integer.parseInt(row.id().substring(1))).toList();

        assertEquals(numbers.stream().sorted().distinct().toList(), numbers);
        assertFalse(numbers.isEmpty());
    }

    private FaultReport run(final FaultRequest request, final FaultRow... rows)
    {
        final SessionContext context = new SessionContext(
            stop, console.console().progress(false), notes::add, () -> nowNs);
        return new FaultRunner(context, DATE, (limits) -> List.of(rows)).run(request);
    }

    private FaultRequest request(
        final List<String> rows, final OptionalLong rounds, final double share, final long seed)
    {
        return new FaultRequest(rows, rounds, share, seed, Optional.of(directory), true);
    }

    private FaultRow row(final String id, final long fullRounds)
    {
        return new Row(id, "what " + id + " is", fullRounds, (seed, scratch) ->
        {
            assertTrue(Files.isDirectory(scratch));
            ran.add(id + " " + seed);
            nowNs += 1_000_000_000L;
        });
    }

    private FaultRow failing(final long bad)
    {
        return new Row("F1", "what F1 is", 1, (seed, scratch) ->
        {
            nowNs += 1_000_000_000L;
            FaultFailure.require(seed != bad, "it is not so");
        });
    }
}
