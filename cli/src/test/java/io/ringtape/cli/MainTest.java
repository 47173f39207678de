package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.ClosedOutputException;
import io.ringtape.cli.output.Console;
import io.ringtape.cli.platform.PlatformProperties;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.tape.TestMarket;
import io.ringtape.journal.TapeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(20)
final class MainTest
{
    private final TestConsole console = new TestConsole();
    private final FakeSessions sessions = new FakeSessions();
    private int trapped;

    @Test
    void shouldPrintHelpWithEveryCommandAndTheTableOfExitCodes()
    {
        final int exitCode = run("--help");

        assertEquals(0, exitCode);
        final List<String> commands = List.of(
            "demo", "record", "replay", "verify", "info", "top", "repair", "retain", "snapshot", "dump", "export",
            "book", "kill", "arm", "status", "limits", "positions", "backtest", "latencies", "faults", "soak", "bench");
        for (final String command : commands)
        {
            assertTrue(console.out().contains("\n  " + command), command);
        }
        for (final ExitCode code : ExitCode.values())
        {
            assertTrue(console.out().contains("\n  " + code.code() + " "), code.toString());
            assertTrue(console.out().contains(code.meaning()), code.toString());
        }
        assertEquals("", console.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "demo", "record", "replay", "verify", "info", "top", "repair", "retain", "snapshot", "dump", "export", "book",
        "kill", "arm", "status", "limits", "positions", "backtest", "latencies", "faults", "soak", "bench"})
    void shouldPrintHelpWithAnExampleForEachCommand(final String command)
    {
        final int exitCode = run(command, "--help");

        assertEquals(0, exitCode);
        assertTrue(console.out().contains("Example:\n  ringtape " + command + " "), console.out());
        assertTrue(console.out().contains("Exit codes:\n  0  "), console.out());
    }

    @Test
    void shouldPrintTheHelpOfACommandThatHelpNames()
    {
        assertEquals(0, run("help", "replay"));
        assertTrue(console.out().contains("Example:\n  ringtape replay "), console.out());
        assertEquals("", console.err());
    }

    @Test
    void shouldPrintTheHelpOfAllWithHelpAlone()
    {
        assertEquals(0, run("help"));
        assertTrue(console.out().contains("Example:\n  ringtape demo"), console.out());
    }

    @Test
    void shouldTellWhatSignalsEndWith()
    {
        assertEquals(0, run("verify", "--help"));
        assertTrue(console.out().contains("""
              129   stopped by SIGHUP, as when the terminal closes; see 143
              130   stopped by SIGINT (ctrl-C); see 143
              143   stopped by SIGTERM; record, demo, faults, soak, top and snapshot --follow end in order at the first,
                      with a code above
            """), console.out().substring(console.out().indexOf("Exit codes")));
    }

    @ParameterizedTest
    @CsvSource({
        "record --journal t f, true", "demo, true", "faults --share 1, true", "soak, true", "top --journal t, true",
        "top --journal t --once, false", "top --json --journal t, false", "snapshot --journal t --follow, true",
        "snapshot --journal t --follow=true, true", "snapshot --journal t, false", "replay --journal t, false",
        "help record, false", "'', false"})
    void shouldCatchSignalsFromTheStartWhereTheyEndACommandInOrder(final String commandLine, final boolean expected)
    {
        assertEquals(expected, Main.endsInOrder(() -> true, commandLine.split(" ")));
    }

    @Test
    void shouldLetTheFirstSignalEndALookThatIsPrintedOnce()
    {
        assertFalse(Main.endsInOrder(() -> false, "top", "--journal", "t"));
        assertEquals(66, runTrapped(console.console(), "top", "--journal", "none"));
        assertEquals(0, trapped);
    }

    @Test
    void shouldCatchSignalsFromTheStartOfEachCommandThatASignalEndsInOrder()
    {
        final SortedSet<String> found = new TreeSet<>();
        for (final JavaClass type : new ClassFileImporter().importPackages("io.ringtape.cli"))
        {
            if (type.isAnnotatedWith(CommandLine.Command.class) && type.getMethodCallsFromSelf().stream()
                .anyMatch((call) -> call.getTargetOwner().isEquivalentTo(CommandRunner.class) &&
                    (call.getName().equals("session") || call.getName().equals("beginStopping"))))
            {
                found.add(type.getAnnotationOfType(CommandLine.Command.class).name());
            }
        }

        assertEquals(new TreeSet<>(List.of("demo", "faults", "record", "snapshot", "soak", "top")), found);
        for (final String command : found)
        {
            assertTrue(Main.endsInOrder(() -> true, command, "--follow"), command);
        }
    }

