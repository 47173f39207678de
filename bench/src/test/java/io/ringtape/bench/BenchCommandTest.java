package io.ringtape.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class BenchCommandTest
{
    @Test
    void shouldRunTheUsualRowsUnlessToldOthers()
    {
        assertEquals(Rows.all(), BenchCommand.chosen(false, false, List.of()));
        assertEquals(Stream.concat(Rows.all().stream(), Rows.growth().stream()).toList(),
            BenchCommand.chosen(false, true, List.of()));
        assertEquals(List.of("R1x16", "R16G"),
            BenchCommand.chosen(false, false, List.of("R1x16", "R16G", "R1x16")).stream().map(Row::id).toList());
    }

    @Test
    void shouldRunFiveRowsWithFourPeersInAQuickLook()
    {
        final List<Row> quick = BenchCommand.chosen(true, false, List.of());

        assertEquals(Rows.quick().stream().map(Row::id).toList(), quick.stream().map(Row::id).toList());
        assertTrue(quick.stream().allMatch((row) -> row.peers().size() <= 4));
        assertEquals(4, BenchCommand.chosen(true, false, List.of("T1")).get(0).peers().size());
    }

    /** The three that come nearest to ours, and in the rows of the tape each one with a goal. */
    @Test
    void shouldKeepTheHardestPeersInAQuickLook()
    {
        final Map<String, List<String>> hardest = Map.of(
            "T1", List.of("disruptor, slots", "disruptor, off heap", "agrona, one-to-one ring"),
            "T2", List.of("disruptor, slots, 16 a packet", "disruptor, off heap, 16 a packet",
                "agrona, one-to-one ring, 16 a packet"),
            "T3", List.of("one-to-one queue for each handler"),
            "J1", List.of("chronicle, document an event", "chronicle, document filled in place",
                "raw mapped append, checksum, large pages"),
            "R1", List.of("chronicle, tailer an event", "raw scan, checksum, large pages",
                "raw scan, checksum, small pages"));

        final Map<String, List<String>> quick = BenchCommand.chosen(true, false, List.of()).stream().collect(
            Collectors.toMap(Row::id, (row) -> row.peers().stream().skip(1).map(Row.Entrant::name).toList()));

        assertEquals(hardest, quick);
    }

    @Test
    void shouldRunTheStagesOnlyWhereTheyAreAskedFor()
    {
        final List<Row> stages = BenchCommand.chosen(false, false, List.of("O1S", "STAGES"));

        assertEquals(List.of("O1S", "J1S", "R2S", "B1S", "B1KS"), stages.stream().map(Row::id).toList());
        assertTrue(stages.stream().allMatch((row) -> row.measure() == Measure.STEP));
        assertEquals(stages, BenchCommand.chosen(true, false, List.of("O1S", "STAGES")));
        assertTrue(BenchCommand.chosen(false, true, List.of()).stream()
            .noneMatch((row) -> row.measure() == Measure.STEP));
    }

    @Test
    void shouldNameTheRowsThereAreWhereOneIsUnknown()
    {
        final CommandException refusal = assertThrows(CommandException.class,
            () -> BenchCommand.chosen(false, false, List.of("T1", "X9")));

        assertEquals(ExitCode.USAGE, refusal.exitCode());
        assertTrue(refusal.getMessage().startsWith("unknown row: row=X9 rows=L1,T1,"), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith(",J16G,R16G,J1S,R2S,B1S,B1KS,O1S,STAGES"), refusal.getMessage());
    }

    @Test
    void shouldWantFourGibibytesOfDisk()
    {
        final Path tapes = Path.of("tapes");
        final long needed = 4L << 30;

        assertDoesNotThrow(() -> BenchCommand.requireSpace(tapes, needed));
        assertEquals("too little free space: directory=tapes freeBytes=4294967295 neededBytes=4294967296",
            assertThrows(CommandException.class, () -> BenchCommand.requireSpace(tapes, needed - 1)).getMessage());
    }
}
