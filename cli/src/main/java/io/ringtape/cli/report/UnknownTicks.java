package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The instruments of a session of which no tick size is known: their prices are not checked, and whoever did not say
 * the tick did not say the multiplier.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param symbols each once; of several instruments of one symbol if one of them has none.
 */
public record UnknownTicks(SortedSet<String> symbols)
{
    /**
     * Makes the set its own.
     */
    public UnknownTicks
    {
        symbols = Collections.unmodifiableSortedSet(new TreeSet<>(symbols));
    }

    /**
     * Of the instruments without a tick.
     *
     * @param symbols in any order.
     * @return which they are.
     */
    public static UnknownTicks of(final Stream<String> symbols)
    {
        return new UnknownTicks(symbols.collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * What to tell of them.
     *
     * @return one line; empty if there is none.
     */
    public String line()
    {
        return Formats.instruments("tick size unknown, the check tick is off and the multiplier may be wrong, see " +
            "record --instruments", symbols);
    }

    /**
     * Writes them as a list.
     *
     * @param json to write to.
     */
    public void writeJson(final JsonOutput json)
    {
        json.startArray("unknownTicks");
        symbols.forEach(json::element);
        json.endArray();
    }
}
