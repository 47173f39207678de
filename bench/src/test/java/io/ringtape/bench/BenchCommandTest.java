package io.ringtape.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class BenchCommandTest
{
    private static final Path TAPES = Path.of("tapes");

    @Test
    void shouldRunTheUsualRowsUnlessToldOthers()
    {
        assertEquals(Rows.all(), BenchCommand.chosen(false, false, List.of()));
        assertEquals(Rows.growth(), BenchCommand.chosen(false, true, List.of()));
        assertEquals(List.of("R1x16", "R4G"),
            BenchCommand.chosen(false, false, List.of("R1x16", "R4G", "R1x16")).stream().map(Row::id).toList());
    }

    @Test
    void shouldRunFiveRowsWithFourPeersInAQuickLook()
    {
        final List<Row> quick = BenchCommand.chosen(true, false, List.of());

        assertEquals(Rows.quick().stream().map(Row::id).toList(), quick.stream().map(Row::id).toList());
        assertTrue(quick.stream().allMatch((row) -> row.peers().size() <= 4));
        assertEquals(4, BenchCommand.chosen(true, false, List.of("T1")).get(0).peers().size());
    }

    @Test
    void shouldNameTheRowsThereAreWhereOneIsUnknown()
    {
        final CommandException refusal = assertThrows(CommandException.class,
            () -> BenchCommand.chosen(false, false, List.of("T1", "X9")));

        assertEquals(ExitCode.USAGE, refusal.exitCode());
        assertTrue(refusal.getMessage().startsWith("unknown row: row=X9 rows=L1,T1,"), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith(",J4G,R4G"), refusal.getMessage());
    }

    @Test
    void shouldWantTwoGibibytesForTheUsualRows()
    {
        final long needed = 2L << 30;

        assertDoesNotThrow(() -> BenchCommand.requireSpace(TAPES, needed, Rows.all()));
        assertEquals("too little free space: directory=tapes freeBytes=2147483647 neededBytes=2147483648",
            refused(needed - 1, Rows.all()));
    }

    @Test
    void shouldTakeATenthOfTheFreeSpaceForATapeThatGrows()
    {
        final long needed = 70L << 30;

        assertDoesNotThrow(() -> BenchCommand.requireSpace(TAPES, needed, Rows.growth()));
        assertEquals("too little free space: directory=tapes freeBytes=75161927679 neededBytes=75161927680",
            refused(needed - 1, List.of(Rows.named("J1"), Rows.named("J4G"))));
    }

    private static String refused(final long freeBytes, final List<Row> rows)
    {
        return assertThrows(CommandException.class, () -> BenchCommand.requireSpace(TAPES, freeBytes, rows))
            .getMessage();
    }
}
