package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Row;
import io.ringtape.cli.output.Formats;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the rows of a run have given so far, told to the listener as each ends, whatever ends it.
 * <p>
 * Thread safety: none.
 * Allocation: not for hot paths.
 */
final class Ledger
{
    private final List<Row> rows;
    private final double band;
    private final Matrix.Listener listener;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Costs> costs = new ArrayList<>();

    /**
     * An empty ledger.
     *
     * @param rows     of the run.
     * @param band     see {@link Plan#band()}.
     * @param listener is told at once that nothing is there.
     * @throws IOException if the listener fails.
     */
    Ledger(final List<Row> rows, final double band, final Matrix.Listener listener) throws IOException
    {
        this.rows = rows;
        this.band = band;
        this.listener = listener;
        tell(missing(0));
    }

    /** Opens the entry of the next row, which tells the listener when it is closed. */
    Entry open(final int index)
    {
        return new Entry(index);
    }

    private void tell(final String incomplete) throws IOException
    {
        listener.onRow(new Matrix.Measured(List.copyOf(outcomes), List.copyOf(costs), incomplete));
    }

    private String missing(final int done)
    {
        return done == rows.size() ? "" : done + " of " + Formats.count(rows.size(), "row");
    }

    /** One row, from its start to its end. Until it is said to be whole it is cut. */
    final class Entry implements Closeable
    {
        private final int index;
        private final Row row;
        private final List<Round> rounds = new ArrayList<>();
        private Optional<String> unfit = Optional.empty();
        private boolean isWhole;

        private Entry(final int index)
        {
            this.index = index;
            row = rows.get(index);
        }

        /** Where its rounds go as they end. */
        List<Round> rounds()
        {
            return rounds;
        }

        void unfit(final String reason)
        {
            unfit = Optional.of(reason);
            isWhole = true;
        }

        void whole(final boolean is)
        {
            isWhole = is;
        }

        @Override
        public void close() throws IOException
        {
            if (isWhole)
            {
                outcomes.addAll(unfit.map((reason) -> Outcome.unfit(row, reason))
                    .orElseGet(() -> Outcome.of(row, rounds, band)));
                costs.add(Costs.of(row, rounds, band));
                tell(missing(index + 1));
            }
            else if (rounds.isEmpty())
            {
                tell(missing(index));
            }
            else
            {
                outcomes.addAll(Outcome.cut(row, rounds, band));
                costs.add(Costs.of(row, List.of(), band));
                tell(missing(index) + " and " + Formats.count(rounds.size(), "round") + " of " + row.id());
            }
        }
    }
}
