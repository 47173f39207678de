package io.ringtape.cli.backtest;

import io.ringtape.backtest.FillListener;
import io.ringtape.cli.output.Formats;
import io.ringtape.event.EventFlags;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.io.PrintStream;

/**
 * Writes the fills of a backtest as CSV, a line each, with a heading; decimals are exact.
 * <p>
 * Thread safety: the thread of the backtest.
 * Allocation: text for each fill.
 */
final class FillsCsv implements FillListener
{
    private static final int EXECUTION = 1;
    private static final int LEAVES = 2;
    private static final int FEE = 3;
    private static final int NANO = -9;

    private final PrintStream out;

    FillsCsv(final PrintStream out)
    {
        this.out = out;
        out.print("time,tape_sequence,instrument_id,symbol,side,price,quantity,fee,position,liquidity," +
            "client_order_id,execution_id,leaves_quantity\n");
    }

    @Override
    public void onFill(
        final InstrumentDefinition instrument, final OrderBookEvent fill, final OrderBookEvent detail,
        final long tapeSequence, final long position)
    {
        final int exponent = instrument.quantityExponent();
        out.print(Formats.time(fill.receiveTimeNs()) + ',' + tapeSequence + ',' + instrument.instrumentId() + ',' +
            quoted(instrument.symbol()) + ',' + (fill.side() == Side.BID ? "buy" : "sell") + ',' +
            Formats.price(fill.price(), instrument.priceExponent()) + ',' +
            Formats.quantity(fill.quantity(), exponent) + ',' + Formats.price(detail.detail(FEE), NANO) + ',' +
            Formats.quantity(position, exponent) + ',' + (fill.has(EventFlags.MAKER) ? "maker" : "taker") + ',' +
            fill.orderId() + ',' + detail.detail(EXECUTION) + ',' +
            Formats.quantity(detail.detail(LEAVES), exponent) + '\n');
    }

    private static String quoted(final String text)
    {
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0 ? text :
            '"' + text.replace("\"", "\"\"") + '"';
    }
}
