package io.ringtape.bench.peer;

import java.util.List;
import java.util.stream.Stream;

/**
 * All rows. Ours comes first in each, but last in a row of stages; a goal is the least or the most that the row's
 * measure may be.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
public final class Rows
{
    private static final List<Row> ALL = Stream.of(
        BusRows.ALL, TapeRows.all(), BookRows.all(), TradingRows.all(), AllocationRows.all(), GrowthRows.usual())
        .flatMap(List::stream)
        .toList();
    private static final List<String> QUICK = List.of("T1", "T2", "T3", "J1", "R1");

    private Rows()
    {
    }

    /**
     * The usual rows in the order of the table.
     *
     * @return the rows without those of {@link #growth()} and {@link #stages()}.
     */
    public static List<Row> all()
    {
        return ALL;
    }

    /**
     * The rows of a quick look, one of each kind of promise. The first peers of each are the hardest of those with a
     * goal.
     *
     * @return five rows.
     */
    public static List<Row> quick()
    {
        return QUICK.stream().map(Rows::named).toList();
    }

    /**
     * The rows of the longest tapes: what a tape's length does to recorder and reader.
     *
     * @return the rows, none of which is a usual one.
     */
    public static List<Row> growth()
    {
        return GrowthRows.huge();
    }

    /**
     * The rows of where the nanoseconds of the hot paths go.
     *
     * @return the rows, none of which is a usual one.
     */
    public static List<Row> stages()
    {
        return StageRows.all();
    }

    /**
     * Every row that has a name.
     *
     * @return the usual ones, those of {@link #growth()} and those of {@link #stages()}.
     */
    public static List<Row> known()
    {
        return Stream.of(ALL, growth(), stages()).flatMap(List::stream).toList();
    }

    /**
     * A row by its short name.
     *
     * @param id of the row.
     * @return the row.
     * @throws IllegalArgumentException if there is none.
     */
    public static Row named(final String id)
    {
        return known().stream()
            .filter((row) -> row.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such row: id=" + id));
    }
}
