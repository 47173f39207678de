package io.ringtape.bench.page;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Statistics.Interval;
import java.util.ArrayList;
import java.util.List;

/**
 * What an event cost each peer of a row that was measured, ours first.
 *
 * @param row   that was measured.
 * @param costs of its peers.
 */
record PeerCosts(Row row, List<Cost> costs)
{
    /**
     * Gathers.
     *
     * @param outcomes of all rows, those of a row one after the other.
     * @return the rows that could be measured, in their order.
     */
    static List<PeerCosts> of(final List<Outcome> outcomes)
    {
        final List<PeerCosts> rows = new ArrayList<>();
        for (final Outcome outcome : outcomes)
        {
            if (Double.isNaN(outcome.ours().median()))
            {
                continue;
            }
            if (rows.isEmpty() || !rows.get(rows.size() - 1).row.id().equals(outcome.row().id()))
            {
                rows.add(new PeerCosts(outcome.row(), new ArrayList<>(
                    List.of(new Cost(outcome.row().peers().get(0).name(), outcome.ours())))));
            }
            rows.get(rows.size() - 1).costs.add(new Cost(outcome.peer().name(), outcome.theirs()));
        }
        return rows;
    }

    Measure measure()
    {
        return row.measure();
    }

    String title()
    {
        return row.id() + " " + row.what();
    }

    /**
     * What an event cost.
     *
     * @param peer     its name.
     * @param perEvent in the unit of the measure, with its interval.
     */
    record Cost(String peer, Interval perEvent)
    {
    }
}
