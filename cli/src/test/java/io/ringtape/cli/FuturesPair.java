package io.ringtape.cli;

import io.ringtape.book.OrderBook;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.OrderSender;
import io.ringtape.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A capture of a future that stays at 5214 bid, 5214.25 offered, and a strategy that trades it.
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
final class FuturesPair
{
    private static final int ROWS = 8;

    private FuturesPair()
    {
    }

    /** Writes both files of a LOBSTER pair, and gives the one of messages. */
    static String write(final Path directory, final String symbol) throws IOException
    {
        final StringBuilder messages = new StringBuilder();
        final StringBuilder books = new StringBuilder();
        for (int row = 1; row <= ROWS; row++)
        {
            final boolean isAdd = row % 2 == 1;
            messages.append(34_200 + row).append(isAdd ? ".0,1," : ".0,3,").append((row + 1) / 2)
                .append(",10,52140000,1\n");
            books.append("52142500,100,52140000,").append(isAdd ? 110 : 100).append('\n');
        }
        Files.writeString(directory.resolve(symbol + "_2012-06-21_34200000_57600000_orderbook_1.csv"), books);
        return Files.writeString(
            directory.resolve(symbol + "_2012-06-21_34200000_57600000_message_1.csv"), messages).toString();
    }

    /**
     * Buys one at the offer, sells it at the bid, bids a billionth above the best, and then at the best: one order a
     * venue event.
     */
    public static final class Trader implements Strategy
    {
        private int orders;

        /**
         * A trader without a position.
         *
         * @param definitions of no use.
         */
        public Trader(final Definitions definitions)
        {
            // One unit, whatever the instrument.
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            if ((event.flags() & (EventFlags.LAST | EventFlags.OWN | EventFlags.SNAPSHOT)) != EventFlags.LAST)
            {
                return;
            }
            switch (orders++)
            {
                case 0 -> sender.newLimit(book.instrumentId(), Side.BID, book.bestAsk(), 1);
                case 1 -> sender.newLimit(book.instrumentId(), Side.ASK, book.bestBid(), 1);
                case 2 -> sender.newLimit(book.instrumentId(), Side.BID, book.bestBid() + 1, 1);
                case 3 -> sender.newLimit(book.instrumentId(), Side.BID, book.bestBid(), 1);
                default ->
                {
                }
            }
        }
    }
}
