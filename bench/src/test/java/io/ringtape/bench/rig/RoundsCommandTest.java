package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class RoundsCommandTest
{
    private static final Path TAPES = Path.of("tapes");

    @Test
    void shouldRunTheUsualRowsUnlessToldOthers()
    {
        assertEquals(Rows.all(), RoundsCommand.chosen(false, List.of()));
        assertEquals(Rows.growth(), RoundsCommand.chosen(true, List.of()));
        assertEquals(List.of("R1x16", "R4G"),
            RoundsCommand.chosen(false, List.of("R1x16", "R4G")).stream().map(Row::id).toList());
    }

    @Test
    void shouldWantTwoGibibytesForTheUsualRows()
    {
        final long needed = 2L << 30;

        assertDoesNotThrow(() -> RoundsCommand.requireSpace(TAPES, needed, Rows.all()));
        assertEquals("too little free space: directory=tapes freeBytes=2147483647 neededBytes=2147483648",
            refused(needed - 1, Rows.all()));
    }

    @Test
    void shouldTakeATenthOfTheFreeSpaceForATapeThatGrows()
    {
        final long needed = 70L << 30;

        assertDoesNotThrow(() -> RoundsCommand.requireSpace(TAPES, needed, Rows.growth()));
        assertEquals("too little free space: directory=tapes freeBytes=75161927679 neededBytes=75161927680",
            refused(needed - 1, List.of(Rows.named("J1"), Rows.named("J4G"))));
    }

    private static String refused(final long freeBytes, final List<Row> rows)
    {
        return assertThrows(IllegalStateException.class, () -> RoundsCommand.requireSpace(TAPES, freeBytes, rows))
            .getMessage();
    }
}
