package io.ringtape.feed;

/**
 * The names of DBN's schema codes.
 * <p>
 * Thread safety: stateless.
 * Allocation: none for known codes.
 */
public final class DbnSchema
{
    /** Market by order. */
    public static final int MBO = 0;
    /** A live capture: records of any schema. */
    public static final int MIXED = 0xFFFF;

    private static final String[] NAMES =
    {
        "mbo", "mbp-1", "mbp-10", "tbbo", "trades", "ohlcv-1s", "ohlcv-1m", "ohlcv-1h", "ohlcv-1d", "definition",
        "statistics", "status", "imbalance", "ohlcv-eod", "cmbp-1", "cbbo-1s", "cbbo-1m", "tcbbo", "bbo-1s", "bbo-1m"
    };

    private DbnSchema()
    {
    }

    /**
     * The name of a schema.
     *
     * @param code as in the metadata, 0 to 65,535.
     * @return for example {@code mbp-1}, {@code mixed}, or {@code unknown(99)}.
     */
    public static String name(final int code)
    {
        if (code == MIXED)
        {
            return "mixed";
        }
        return code >= 0 && code < NAMES.length ? NAMES[code] : "unknown(" + code + ")";
    }
}
