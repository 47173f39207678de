package io.ringtape.cli.faults;

import io.ringtape.cli.faults.VenueLink.Frame;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.AnswerWriter;
import io.ringtape.gateway.Gateway;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.risk.RiskCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A session with the venue of the parent process: a line out, and a thread of its own that reads the answers.
 */
final class LinkGateway implements Gateway
{
    private static final long ROOM_NS = 50_000;

    private final VenueLink link;
    private final BooleanSupplier isHalted;
    private final LongSupplier frontier;
    private long left;

    /**
     * A session that reads nothing yet.
     *
     * @param link     to the venue.
     * @param isHalted whether the bus has halted.
     * @param frontier that an order has to wait for.
     * @param at       the order with which it fails, from 1; 0 for none.
     */
    LinkGateway(final VenueLink link, final BooleanSupplier isHalted, final LongSupplier frontier, final long at)
    {
        left = at;
        this.link = link;
        this.isHalted = isHalted;
        this.frontier = frontier;
    }

    @Override
    public void send(final OrderBookEvent order, final OrderBookEvent detail)
    {
        final long reached = frontier.getAsLong();
        say(isHalted.getAsBoolean() ? VenueLink.LATE_SEND : VenueLink.SEND, order, order.quantity(), reached);
        if (--left == 0)
        {
            throw new IllegalStateException("made by a fault row");
        }
    }

    @Override
    public void cancel(final OrderBookEvent cancel)
    {
        say(isOwn(cancel) ? VenueLink.OWN_CANCEL : VenueLink.CANCEL, cancel, 0, 0);
    }

    /** Whether it is the gateway that cancels, and not the strategy whose order it is. */
    static boolean isOwn(final OrderBookEvent cancel)
    {
        return cancel.sourceId() != ClientOrderIds.strategy(cancel.orderId());
    }

    private void say(final int what, final OrderBookEvent own, final long a, final long c)
    {
        try
        {
            link.say(new Frame(what, own.orderId(), a, own.sequence(), c));
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("venue has gone", e);
        }
    }

    /** Starts to read what the venue answers. */
    void answer(final SourceDefinition source, final EventPublisher answers)
    {
        final Thread reading = new Thread(() -> read(new AnswerWriter(source.sourceId(), (batch) ->
        {
            int code = answers.offer(batch);
            while (code == EventPublisher.FULL)
            {
                InjectedPause.ofNs(ROOM_NS);
                code = answers.offer(batch);
            }
            return code;
        })), "fault-venue");
        reading.setDaemon(true);
        reading.start();
    }

    private void read(final AnswerWriter answers)
    {
        long timeNs = FaultTapes.START_NS;
        try
        {
            @Nullable Frame frame = link.read();
            while (frame != null)
            {
                timeNs++;
                write(frame, answers.at(timeNs).to(frame.id(), 0, Side.BID, frame.c()));
                frame = link.read();
            }
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("venue has gone", e);
        }
    }

    private static void write(final Frame frame, final AnswerWriter answers)
    {
        switch (frame.what())
        {
            case EventType.OWN_ACCEPTED -> answers.accepted(1, frame.a());
            case EventType.OWN_REJECTED -> answers.rejected(1, frame.a(), RiskCheck.VENUE.code(), 1, 0);
            case EventType.OWN_FILL -> answers.filled(1, frame.a(), true, frame.id(), frame.b(), 0);
            case EventType.OWN_CANCELLED -> answers.cancelled(1, frame.a());
            default -> throw new IllegalStateException("venue says what nobody knows: " + frame);
        }
    }
}
