package io.ringtape.cli.tape;

import io.ringtape.event.Definitions;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the instruments of several runs: one that more than one run defines, told by its symbol, counts once.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: for each run.
 */
public final class InstrumentCount
{
    private final Map<String, Integer> mostBySymbol = new HashMap<>();

    /**
     * No run yet.
     */
    public InstrumentCount()
    {
    }

    /**
     * Adds the instruments of a run. Publishers of one run may share a symbol, so the most of a run counts.
     *
     * @param definitions of the run.
     */
    public void add(final Definitions definitions)
    {
        final Map<String, Integer> ofRun = new HashMap<>();
        for (int id = 0; id < definitions.instrumentCount(); id++)
        {
            ofRun.merge(definitions.instrument(id).symbol(), 1, Integer::sum);
        }
        ofRun.forEach((symbol, count) -> mostBySymbol.merge(symbol, count, Math::max));
    }

    /**
     * How many there are.
     *
     * @return 0 or more.
     */
    public int count()
    {
        int sum = 0;
        for (final int count : mostBySymbol.values())
        {
            sum += count;
        }
        return sum;
    }
}