    @Test
    void shouldCatchSignalsWhenASessionBegins()
    {
        assertEquals(0, runTrapped(console.console(), "record", "--journal", "t", "a"), console.err());
        assertEquals(1, trapped);
    }

    @Test
    void shouldTakeAnAtSignForPartOfAPath() throws IOException
    {
        final Path directory = Files.createDirectories(new TestTapes(MainTest.class).directory());
        final Path words = Files.writeString(directory.resolve("words"), "record --journal t a");

        assertEquals(64, run("@" + words));

        assertTrue(console.err().startsWith("ringtape: unmatched argument at index 0: '@" + words + "', "),
            console.err());
    }

    @Test
    void shouldCatchSignalsWhenAScreenBegins()
    {
        final Console terminal = new Console(console.console().out(), console.console().err(), true, false, () -> 0L);

        assertEquals(0, runTrapped(terminal, "top", "--journal", "t"));
        assertEquals(1, trapped);
    }

    @Test
    void shouldPrintTheVersion()
    {
        final int exitCode = run("--version");

        assertEquals(0, exitCode);
        assertEquals("ringtape unpackaged\n", console.out());
    }

    @Test
    void shouldHelpAlsoWhereNothingCanRun()
    {
        final Main main = new Main(console.console(),
            () -> new StartUpCheck(new PlatformProperties("Plan 9", "amd64"), List.of(), List.of()), sessions);

        assertEquals(0, main.run("record", "--help"));
        assertEquals(70, main.run("record", "--journal", "t", "f"));
        assertEquals("ringtape: platform is not supported, ringtape runs on Linux and macOS, x86-64 and aarch64:" +
            " os.name=Plan 9 os.arch=amd64\n", console.err());
        assertEquals(List.of(), sessions.requests());
    }

    @Test
    void shouldRefuseWrongCommandLinesInOneLine()
    {
        assertUsage("no command given, see ringtape --help");
        assertUsage("unmatched argument at index 0: 'recrod', did you mean record or retain? See ringtape --help",
            "recrod");
        assertUsage("unknown option: '--foo', see ringtape demo --help", "demo", "--foo");
        assertUsage("missing required options and parameters: '--journal=DIR', 'FILE', see ringtape record --help",
            "record");
        assertUsage("missing required option: '--journal=DIR', see ringtape replay --help", "replay");
        assertUsage("unknown option: '--journl', did you mean --journal? See ringtape replay --help",
            "replay", "--journl", "t");
        assertUsage("unknown option: '--journl', did you mean --journal? See ringtape record --help",
            "record", "--journl=t", "f");
        for (final String command : List.of("replay", "verify", "dump", "book", "demo"))
        {
            assertUsage("invalid value for option '--journal': must not be empty, see ringtape " + command + " --help",
                command, "--journal=");
        }
        assertUsage("invalid value for option '--journal': must not be empty, see ringtape record --help",
            "record", "--journal", "", "f");
        assertUsage("--json is the same as --format json and takes no other format, see ringtape dump --help",
            "dump", "--journal", "t", "--json", "--format", "csv");
        assertUsage("unknown subcommand 'replai', see ringtape --help", "help", "replai");
        assertUsage("bench is not in this jar, run it from a checkout: ./ringtape bench --rows T1,R1",
            "bench", "--rows", "T1,R1");
        assertUsage("missing required parameter: 'FILE', see ringtape record --help", "record", "--journal", "t");
        assertUsage("invalid value for option '--events': must be 1 to 1000000000000: 0, see ringtape demo --help",
            "demo", "--events", "0");
        assertUsage("invalid value for option '--events': must be 1 to 1000000000000: 200000000000000000, see " +
            "ringtape demo --help", "demo", "--events", "200000000000000000");
        assertUsage("invalid value for option '--events': must be a whole number: x, see ringtape demo --help",
            "demo", "--events", "x");
        assertUsage("invalid value for option '--from-sequence': must be 0 or more: -1, see ringtape replay --help",
            "replay", "--journal", "t", "--from-sequence", "-1");
        assertUsage("invalid value for option '--durability': must be page-cache, batch or an interval such as 5ms: " +
            "0ms, see ringtape record --help", "record", "--journal", "t", "a", "--durability", "0ms");
        assertUsage("invalid value for option '--on-tape-failure': must be halt or go-on: stop, see " +
            "ringtape record --help", "record", "--journal", "t", "a", "--on-tape-failure", "stop");
        assertUsage("option '--seed' (N) should be specified only once, see ringtape demo --help",
            "demo", "--seed", "1", "--seed", "2");
        assertUsage("--from-sequence is behind --to-sequence: --from-sequence=2 --to-sequence=1",
            "replay", "--journal", "t", "--from-sequence", "2", "--to-sequence", "1");
        assertEquals(List.of(), sessions.requests());
    }

