package io.ringtape.backtest;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.TimerQueue;
import io.ringtape.event.VenueEvents;
import io.ringtape.journal.RunInfo;
import io.ringtape.order.OwnOrders;
import io.ringtape.strategy.StrategyException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a backtest: the one order of its market events, messages, answers and timers. Hot path.
 * <p>
 * It stands in the place of ring and writer: it numbers all that the handlers get, and lets nothing of the strategy's
 * between the events of one venue event.
 * <p>
 * Thread safety: none; the thread of the backtest.
 * Allocation: on construction, and as handlers, venue and accounts do.
 */
final class BacktestRun
{
    private final OrderBookEvent event = new EventBatch(1).append();
    private final OrderBookEvent own = new EventBatch(1).append();
    private final OrderBookEvent detail = new EventBatch(1).append();
    private final VenueClock clock = new VenueClock();
    private final VenueEvents venueEvents = new VenueEvents();
    private final DueEvents made = new DueEvents();
    private final DueEvents toVenue = new DueEvents();
    private final DueEvents toStrategy = new DueEvents();
    private final TimerQueue timers;
    private final LatencyModel latency;
    private final RunInfo run;
    private final BacktestHandlers handlers;
    private final SimulatedVenue venue;
    private final RunAccounts accounts;
    private final BacktestTotals totals;
    private final RunKill kill;
    private long nextSequence = -1;
    private long tapeSequence;
    private long messageCount;
    private long answerCount;
    private long lastArrivalNs = Long.MIN_VALUE;
    private long lastAnswerNs = Long.MIN_VALUE;
    private int ownSinceInput;
    private int madeType;
    private boolean marketInHand;
    private boolean started;

    BacktestRun(
        final RunInfo run, final Definitions definitions, final BacktestHandlers.Factory factory,
        final BacktestConfig config, final BacktestTotals totals, final FillListener listener)
    {
        this.run = run;
        this.totals = totals;
        kill = new RunKill(run.runId(), definitions);
        latency = config.latency();
        timers = new TimerQueue(config.timers());
        handlers = factory.create(run, definitions, this::onMade);
        venue = new SimulatedVenue(definitions, handlers.books()::book, config.queueModel(), config.fees(),
            this::onAnswer);
        accounts = new RunAccounts(definitions, handlers.books(), config, totals, listener);
    }

    /**
     * Takes an event of the tape, in order.
     *
     * @param recorded any.
     * @param inRange  whether the strategy gets it; before the range it only makes books and gate know the market.
     */
    void onEvent(final OrderBookEvent recorded, final boolean inRange)
    {
        try
        {
            take(recorded, inRange);
        }
        catch (final ArithmeticException e)
        {
            throw tooLarge(e);
        }
    }

    private void take(final OrderBookEvent recorded, final boolean inRange)
    {
        final int type = recorded.type();
        if (!isMarket(recorded, type))
        {
            return;
        }
        final long timeNs = clock.next(recorded);
        if (nextSequence < 0)
        {
            nextSequence = recorded.sequence();
        }
        if (inRange)
        {
            started = true;
            if (venueEvents.comesBetween(type))
            {
                catchUp(timeNs);
            }
        }
        tapeSequence = recorded.sequence();
        clock.advance(timeNs);
        event.copyFrom(recorded).sequence(nextSequence++);
        if (inRange)
        {
            onMarket(type);
        }
        else
        {
            // It has no orders yet, and takes what is traded and what is not.
            venue.before(event);
            handlers.books().onEvent(event);
            handlers.risk().onEvent(event);
            venueEvents.onEvent(event);
        }
    }

    /** The range or the run has ended; what is not due yet does not come any more, nor inside of a venue event. */
    void end()
    {
        if (started)
        {
            try
            {
                if (!venueEvents.isOpen())
                {
                    catchUp(clock.nowNs());
                }
            }
            catch (final ArithmeticException e)
            {
                throw tooLarge(e);
            }
            final List<InstrumentResult> results = accounts.results(run.runId(), venue);
            kill.result(results).ifPresent(totals::onKill);
            totals.endRun(run.runId(), results);
        }
    }

    // A fee or a position of a fill: the message names the instrument and the numbers.
    private BacktestException tooLarge(final ArithmeticException e)
    {
        return new BacktestException(e.getMessage() + " tapeSequence=" + tapeSequence, e);
    }

    // Own events are made anew, timers too, and what a live operator did is not the market.
    private boolean isMarket(final OrderBookEvent recorded, final int type)
    {
        if (type == EventType.DETAIL)
        {
            return marketInHand;
        }
        marketInHand = !recorded.has(EventFlags.OWN) && type != EventType.TIMER && type != EventType.CONTROL &&
            type != EventType.VOID;
        return marketInHand;
    }

    private void onMarket(final int type)
    {
        totals.onMarket(clock.nowNs());
        ownSinceInput = 0;
        venue.before(event);
        handlers.books().onEvent(event);
        if (type <= EventType.BOOK_CLEAR)
        {
            accounts.touch(event.instrumentId());
        }
        venueEvents.onEvent(event);
        if (!venueEvents.isOpen())
        {
            // Ahead of the fills, which are valued at the book behind the venue event, not at the one before it.
            accounts.mark(clock.nowNs());
        }
        venue.after(event, clock.at(event));
        deliver(event);
    }

