package io.ringtape.cli.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the instruments of a run are called, so that two of one symbol do not look alike: its symbol, and behind it the
 * instrument's id where another one has the same, for example {@code AMZN#3}.
 * <p>
 * Thread safety: immutable.
 * Allocation: for each name.
 */
public final class InstrumentNames
{
    private final Set<String> shared = new HashSet<>();

    /**
     * The names of a run.
     *
     * @param symbols of its instruments, one each.
     */
    public InstrumentNames(final List<String> symbols)
    {
        final Set<String> seen = new HashSet<>();
        for (final String symbol : symbols)
        {
            if (!seen.add(symbol))
            {
                shared.add(symbol);
            }
        }
    }

    /**
     * The name of an instrument.
     *
     * @param symbol       of it.
     * @param instrumentId of it.
     * @return one that no other instrument of the run has, unless a venue gives such symbols.
     */
    public String name(final String symbol, final int instrumentId)
    {
        return shared.contains(symbol) ? symbol + "#" + instrumentId : symbol;
    }
}
