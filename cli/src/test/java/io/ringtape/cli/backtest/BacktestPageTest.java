package io.ringtape.cli.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.backtest.BacktestConfig;
import io.ringtape.backtest.BacktestCounts;
import io.ringtape.backtest.BacktestMoney;
import io.ringtape.backtest.BacktestResult;
import io.ringtape.backtest.FeeSchedule;
import io.ringtape.backtest.InstrumentResult;
import io.ringtape.backtest.LatencyModel;
import io.ringtape.backtest.QueueModel;
import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeEnd;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class BacktestPageTest
{
    @Test
    void shouldSayHowManyRowsAreLeftOut()
    {
        final String page = page(1_201);

        assertEquals(200, rows(page));
        assertTrue(page.contains(
            "<p class=\"quiet\">The first 200 rows; 1,001 more are in what --json prints.</p>"), page);
    }

    @Test
    void shouldSayNothingWhereAllRowsAreThere()
    {
        final String page = page(200);

        assertEquals(200, rows(page));
        assertFalse(page.contains("The first"), page);
    }

    private static int rows(final String page)
    {
        return page.split("<tr><td>", -1).length - 1;
    }

    private static String page(final int instruments)
    {
        final BacktestConfig config =
            BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0), FeeSchedule.FREE);
        final List<InstrumentResult> results = IntStream.range(0, instruments).mapToObj((id) -> new InstrumentResult(
            1, new InstrumentDefinition(id, "S" + id, 0, -9, 0, BookKind.MBP, 0, 1, 1, 1), QueueModel.PESSIMISTIC,
            BacktestCounts.NONE, BacktestMoney.NONE, 0, OrderBookEvent.NULL_PRICE, OrderBookEvent.NULL_PRICE, 0,
            List.of(), List.of())).toList();
        return BacktestPage.html(new BacktestReport(Path.of("tape"), "test", Map.of(),
            new BacktestResult(config, 1, 0, 0, 0, List.of(), BacktestCounts.NONE, BacktestMoney.NONE, List.of(),
                results, List.of(), 0, new TapeEnd(TapeEnd.Kind.CLOSED, "")),
            "none", 0, Optional.empty(), Optional.empty(), ""));
    }
}