    // Behind a venue event and its details: what came of it leaves first. Then what is due first comes first: at the
    // venue, then at the strategy, then timers where they are due together.
    private void catchUp(final long untilNs)
    {
        while (true)
        {
            drain();
            final long arrivalNs = toVenue.dueNs();
            final long answerNs = toStrategy.dueNs();
            if (!toVenue.isEmpty() && arrivalNs <= untilNs && arrivalNs <= answerNs && !isTimerBefore(arrivalNs))
            {
                clock.advance(arrivalNs);
                arrive();
            }
            else if (!toStrategy.isEmpty() && answerNs <= untilNs && !isTimerBefore(answerNs))
            {
                clock.advance(answerNs);
                answer();
            }
            else if (timers.isDue(untilNs))
            {
                timer();
            }
            else
            {
                return;
            }
        }
    }

    // Before the first good time nothing is.
    private boolean isTimerBefore(final long timeNs)
    {
        return timeNs != Long.MIN_VALUE && timers.isDue(timeNs - 1);
    }

    private void arrive()
    {
        toVenue.take(own);
        if (own.type() == EventType.OWN_NEW)
        {
            toVenue.take(detail);
            venue.onNew(own, detail, clock.at(own));
            return;
        }
        final long before = venue.lateCancels();
        venue.onCancel(own, clock.at(own));
        if (venue.lateCancels() != before)
        {
            accounts.onLateCancel(own.instrumentId());
        }
    }

    private void answer()
    {
        toStrategy.take(own);
        final boolean single = own.has(EventFlags.LAST);
        deliverOwn(own.receiveTimeNs(clock.at(own)));
        if (!single)
        {
            toStrategy.take(own);
            deliverOwn(own);
        }
    }

    private void timer()
    {
        timers.take(own);
        // As an input that time came to; one whose deadline had passed is still of the input before it.
        ownSinceInput = own.receiveTimeNs() > clock.nowNs() ? 0 : ownSinceInput;
        clock.advance(own.receiveTimeNs());
        totals.onTimer();
        own.receiveTimeNs(clock.nowNs()).sequence(nextSequence++);
        deliver(own);
    }

    // What the strategy made passes the handlers as it would on a ring, and leaves.
    private void drain()
    {
        while (!made.isEmpty())
        {
            made.take(own);
            deliverOwn(own);
            accounts.onOwn(own);
            send(own);
        }
    }

    private void send(final OrderBookEvent message)
    {
        switch (message.type())
        {
            case EventType.OWN_NEW, EventType.OWN_CANCEL ->
            {
                lastArrivalNs = Math.max(lastArrivalNs, clock.in(latency.toVenueNs(messageCount++)));
                toVenue.add(message, lastArrivalNs);
            }
            case EventType.DETAIL ->
            {
                if (madeType == EventType.OWN_NEW)
                {
                    toVenue.add(message, lastArrivalNs);
                }
            }
            case EventType.TIMER_REQUEST ->
            {
                if (!timers.apply(message))
                {
                    throw new BacktestException("no room for a timer: sequence=" + message.sequence() + " timers=" +
                        timers.size(), null);
                }
            }
            default ->
            {
                // A reject of the gate goes nowhere.
            }
        }
        madeType = message.type();
    }

    private void deliverOwn(final OrderBookEvent message)
    {
        totals.onOwn();
        if (++ownSinceInput > OwnOrders.MOST_AT_ONE_INPUT)
        {
            throw new BacktestException("strategy answers its own events without end: sequence=" + nextSequence +
                " tapeSequence=" + tapeSequence, null);
        }
        deliver(message.sequence(nextSequence++));
    }

    private void deliver(final OrderBookEvent message)
    {
        handlers.risk().onEvent(message);
        try
        {
            handlers.strategy().onEvent(message);
        }
        catch (final StrategyException e)
        {
            throw failed(e.strategy(), message, e.getCause());
        }
        catch (final RuntimeException | Error e)
        {
            final Class<?> strategy = handlers.strategy().getClass();
            throw failed(strategy.getName(), message, StrategyException.reason(strategy, e));
        }
    }

    // The numbers of a backtest's events are its own: the tape's is the one to look for.
    private BacktestException failed(
        final String strategy, final OrderBookEvent message, final @Nullable Throwable thrown)
    {
        return new BacktestException("strategy failed: class=" + strategy + " tapeSequence=" + tapeSequence + " type=" +
            EventType.name(message.type()) + " reason=" + thrown, thrown);
    }

    private int onMade(final EventBatch batch)
    {
        for (int i = 0; i < batch.count(); i++)
        {
            made.add(batch.event(i), clock.nowNs());
        }
        kill.onMade(batch);
        final OrderBookEvent first = batch.event(0);
        // The gate's only control, at the event in hand.
        if (first.type() == EventType.CONTROL)
        {
            kill.onKill(first, tapeSequence, clock.nowNs());
            accounts.onKill(clock.nowNs());
        }
        return EventPublisher.ACCEPTED;
    }

    private int onAnswer(final EventBatch batch)
    {
        accounts.onAnswer(batch, tapeSequence, clock.nowNs());
        kill.onAnswer(batch);
        lastAnswerNs = Math.max(lastAnswerNs, clock.in(latency.fromVenueNs(answerCount++)));
        for (int i = 0; i < batch.count(); i++)
        {
            toStrategy.add(batch.event(i), lastAnswerNs);
        }
        return EventPublisher.ACCEPTED;
    }
}
