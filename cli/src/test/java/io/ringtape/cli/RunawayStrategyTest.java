package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.book.OrderBook;
import io.ringtape.cli.capture.CaptureFiles;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import io.ringtape.order.OrderSender;
import io.ringtape.strategy.Strategy;
import io.ringtape.strategy.StrategyParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A strategy that sends more than an outbox takes, or without end, ends a recording and its replay in one line. */
@Timeout(60)
final class RunawayStrategyTest
{
    private static final int MBO_SCHEMA = 0;
    private static final String FULL =
        "java.lang.IllegalStateException: outbox is full, more own events at one event than it takes: capacity=4096\n";

    private final TestTapes tapes = new TestTapes(RunawayStrategyTest.class);

    @Test
    void shouldEndARecordingOfOneThatFillsTheOutbox() throws IOException
    {
        assertEquals(failed(Fat.class, "sequence=0 type=order-add") + FULL, run("record", Fat.class, capture()));

        assertEquals(TapeStatus.OK, TapeVerifier.verify(tapes.directory()).status());
    }

    @Test
    void shouldEndTheReplayOfOneThatFillsTheOutbox() throws IOException
    {
        run("record", Fat.class, capture());

        assertEquals(failed(Fat.class, "sequence=0 type=order-add") + "java.lang.IllegalStateException: " +
            "more own events at one event than any outbox takes: events=1048576\n", run("replay", Fat.class));
    }

    @Test
    void shouldEndARecordingOfOneThatTakesNoNoticeOfTheFailure() throws IOException
    {
        assertEquals("ringtape: strategy went on behind its failure: reason=" + FULL,
            run("record", Deaf.class, capture()));
    }

    @Test
    void shouldEndARecordingOfOneThatAnswersItselfWithoutEnd() throws IOException
    {
        final String said = run("record", Loop.class, capture());

        assertEquals(failed(Loop.class, "sequence=N type=own-rejected") +
            "java.lang.IllegalStateException: strategy answers its own events without end: events=N\n",
            said.replaceAll("sequence=\\d+", "sequence=N").replaceAll("events=\\d+", "events=N"));
    }

    private static String failed(final Class<? extends Strategy> strategy, final String at)
    {
        return "ringtape: strategy failed: class=" + strategy.getName() + " " + at + " reason=";
    }

    private String run(final String command, final Class<? extends Strategy> strategy, final String... files)
    {
        final TestConsole console = new TestConsole();
        final List<String> all = new ArrayList<>(
            List.of(command, "--journal", tapes.directory().toString(), "--strategy", strategy.getName()));
        all.addAll(List.of(files));

        assertEquals(65, new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions())
            .run(all.toArray(String[]::new)), console.err());
        return console.err();
    }

    private String capture() throws IOException
    {
        final Path file = tapes.directory().resolveSibling("a.dbn");
        return Files.write(file, CaptureFiles.dbn(MBO_SCHEMA, 5, 1)).toString();
    }

    /** Sends at each event until it is refused. */
    public static final class Fat implements Strategy
    {
        /**
         * Sends at the first event already.
         *
         * @param definitions of no use.
         * @param parameters  none.
         */
        public Fat(final Definitions definitions, final StrategyParameters parameters)
        {
            // Nothing to keep.
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            long answer;
            do
            {
                answer = sender.newLimit(event.instrumentId(), Side.BID, 1, 1);
            }
            while (answer >= OrderSender.REJECTED);
        }
    }

    /** Goes on whatever is thrown. */
    public static final class Deaf implements Strategy
    {
        private final Fat fat;

        /**
         * As the other one.
         *
         * @param definitions of no use.
         * @param parameters  none.
         */
        public Deaf(final Definitions definitions, final StrategyParameters parameters)
        {
            fat = new Fat(definitions, parameters);
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            try
            {
                fat.onEvent(event, book, sender);
            }
            catch (final IllegalStateException e)
            {
                // What it must not do.
                return;
            }
        }
    }

    /** Sends an order that is rejected at each event, its own rejects too. */
    public static final class Loop implements Strategy
    {
        /**
         * Sends at the first event already.
         *
         * @param definitions of no use.
         * @param parameters  none.
         */
        public Loop(final Definitions definitions, final StrategyParameters parameters)
        {
            // Nothing to keep.
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            if (event.type() != EventType.DETAIL)
            {
                sender.newLimit(event.instrumentId(), Side.BID, 1, -1);
            }
        }
    }
}
