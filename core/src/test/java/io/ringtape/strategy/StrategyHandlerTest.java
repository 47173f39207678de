package io.ringtape.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.book.OrderBook;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.Control;
import io.ringtape.order.OrderSender;
import io.ringtape.order.OwnOrders;
import io.ringtape.order.OwnTimers;
import io.ringtape.order.Timers;
import io.ringtape.risk.RiskGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class StrategyHandlerTest
{
    private final Definitions definitions = new Definitions();
    private final Books books = new Books(definitions);
    private final List<OrderBook> seen = new ArrayList<>();
    private final List<Long> causes = new ArrayList<>();
    private final OwnOrders orders = new OwnOrders(
        0, new SourceDefinition(0, SourceDefinition.Kind.STRATEGY, "test", 0, 0, 0), definitions,
        RiskGate.builder(definitions, books::book).build(), this::offer);
    private final StrategyHandler handler = new StrategyHandler((event, book, sender) ->
    {
        seen.add(book);
        sender.newLimit(book.instrumentId(), Side.BID, 1, 1);
    }, orders, definitions, books::book);

    @Test
    void shouldHandOverTheBookOfTheEventAndMakeItTheCause()
    {
        define(0);
        define(1);

        handler.onEvent(event(1, 41));
        handler.onEvent(event(0, 42));
        handler.onEvent(event(1, 43));

        assertEquals(3, seen.size());
        assertSame(books.book(1), seen.get(0));
        assertSame(books.book(0), seen.get(1));
        assertSame(books.book(1), seen.get(2));
        assertEquals(List.of(41L, 42L, 43L), causes);
    }

    @Test
    void shouldNotDeliverAnEventOfAnInstrumentThatIsNotDefinedYet()
    {
        handler.onEvent(event(0, 41));
        handler.onEvent(event(-1, 42));
        assertEquals(0, seen.size());

        define(0);
        handler.onEvent(event(0, 43));

        assertEquals(1, seen.size());
    }

    @Test
    void shouldDeliverTheTimersOfTheStrategyAndNoOthers()
    {
        final List<Long> timersSeen = new ArrayList<>();
        final Timed strategy = new Timed(timersSeen);
        final StrategyHandler timed =
            new StrategyHandler(strategy, orders, new OwnTimers(orders, 4), definitions, books::book);
        define(0);

        timed.onEvent(event(0, 41));
        timed.onEvent(timer(0, 1, 7));
        timed.onEvent(timer(0, 7, 1).sourceId(1));
        timed.onEvent(timer(0, 7, 1));
        timed.onEvent(timer(0, 7, 1));

        assertEquals(List.of(7L), timersSeen);
        assertEquals(List.of(41L), causes);
    }

    @Test
    void shouldCancelWhatIsOpenWhereTheRunEnds()
    {
        final RiskGate gate = RiskGate.builder(definitions, books::book).build();
        final List<String> sent = new ArrayList<>();
        final OwnOrders ending = new OwnOrders(0, new SourceDefinition(
            0, SourceDefinition.Kind.STRATEGY, "test", 0, 0, 0), definitions, gate, (batch) ->
            {
                sent.add(EventType.name(batch.event(0).type()) + " " + batch.event(0).sourceSequence());
                return EventPublisher.ACCEPTED;
            });
        define(0);
        gate.onEvent(new EventBatch(1).append().type(EventType.OWN_NEW).flags(EventFlags.OWN | Side.BID)
            .instrumentId(0).orderId(ClientOrderIds.of(0, 0, 1)).price(1).quantity(1));
        final StrategyHandler ended = new StrategyHandler((event, book, sender) -> seen.add(book), ending, definitions,
            books::book);

        ended.onEvent(control(Control.KILL, 41));
        assertEquals(List.of(), sent);
        ended.onEvent(control(Control.END, 42));

        assertEquals(List.of("own-cancel 42"), sent);
        assertEquals(List.of(), seen);
    }

    private static OrderBookEvent control(final int action, final long sequence)
    {
        return new EventBatch(1).append().type(EventType.CONTROL).orderId(action).quantity(Control.ALL).price(0)
            .sequence(sequence);
    }

    @Test
    void shouldDeliverAllTimersToAStrategyThatHasNone()
    {
        define(0);

        handler.onEvent(timer(0, 7, 1));

        assertEquals(1, seen.size());
    }

    @Test
    void shouldNameTheStrategyAndTheEventAtWhichItThrows()
    {
        final IllegalStateException boom = new IllegalStateException("boom");
        final Strategy strategy = (event, book, sender) ->
        {
            throw boom;
        };
        final StrategyHandler failing = new StrategyHandler(strategy, orders, definitions, books::book);
        define(0);

        final StrategyException failure =
            assertThrows(StrategyException.class, () -> failing.onEvent(event(0, 41)));

        assertEquals("strategy failed: class=" + strategy.getClass().getName() +
            " sequence=41 type=order-add reason=java.lang.IllegalStateException: boom", failure.getMessage());
        assertEquals(strategy.getClass().getName(), failure.strategy());
        assertSame(boom, failure.getCause());
    }

    @Test
    void shouldSayWhatAStaticInitialiserThrew()
    {
        final IllegalStateException boom = new IllegalStateException("boom");
        final StrategyHandler failing = new StrategyHandler((event, book, sender) ->
        {
            throw new ExceptionInInitializerError(boom);
        }, orders, definitions, books::book);
        define(0);

        final StrategyException failure =
            assertThrows(StrategyException.class, () -> failing.onEvent(event(0, 41)));

        assertSame(boom, failure.getCause());
        assertTrue(failure.getMessage().endsWith(" reason=java.lang.IllegalStateException: boom"),
            failure.getMessage());
    }

    @Test
    void shouldNameTheStrategyThatThrowsWhenItGetsItsTimers()
    {
        final Strategy strategy = new Strategy()
        {
            @Override
            public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
            {
                throw new UnsupportedOperationException();
            }

            @Override
            public void useTimers(final Timers timers)
            {
                throw new NoClassDefFoundError("my/Clock");
            }
        };

        assertEquals("strategy failed: class=" + strategy.getClass().getName() +
            " in=useTimers reason=java.lang.NoClassDefFoundError: my/Clock",
            assertThrows(StrategyException.class, () -> new StrategyHandler(
                strategy, orders, new OwnTimers(orders, 1), definitions, books::book)).getMessage());
    }

    @Test
    void shouldLetAnErrorOfTheLibraryOutThatTheStrategyCalled()
    {
        final AssertionError error = new AssertionError("odd");
        final StrategyHandler failing = new StrategyHandler((event, book, sender) ->
        {
            throw error;
        }, orders, definitions, books::book);
        define(0);
        error.setStackTrace(new StackTraceElement[]{frame("io.ringtape.risk.RiskGate"), frame("desk.Mine")});

        assertSame(error, assertThrows(AssertionError.class, () -> failing.onEvent(event(0, 41))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"desk.Mine", "io.ringtape.strategy.StrategyHandler", "io.ringtapes.Other", "Mine", ""})
    void shouldTakeAnyOtherErrorForTheStrategys(final String thrower)
    {
        final AssertionError error = new AssertionError("odd");
        final StrategyHandler failing = new StrategyHandler((event, book, sender) ->
        {
            throw error;
        }, orders, definitions, books::book);
        define(0);
        error.setStackTrace(thrower.isEmpty() ? new StackTraceElement[0] :
            new StackTraceElement[]{frame(thrower), frame("io.ringtape.risk.RiskGate")});

        assertSame(error,
            assertThrows(StrategyException.class, () -> failing.onEvent(event(0, 41))).getCause());
    }

    @Test
    void shouldTakeAnErrorForTheStrategysThatIsOfItsOwnPackageOrAStackThatOverflows()
    {
        final AssertionError own = new AssertionError("odd");
        own.setStackTrace(new StackTraceElement[]{frame("io.ringtape.event.Mine")});
        final StackOverflowError deep = new StackOverflowError();
        deep.setStackTrace(new StackTraceElement[]{frame("io.ringtape.risk.RiskGate")});

        assertSame(own, StrategyException.reason(OrderBookEvent.class, own));
        assertSame(deep, StrategyException.reason(OrderBookEvent.class, deep));
    }

    @Test
    void shouldLetAnErrorOfTheJvmOutAsItIs()
    {
        final OutOfMemoryError error = new OutOfMemoryError("none left");
        final StrategyHandler failing = new StrategyHandler((event, book, sender) ->
        {
            throw error;
        }, orders, definitions, books::book);
        define(0);

        assertSame(error, assertThrows(OutOfMemoryError.class, () -> failing.onEvent(event(0, 41))));
    }

    private static StackTraceElement frame(final String className)
    {
        return new StackTraceElement(className, "onEvent", "Any.java", 1);
    }

    /** Asks for a timer at each trade. */
    private static final class Timed implements Strategy
    {
        private final List<Long> timersSeen;
        private Optional<Timers> timers = Optional.empty();

        Timed(final List<Long> timersSeen)
        {
            this.timersSeen = timersSeen;
        }

        @Override
        public void useTimers(final Timers mine)
        {
            timers = Optional.of(mine);
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            if (event.type() == EventType.TIMER)
            {
                timersSeen.add(event.orderId());
            }
            else
            {
                timers.orElseThrow().schedule(7, 100);
            }
        }
    }

    private static OrderBookEvent timer(final int owner, final long timerId, final long number)
    {
        return new EventBatch(1).append().type(EventType.TIMER).sourceId(owner).orderId(timerId)
            .sourceSequence(number);
    }

    private void define(final int instrumentId)
    {
        definitions.add(new InstrumentDefinition(instrumentId, "A", 0, -9, 0, BookKind.MBP, 0, 0, 0, 1));
    }

    private int offer(final EventBatch batch)
    {
        causes.add(batch.event(0).sourceSequence());
        return EventPublisher.ACCEPTED;
    }

    private static OrderBookEvent event(final int instrumentId, final long sequence)
    {
        return new EventBatch(1).append().type(EventType.ORDER_ADD).instrumentId(instrumentId).sequence(sequence);
    }
}