    @Test
    void shouldHandRequestsToTheSessions()
    {
        run("record", "--journal", "t", "a", "b", "--format", "dbn");
        run("record", "--journal", "t", "--keep-partial", "a", "--durability", "5ms", "--any-file-system",
            "--on-tape-failure", "go-on", "--strategy", "MarketMaker");
        run("replay", "--journal", "t", "--from-sequence", "5", "--to-time", "10:15:00");
        run("demo");
        run("demo", "--events", "7", "--seed", "3", "--journal", "t");

        assertEquals(List.of(
            "RecordRequest[journal=t, files=[a, b], format=Optional[dbn], onBadInput=DISCARD, " +
                "config=TapeConfig[rollBytes=1073741824, reserveBytes=67108864, " +
                "durability=Durability[kind=PAGE_CACHE, intervalNs=0], anyFileSystem=false, failurePolicy=HALT], " +
                "trading=TradingSetup[name=example, limits=defaults], " +
                "gateway=GatewaySetup[venue=NONE, writeAhead=OFF], " +
                "terms=InstrumentTerms[named={}, others=Optional.empty]]",
            "RecordRequest[journal=t, files=[a], format=Optional.empty, onBadInput=KEEP, " +
                "config=TapeConfig[rollBytes=1073741824, reserveBytes=67108864, " +
                "durability=Durability[kind=INTERVAL, intervalNs=5000000], anyFileSystem=true, " +
                "failurePolicy=GO_ON_UNJOURNALED], trading=TradingSetup[name=MarketMaker, limits=defaults], " +
                "gateway=GatewaySetup[venue=NONE, writeAhead=OFF], " +
                "terms=InstrumentTerms[named={}, others=Optional.empty]]",
            "ReplayRequest[journal=t, range=EventRange[fromSequence=5, toSequence=9223372036854775807, " +
                "fromTime=Optional.empty, toTime=Optional[10:15:00]], " +
                "useSnapshots=true, trading=TradingSetup[name=example, limits=defaults]]",
            "DemoRequest[events=1000000, seed=1, journal=Optional.empty]",
            "DemoRequest[events=7, seed=3, journal=Optional[t]]"), sessions.requests());
    }

    @Test
    void shouldPrintOneObjectAndNothingElseWithJson()
    {
        final int exitCode = run("record", "--journal", "t", "a", "--json");

        assertEquals(0, exitCode);
        assertTrue(console.out().startsWith("{\"events\":1036544,"), console.out());
        assertEquals(console.out().length() - 1, console.out().indexOf('\n'));
        assertEquals("", console.err());
    }

    @Test
    void shouldDumpOneObjectWithJsonToo()
    {
        final TestTapes tapes = new TestTapes(MainTest.class);
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final TestConsole byFormat = new TestConsole();

        final int exitCode = run("dump", "--journal", tapes.directory().toString(), "--json");
        new Main(byFormat.console(), StartUpCheck::ofThisProcess, sessions)
            .run("dump", "--journal", tapes.directory().toString(), "--format", "json");

        assertEquals(0, exitCode);
        assertTrue(console.out().startsWith("{\"events\":[{"), console.out());
        assertEquals(byFormat.out(), console.out());
    }

    @Test
    void shouldPrintNotesBeforeTheReport()
    {
        final int exitCode = run("record", "--journal", "t", "a");

        assertEquals(0, exitCode);
        assertTrue(console.out().startsWith("a note\nRecorded 1,036,544 events"), console.out());
    }

