package io.ringtape.backtest;

import io.ringtape.book.Books;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.Gateway;

/**
 * The {@link SimulatedVenue} behind a live bus: paper trading. It keeps books of its own, on the gateway's lane, so
 * that it sees each market event before and after they apply it, whatever the order lane does. Nothing takes time: an
 * order is at the venue when it is sent. Answers have the latest receive time of an input, bad times apart, as in a
 * backtest; ahead of the first good one that of what they answer. Hot path.
 * <p>
 * Thread safety: none; the gateway's thread.
 * Allocation: as books and venue.
 */
public final class SimulatedGateway implements Gateway
{
    private final Books books;
    private final SimulatedVenue venue;
    private final VenueClock clock = new VenueClock();

    /**
     * A venue without orders.
     *
     * @param definitions of the instruments; more may be added any time.
     * @param source      of the answers.
     * @param queueModel  what stands ahead of a resting order.
     * @param fees        what fills cost.
     * @param answers     takes each answer at once; it must not be full.
     */
    public SimulatedGateway(
        final Definitions definitions, final SourceDefinition source, final QueueModel queueModel,
        final FeeSchedule fees, final EventPublisher answers)
    {
        books = new Books(definitions);
        venue = new SimulatedVenue(definitions, books::book, queueModel, fees,
            new VenueAnswers(source.sourceId(), answers));
    }

    @Override
    public void onMarket(final OrderBookEvent event)
    {
        clock.advance(clock.next(event));
        final int type = event.type();
        // Timers and controls are no part of the market, and may come inside of a venue event.
        if (type == EventType.TIMER || type == EventType.CONTROL)
        {
            return;
        }
        venue.before(event);
        books.onEvent(event);
        venue.after(event, clock.at(event));
    }

    @Override
    public void send(final OrderBookEvent order, final OrderBookEvent detail)
    {
        venue.onNew(order, detail, clock.at(order));
    }

    @Override
    public void cancel(final OrderBookEvent cancel)
    {
        venue.onCancel(cancel, clock.at(cancel));
    }
}
