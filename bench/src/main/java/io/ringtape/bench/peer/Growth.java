package io.ringtape.bench.peer;

import java.util.Map;
import java.util.Optional;

/**
 * The size of a row in a family of rows that do the same work on more and more: all of them are points of one line in
 * the chart of costs over sizes.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 *
 * @param family name of the line.
 * @param size   of the row, above 0.
 * @param unit   of the size.
 */
public record Growth(String family, double size, String unit)
{
    private static final String RECORDER = "events to tape, 64 a block";
    private static final String READER = "tape to events, 64 a block";
    private static final String FAN = "one writer, one lane, many handlers";
    private static final String ORDERS = "book update by order, more and more orders";
    private static final String INSTRUMENTS = "book update by order, 10,000 orders over more and more instruments";
    private static final String GIBIBYTES = "GiB of tape";
    private static final String HANDLERS = "handlers";
    private static final String LIVE_ORDERS = "live orders";
    private static final String BOOKS = "instruments";
    private static final double SMALL_TAPE = 0.125;

    private static final Map<String, Growth> BY_ROW = Map.ofEntries(
        Map.entry("J1", new Growth(RECORDER, SMALL_TAPE, GIBIBYTES)),
        Map.entry("J1G", new Growth(RECORDER, 1, GIBIBYTES)),
        Map.entry("J4G", new Growth(RECORDER, 4, GIBIBYTES)),
        Map.entry("J16G", new Growth(RECORDER, 16, GIBIBYTES)),
        Map.entry("R1", new Growth(READER, SMALL_TAPE, GIBIBYTES)),
        Map.entry("R1G", new Growth(READER, 1, GIBIBYTES)),
        Map.entry("R4G", new Growth(READER, 4, GIBIBYTES)),
        Map.entry("R16G", new Growth(READER, 16, GIBIBYTES)),
        Map.entry("T3x1", new Growth(FAN, 1, HANDLERS)),
        Map.entry("T3x4", new Growth(FAN, 4, HANDLERS)),
        Map.entry("T3x16", new Growth(FAN, 16, HANDLERS)),
        Map.entry("T3x64", new Growth(FAN, 64, HANDLERS)),
        Map.entry("B1x10", new Growth(ORDERS, 10, LIVE_ORDERS)),
        Map.entry("B1K", new Growth(ORDERS, 1_000, LIVE_ORDERS)),
        Map.entry("B1x100k", new Growth(ORDERS, 100_000, LIVE_ORDERS)),
        Map.entry("B1I1", new Growth(INSTRUMENTS, 1, BOOKS)),
        Map.entry("B1I100", new Growth(INSTRUMENTS, 100, BOOKS)),
        Map.entry("B1I10k", new Growth(INSTRUMENTS, 10_000, BOOKS)));

    /**
     * The size of a row.
     *
     * @param row that may be one of a family.
     * @return its size, or empty if it is of none.
     */
    public static Optional<Growth> of(final Row row)
    {
        return Optional.ofNullable(BY_ROW.get(row.id()));
    }
}
