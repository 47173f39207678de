package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.cli.settings.NextPositions;
import io.ringtape.event.Definitions;
import io.ringtape.risk.Holding;
import io.ringtape.risk.Holdings;
import io.ringtape.risk.OpeningPositions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The positions of a run as its risk gate counts them, whether it has just been recorded or is read from its tape.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param rows by account and instrument; behind them what the run started with of instruments that did not come.
 */
public record PositionsTable(List<PositionRow> rows)
{
    /**
     * Makes the list its own.
     */
    public PositionsTable
    {
        rows = List.copyOf(rows);
    }

    /**
     * The positions of a run.
     *
     * @param holdings    of its gate.
     * @param opening     that the gate started with.
     * @param definitions of the run.
     * @return the table.
     */
    public static PositionsTable of(
        final Holdings holdings, final OpeningPositions opening, final Definitions definitions)
    {
        final InstrumentNames names = names(definitions);
        final List<PositionRow> rows = new ArrayList<>();
        for (final Holding holding : holdings.held())
        {
            rows.add(PositionRow.of(holding, opening.exactQuantity(holding, definitions), names.name(
                holding.instrument().symbol(), holding.instrument().instrumentId())));
        }
        NextPositions.waiting(holdings, opening, definitions).forEach((symbol, accounts) -> accounts.forEach(
            (account, position) -> rows.add(PositionRow.of(account, symbol, position))));
        return new PositionsTable(rows);
    }

    /**
     * What the instruments of a run are called.
     *
     * @param definitions of the run.
     * @return their names.
     */
    public static InstrumentNames names(final Definitions definitions)
    {
        return new InstrumentNames(IntStream.range(0, definitions.instrumentCount())
            .mapToObj((id) -> definitions.instrument(id).symbol()).toList());
    }

    void writeJson(final JsonOutput json)
    {
        json.startArray("positions");
        for (final PositionRow row : rows)
        {
            json.startObject().number("account", row.account()).text("instrument", row.instrument())
                .text("position", row.quantity()).textOrNull("averagePrice", row.averagePrice())
                .textOrNull("mark", row.mark());
            writeAmount(json, "realised", row.realisedNano(), row.isKnown());
            writeAmount(json, "unrealised", row.unrealisedNano(), row.isKnown());
            writeAmount(json, "fees", row.feesNano(), row.isKnown());
            writeAmount(json, "today", row.dayNano(), row.isKnown());
            json.endObject();
        }
        json.endArray();
    }

    void writeText(final TextOutput text)
    {
        text.heading("Positions");
        if (rows.isEmpty())
        {
            text.line("  none");
            return;
        }
        final List<List<String>> cells = new ArrayList<>();
        for (final PositionRow row : rows)
        {
            cells.add(List.of(row.instrument(), Integer.toString(row.account()), row.quantity(), row.averagePrice(),
                row.mark(), money(row.realisedNano(), row), money(row.unrealisedNano(), row),
                money(row.feesNano(), row), money(row.dayNano(), row)));
        }
        text.table(List.of("instrument", "account", "position", "average", "mark", "realised", "unrealised", "fees",
            "today"), cells);
    }

    private static String money(final long nano, final PositionRow row)
    {
        return row.isKnown() ? Formats.money(nano) : Formats.NONE;
    }

    private static void writeAmount(
        final JsonOutput json, final String key, final long nano, final boolean isKnown)
    {
        json.textOrNull(key, isKnown ? Formats.nano(nano) : Formats.NONE);
    }
}