    @Test
    void shouldTurnFailuresIntoOneLine()
    {
        assertFailure(73, "cannot create", new CommandException(ExitCode.CANNOT_CREATE, "cannot create"));
        assertFailure(65, "two lines", new CommandException(ExitCode.BAD_INPUT, "two\n  lines"));
        assertFailure(66, "file does not exist: file=a",
            new UncheckedIOException(new NoSuchFileException("a")));
        assertFailure(66, "permission denied: path=a", new UncheckedIOException(new AccessDeniedException("a")));
        assertFailure(66, "permission denied: path=t/b", new TapeException(
            TapeException.Kind.IO, "cannot read path=t", new AccessDeniedException("t/b")));
        assertFailure(66, "permission denied: path=t", new TapeException(TapeException.Kind.CANNOT_CREATE,
            "tape cannot be written, permission denied: directory=t", new AccessDeniedException("t")));
        assertFailure(73, "tape cannot be written, permission denied: directory=t", new TapeException(
            TapeException.Kind.CANNOT_CREATE, "tape cannot be written, permission denied: directory=t"));
        assertFailure(74, "reading or writing failed: file=a reason=No space left on device",
            new UncheckedIOException(new FileSystemException("a", null, "No space left on device")));
        assertFailure(74, "reading or writing failed: Input/output error",
            new UncheckedIOException(new IOException("Input/output error")));
        assertFailure(74, "a mapped file cannot be read or written", new InternalError(
            "a fault occurred in a recent unsafe memory access operation in compiled Java code"));
        assertFailure(74, "too many open files: raise the limit of this process, see ulimit -n",
            new ExceptionInInitializerError(new IOException("Too many open files")));
        assertFailure(74, "too many open files: raise the limit of this process, see ulimit -n",
            new NoClassDefFoundError("Could not initialize class a.B: java.io.IOException: Too many open files"));
        assertFailure(70, "internal error: java.lang.ExceptionInInitializerError",
            new ExceptionInInitializerError(new IOException("something else")));
        assertFailure(70, "internal error: java.lang.IllegalStateException: x", new IllegalStateException("x"));
        assertFailure(70, "internal error: java.lang.OutOfMemoryError: Java heap space",
            new OutOfMemoryError("Java heap space"));
        assertFailure(70, "internal error: java.lang.StackOverflowError", new StackOverflowError());
    }

    @Test
    void shouldEndQuietlyWhenTheReaderHasGone()
    {
        sessions.fail(new ClosedOutputException(new IOException("Broken pipe")));

        assertEquals(0, run("demo"));
        assertEquals("", console.err());
    }

    @Test
    void shouldPrintTheStackTraceOnRequestOnly()
    {
        sessions.fail(new IllegalStateException("x"));

        assertEquals(70, run("demo", "--debug"));
        assertTrue(console.err().startsWith("ringtape: internal error: java.lang.IllegalStateException: x\n" +
            "java.lang.IllegalStateException: x\n\tat "), console.err());
    }

    private void assertUsage(final String message, final String... args)
    {
        final TestConsole own = new TestConsole();

        final int exitCode = new Main(own.console(), StartUpCheck::ofThisProcess, sessions).run(args);

        assertEquals("ringtape: " + message + "\n", own.err());
        assertEquals("", own.out());
        assertEquals(64, exitCode);
    }

    private void assertFailure(final int exitCode, final String message, final Throwable failure)
    {
        final TestConsole own = new TestConsole();
        sessions.fail(failure);

        final int actual = new Main(own.console(), StartUpCheck::ofThisProcess, sessions).run("demo");

        assertEquals("ringtape: " + message + "\n", own.err());
        assertEquals(exitCode, actual);
    }

    /** Where a trap is opened, it stops the command at once. */
    private int runTrapped(final Console to, final String... args)
    {
        return new Main(to, StartUpCheck::ofThisProcess, sessions, new Stopping(new StopSignal(), (signal) ->
        {
            trapped++;
            signal.request();
        })).run(args);
    }

    private int run(final String... args)
    {
        return new Main(console.console(), StartUpCheck::ofThisProcess, sessions).run(args);
    }
}
