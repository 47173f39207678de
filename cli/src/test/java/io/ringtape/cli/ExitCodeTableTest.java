package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.platform.PlatformProperties;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.cli.tape.TestMarket;
import io.ringtape.journal.SnapshotMaker;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the table of exit codes: each code with a real cause, from the command line to the code. */
@Timeout(60)
final class ExitCodeTableTest
{
    static List<Row> rows()
    {
        return Stream.of(tapes(), gaps(), exports(), counters(), repairs(), removals(), snapshots(), books(),
            permissions(), inputs(), systems()).flatMap(List::stream).toList();
    }

    private static List<Row> tapes()
    {
        return List.of(
            new Row(ExitCode.FINE, "a whole tape is verified", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.run("verify", "--journal", stage.tape());
            }),
            new Row(ExitCode.FINE, "an empty tape is verified", (stage) ->
            {
                stage.tapes().empty();
                return stage.run("verify", "--journal", stage.tape());
            }),
            new Row(ExitCode.TORN_TAIL, "verify finds the bytes that a kill left", (stage) ->
            {
                stage.killedTape();
                return stage.run("verify", "--journal", stage.tape());
            }),
            new Row(ExitCode.FINE, "dump goes on before the bytes that a kill left", (stage) ->
            {
                stage.killedTape();
                return stage.run("dump", "--journal", stage.tape());
            }),
            new Row(ExitCode.DAMAGED, "verify finds a flipped byte", (stage) ->
            {
                stage.damagedTape();
                return stage.run("verify", "--journal", stage.tape());
            }),
            new Row(ExitCode.DAMAGED, "replay refuses a flipped byte", (stage) ->
            {
                stage.damagedTape();
                return stage.run("replay", "--journal", stage.tape(), "--scan");
            }),
            new Row(ExitCode.DAMAGED, "verify finds a flipped byte though nobody reads what it says", (stage) ->
            {
                stage.damagedTape();
                return stage.runUnread("verify", "--journal", stage.tape());
            }),
            new Row(ExitCode.FINE, "dump ends when its reader has gone", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.runUnread("dump", "--journal", stage.tape());
            }),
            new Row(ExitCode.UNREADABLE, "a directory is no tape", (stage) ->
            {
                Files.createDirectories(Path.of(stage.tape()));
                return stage.run("verify", "--journal", stage.tape());
            }));
    }

    private static List<Row> gaps()
    {
        return List.of(
            new Row(ExitCode.GAP, "verify finds a file missing", (stage) ->
            {
                stage.tapeWithoutItsSecondFile();
                return stage.run("verify", "--journal", stage.tape());
            }),
            new Row(ExitCode.GAP, "replay refuses a file missing", (stage) ->
            {
                stage.tapeWithoutItsSecondFile();
                return stage.run("replay", "--journal", stage.tape());
            }),
            new Row(ExitCode.GAP, "backtest refuses a file missing", (stage) ->
            {
                stage.tapeWithoutItsSecondFile();
                return stage.run("backtest", "--journal", stage.tape());
            }));
    }

    private static List<Row> exports()
    {
        return List.of(
            new Row(ExitCode.FINE, "info goes on before the bytes that a kill left", (stage) ->
            {
                stage.killedTape();
                return stage.run("info", "--journal", stage.tape());
            }),
            new Row(ExitCode.GAP, "info names a file that is missing", (stage) ->
            {
                stage.tapeWithoutItsSecondFile();
                return stage.run("info", "--journal", stage.tape());
            }),
            new Row(ExitCode.UNREADABLE, "info finds no tape", (stage) ->
            {
                Files.createDirectories(Path.of(stage.tape()));
                return stage.run("info", "--journal", stage.tape());
            }),
            new Row(ExitCode.DAMAGED, "export refuses a flipped byte", (stage) ->
            {
                stage.damagedTape();
                return stage.run("export", "--journal", stage.tape(), "--format", "raw", "--out",
                    stage.tape() + ".raw");
            }),
            new Row(ExitCode.GAP, "export refuses a file missing", (stage) ->
            {
                stage.tapeWithoutItsSecondFile();
                return stage.run("export", "--journal", stage.tape(), "--format", "csv", "--out",
                    stage.tape() + ".csv");
            }),
            new Row(ExitCode.IO_ERROR, "the directory of an export is not there", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.run("export", "--journal", stage.tape(), "--format", "raw", "--out",
                    stage.tape() + "-none/out.raw");
            }),
            new Row(ExitCode.INPUT_MISSING, "a tape to export is not there", (stage) ->
                stage.run("export", "--journal", stage.tape(), "--format", "csv")));
    }

    private static List<Row> counters()
    {
        return List.of(
            new Row(ExitCode.FINE, "top shows what a demo counted", (stage) ->
            {
                stage.run("demo", "--events", "100", "--journal", stage.tape());
                return stage.run("top", "--journal", stage.tape(), "--once");
            }),
            new Row(ExitCode.INPUT_MISSING, "a tape was recorded without counters", (stage) ->
            {
                stage.tapes().empty();
                return stage.run("top", "--journal", stage.tape(), "--once");
            }));
    }

    private static List<Row> repairs()
    {
        return List.of(
            new Row(ExitCode.FINE, "repair copies what is before a flipped byte", (stage) ->
            {
                stage.damagedTape();
                return stage.run("repair", "--journal", stage.tape(), "--to", stage.tape() + ".new");
            }),
            new Row(ExitCode.FINE, "what a repair copied is whole", (stage) ->
            {
                stage.tapeWithoutItsSecondFile();
                stage.run("repair", "--journal", stage.tape(), "--to", stage.tape() + ".new");
                return stage.run("verify", "--journal", stage.tape() + ".new");
            }),
            new Row(ExitCode.GAP, "repair finds nothing before a missing file", (stage) ->
            {
                stage.tapeWithoutItsSecondFile();
                Files.delete(stage.rollFiles().get(0));
                return stage.run("repair", "--journal", stage.tape(), "--to", stage.tape() + ".new");
            }),
            new Row(ExitCode.UNREADABLE, "repair finds no tape", (stage) ->
            {
                Files.createDirectories(Path.of(stage.tape()));
                return stage.run("repair", "--journal", stage.tape(), "--to", stage.tape() + ".new");
            }),
            new Row(ExitCode.INPUT_MISSING, "a tape to repair is not there", (stage) ->
                stage.run("repair", "--journal", stage.tape(), "--to", stage.tape() + ".new")),
            new Row(ExitCode.CANNOT_CREATE, "a repaired tape would lie inside the tape", (stage) ->
            {
                stage.damagedTape();
                return stage.run("repair", "--journal", stage.tape(), "--to", stage.tape() + "/new");
            }));
    }

    private static List<Row> removals()
    {
        return List.of(
            new Row(ExitCode.FINE, "retain says what would go", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.run("retain", "--journal", stage.tape(), "--keep-days", "1");
            }),
            new Row(ExitCode.USAGE, "retain is told nothing to keep", (stage) ->
                stage.run("retain", "--journal", stage.tape())),
            new Row(ExitCode.IN_USE, "retain removes nothing while a writer holds the tape", (stage) ->
            {
                stage.tapes().empty();
                try (TapeWriter holder = stage.open(TapeConfig.defaults().withReserveBytes(0)))
                {
                    return holder.firstSequence() < 0 ? -1 :
                        stage.run("retain", "--journal", stage.tape(), "--keep-bytes", "0", "--run");
                }
            }),
            new Row(ExitCode.BAD_INPUT, "a replay needs the start of a run that was removed", (stage) ->
            {
                stage.tapeOfFiles();
                stage.run("retain", "--journal", stage.tape(), "--keep-bytes", "0", "--run");
                return stage.run("replay", "--journal", stage.tape());
            }),
            new Row(ExitCode.BAD_INPUT, "a book needs the start of a run that was removed", (stage) ->
            {
                stage.tapeOfFiles();
                stage.run("retain", "--journal", stage.tape(), "--keep-bytes", "0", "--run");
                return stage.run("book", "--journal", stage.tape());
            }),
            new Row(ExitCode.FINE, "what is left of a run is verified", (stage) ->
            {
                stage.tapeOfFiles();
                stage.run("retain", "--journal", stage.tape(), "--keep-bytes", "0", "--run");
                return stage.run("verify", "--journal", stage.tape());
            }),
            new Row(ExitCode.BAD_INPUT, "a range starts with what was removed", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                stage.run("retain", "--journal", stage.tape(), "--keep-bytes", "0", "--run");
                return stage.run("dump", "--journal", stage.tape(), "--from-sequence", "1");
            }));
    }

    private static List<Row> snapshots()
    {
        return List.of(
            new Row(ExitCode.FINE, "snapshot makes snapshots", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.run("snapshot", "--journal", stage.tape(), "--every", "2");
            }),
            new Row(ExitCode.DAMAGED, "snapshot follows up to a flipped byte", (stage) ->
            {
                stage.damagedTape();
                return stage.run("snapshot", "--journal", stage.tape(), "--follow");
            }),
            new Row(ExitCode.GAP, "snapshot follows up to a missing file", (stage) ->
            {
                stage.tapeWithoutItsSecondFile();
                return stage.run("snapshot", "--journal", stage.tape(), "--follow");
            }),
            new Row(ExitCode.INPUT_MISSING, "a tape to follow is not there", (stage) ->
                stage.run("snapshot", "--journal", stage.tape(), "--follow")),
            new Row(ExitCode.USAGE, "snapshot is given an interval of nothing", (stage) ->
                stage.run("snapshot", "--journal", stage.tape(), "--every", "0")),
            new Row(ExitCode.IN_USE, "another process makes snapshots", (stage) ->
            {
                try (SnapshotMaker other =
                    SnapshotMaker.open(stage.tapes().empty(), 1, 0, new ArrayList<String>()::add))
                {
                    return other.advance(new AtomicLong()::set) > 0 ? -1 :
                        stage.run("snapshot", "--journal", stage.tape());
                }
            }));
    }

    private static List<Row> books()
    {
        return List.of(
            new Row(ExitCode.OUTPUTS_DIFFER, "the tape holds an order that the strategy does not send", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.run("replay", "--journal", stage.tape());
            }),
            new Row(ExitCode.OUTPUTS_DIFFER, "a row is not the book", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                final String rows = stage.file("rows.csv", TestMarket.ROWS.replace("1000000,20", "1000000,21"));
                return stage.run("book", "--journal", stage.tape(), "--compare", rows);
            }),
            new Row(ExitCode.OUTPUTS_DIFFER, "a replay differs though nobody reads what it says", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.runUnread("replay", "--journal", stage.tape(), "--json");
            }),
            new Row(ExitCode.INPUT_MISSING, "a file of rows may not be read", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.run("book", "--journal", stage.tape(), "--compare", stage.unreadable("rows.csv"));
            }));
    }

    private static List<Row> permissions()
    {
        final List<Row> rows = new ArrayList<>();
        for (final String command : PermissionDeniedTest.READERS)
        {
            rows.add(new Row(ExitCode.INPUT_MISSING, "the tape may not be read: " + command, (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.runDenied("", "---------", PermissionDeniedTest.arguments(command, stage));
            }));
        }
        rows.add(new Row(ExitCode.INPUT_MISSING, "a tape to go on with may not be written", (stage) ->
        {
            stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
            return stage.runDenied("", "r-xr-xr-x", "demo", "--events", "10", "--journal", stage.tape());
        }));
        rows.add(new Row(ExitCode.CANNOT_CREATE, "a tape is to be made where this user may not write", (stage) ->
        {
            final Path parent = Files.createDirectories(Path.of(stage.tape()));
            return stage.runDenied("", "r-xr-xr-x", "demo", "--events", "10", "--journal", parent + "/tape");
        }));
        return rows;
    }

    private static List<Row> inputs()
    {
        return List.of(
            new Row(ExitCode.USAGE, "an option is unknown", (stage) -> stage.run("verify", "--bogus")),
            new Row(ExitCode.BAD_INPUT, "a capture is of no known format", (stage) ->
                stage.run("record", "--journal", stage.tape(), stage.file("notes.txt", "nothing of the kind\n"))),
            new Row(ExitCode.BAD_INPUT, "a range is outside the tape", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.run("replay", "--journal", stage.tape(), "--from-sequence", "1000");
            }),
            new Row(ExitCode.BAD_INPUT, "a replay is by another strategy than the recording", (stage) ->
            {
                stage.run("demo", "--events", "100", "--journal", stage.tape());
                return stage.run("replay", "--journal", stage.tape(), "--strategy", "MarketMaker");
            }),
            new Row(ExitCode.USAGE, "a backtest is to write over a file of the tape", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.run("backtest", "--journal", stage.tape(), "--fills", stage.tape() + "/control");
            }),
            new Row(ExitCode.BAD_INPUT, "a strategy throws at an event", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.run("backtest", "--journal", stage.tape(), "--strategy", StrategyFailureTest.THROWER,
                    "--params", stage.file("params.json", "{\"at\": 2}"));
            }),
            new Row(ExitCode.INPUT_MISSING, "a capture is not there", (stage) ->
                stage.run("record", "--journal", stage.tape(), stage.tape() + ".csv")),
            new Row(ExitCode.INPUT_MISSING, "a capture may not be read", (stage) ->
                stage.run("record", "--journal", stage.tape(), stage.unreadable("a.dbn"))),
            new Row(ExitCode.INPUT_MISSING, "a tape is not there", (stage) ->
                stage.run("verify", "--journal", stage.tape())));
    }

    private static List<Row> systems()
    {
        return List.of(
            new Row(ExitCode.INTERNAL, "the JVM lacks flags", (stage) ->
                new Main(stage.console().console(), () -> new StartUpCheck(
                    PlatformProperties.read(), List.of("--add-opens"), List.of("--add-opens")), new TapeSessions())
                    .run("demo", "--journal", stage.tape())),
            new Row(ExitCode.CANNOT_CREATE, "the parent of the tape is a file", (stage) ->
                stage.run("demo", "--events", "10", "--journal", stage.file("plain", "") + "/tape")),
            new Row(ExitCode.FINE, "a short soak keeps its promises", (stage) ->
                stage.run("soak", "--events", "10000", "--seed", "3")),
            new Row(ExitCode.IO_ERROR, "a soak finds no room for its tape", (stage) ->
                stage.run("soak", "--events", "1000000000000000")),
            new Row(ExitCode.CANNOT_CREATE, "a soak is to use a directory that is there", (stage) ->
            {
                Files.createDirectories(Path.of(stage.tape()));
                return stage.run("soak", "--events", "10", "--journal", stage.tape());
            }),
            new Row(ExitCode.USAGE, "a soak of nothing", (stage) -> stage.run("soak", "--events", "0")),
            new Row(ExitCode.IO_ERROR, "standard output is full", (stage) ->
            {
                stage.tapes().record(TestTapes.definitions(), TestMarket::amzn);
                return stage.runOnFullDevice("dump", "--journal", stage.tape());
            }),
            new Row(ExitCode.IO_ERROR, "standard output is full for a help",
                (stage) -> stage.runOnFullDevice("help", "record")),
            new Row(ExitCode.IN_USE, "a writer holds the tape", (stage) ->
            {
                stage.tapes().empty();
                try (TapeWriter holder = stage.open(TapeConfig.defaults().withReserveBytes(0)))
                {
                    return holder.firstSequence() < 0 ? -1 :
                        stage.run("demo", "--events", "10", "--journal", stage.tape());
                }
            }));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldEndWithItsCodeAndOneLine(final Row row) throws Exception
    {
        final ExitCodeStage stage = new ExitCodeStage();

        final int exitCode = row.cause().run(stage);

        assertEquals(row.exitCode().code(), exitCode, () -> stage.console().err() + stage.console().out());
        final boolean saysWhy = row.exitCode().code() >= ExitCode.USAGE.code();
        final long lines = stage.console().err().lines().count();
        assertEquals(saysWhy ? 1 : Math.min(1, lines), lines, stage.console().err());
    }

    @Test
    void shouldHaveARowForEachCode()
    {
        final Set<ExitCode> walked = rows().stream().map(Row::exitCode).collect(Collectors.toSet());

        assertEquals(EnumSet.allOf(ExitCode.class), walked);
    }

    record Row(ExitCode exitCode, String name, Cause cause)
    {
        @Override
        public String toString()
        {
            return exitCode.code() + " " + name;
        }
    }

    private interface Cause
    {
        int run(ExitCodeStage stage) throws IOException;
    }
}
