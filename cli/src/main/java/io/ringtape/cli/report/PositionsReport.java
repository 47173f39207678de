package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The positions and the open orders of a run at a sequence.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param runId      of the run; empty if no run has an event.
 * @param sequence   of the last event that counts; -1 for none.
 * @param hasGateway whether a venue had the orders.
 * @param day        the last UTC day of the run, {@link Formats#NONE} if no event has a time.
 * @param positions  of each account and instrument.
 * @param orders     by client order id.
 * @param kept       events of the gateway that are beside the tape and on none, so that they do not count here.
 * @param file       that was written; empty for none.
 */
public record PositionsReport(
    OptionalLong runId, long sequence, boolean hasGateway, String day, PositionsTable positions,
    List<OpenOrder> orders, long kept, Optional<Path> file) implements Report
{
    /**
     * Makes the list its own.
     */
    public PositionsReport
    {
        orders = List.copyOf(orders);
    }

    /**
     * An own order whose end is not on tape.
     *
     * @param clientOrderId of the order.
     * @param strategy      its source on tape.
     * @param account       of the strategy.
     * @param instrument    its name, see {@link InstrumentNames}.
     * @param side          {@code buy} or {@code sell}.
     * @param price         a plain decimal, {@link Formats#NONE} at market.
     * @param quantity      open, a plain decimal.
     * @param state         {@code new}, {@code accepted}, {@code part-filled} or {@code cancel-sent}.
     * @param sequence      of its last event.
     */
    public record OpenOrder(
        long clientOrderId, String strategy, int account, String instrument, String side, String price,
        String quantity, String state, long sequence)
    {
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.number("run", runId).number("sequence", sequence).flag("gateway", hasGateway).textOrNull("day", day);
        positions.writeJson(json);
        json.startArray("orders");
        for (final OpenOrder order : orders)
        {
            json.startObject().number("clientOrderId", order.clientOrderId()).text("strategy", order.strategy())
                .number("account", order.account()).text("instrument", order.instrument())
                .text("side", order.side()).textOrNull("price", order.price())
                .text("quantity", order.quantity()).text("state", order.state())
                .number("sequence", order.sequence()).endObject();
        }
        json.endArray().number("keptEvents", kept);
        file.ifPresent((path) -> json.text("file", path.toString()));
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line(runId.isEmpty() ? "No run has an event" : "Run " + runId.getAsLong() + " at sequence " +
            Formats.count(sequence) + ", day " + day + (hasGateway ? "" : ", no gateway: no venue had its orders"));
        positions.writeText(text);
        text.heading("Open orders");
        if (orders.isEmpty())
        {
            text.line("  none");
        }
        else
        {
            final List<List<String>> rows = new ArrayList<>();
            for (final OpenOrder order : orders)
            {
                rows.add(List.of(Long.toString(order.clientOrderId()), order.strategy(),
                    Integer.toString(order.account()), order.instrument(), order.side(), order.price(),
                    order.quantity(), order.state(), Formats.count(order.sequence())));
            }
            text.table(List.of(
                "client order id", "strategy", "account", "instrument", "side", "price", "open", "state", "sequence"),
                rows);
        }
        file.ifPresent((path) -> text.pair("file", path.toString()));
        text.end();
    }

    @Override
    public String warning()
    {
        return kept == 0 ? "" : "the gateway kept events beside the tape that do not count here, the next record " +
            "puts them on tape: keptEvents=" + kept;
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }
}
