package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.risk.RiskCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * How many orders a check of the risk gate rejected.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param check name of the check, see {@link RiskCheck#text()}.
 * @param count at least 1.
 */
public record CheckCount(String check, long count)
{
    /**
     * The checks that rejected an order.
     *
     * @param counts how many a check rejected.
     * @return those above 0, in the order in which they are made.
     */
    public static List<CheckCount> of(final ToLongFunction<RiskCheck> counts)
    {
        final List<CheckCount> present = new ArrayList<>();
        for (final RiskCheck check : RiskCheck.values())
        {
            final long count = counts.applyAsLong(check);
            if (count > 0)
            {
                present.add(new CheckCount(check.text(), count));
            }
        }
        return List.copyOf(present);
    }

    static String text(final List<CheckCount> checks)
    {
        return checks.stream().map((check) -> check.check() + " " + Formats.count(check.count()))
            .collect(Collectors.joining(", "));
    }

    static void writeJson(final JsonOutput json, final List<CheckCount> checks)
    {
        json.startObject("rejectsByCheck");
        for (final CheckCount check : checks)
        {
            json.number(check.check(), check.count());
        }
        json.endObject();
    }
}
