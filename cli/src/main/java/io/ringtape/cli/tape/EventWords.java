package io.ringtape.cli.tape;

import io.ringtape.cli.output.Formats;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.TradingStatus;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import io.ringtape.risk.RiskCheck;
import java.util.Optional;

/**
 * What an event says whose fields are codes and numbers of its own: controls, timers, trading status, and the detail of
 * a reject, which is known by the event before it.
 * <p>
 * Thread safety: none; one thread, one print.
 * Allocation: text for each event.
 */
public final class EventWords
{
    private boolean rejectInHand;

    EventWords()
    {
        // No event yet.
    }

    /**
     * The words of a kill of everybody.
     *
     * @param reason why.
     * @param symbol of the instrument that it is about; empty for none.
     * @return for example {@code kill all reason=stale instrument=AMZN}.
     */
    public static String killAll(final KillReason reason, final Optional<String> symbol)
    {
        return "kill all reason=" + reason.text() + symbol.map((name) -> " instrument=" + name).orElse("");
    }

    /**
     * Whether an event has neither an instrument nor a price, so that its words stand for its fields.
     *
     * @param type of the event.
     * @return true for a control, a timer, and the request of one.
     */
    static boolean replaceFields(final int type)
    {
        return type == EventType.CONTROL || type == EventType.TIMER || type == EventType.TIMER_REQUEST;
    }

    /**
     * The words of the next event.
     *
     * @param event       of any type.
     * @param definitions of its run.
     * @return for example {@code kill all reason=stall}; empty where the fields speak for themselves.
     */
    String next(final OrderBookEvent event, final Definitions definitions)
    {
        final boolean isOfReject = rejectInHand && event.type() == EventType.DETAIL;
        rejectInHand = event.type() == EventType.OWN_REJECTED;
        return isOfReject ? reject(event) : of(event, definitions);
    }

    private static String reject(final OrderBookEvent detail)
    {
        return "check=" + RiskCheck.text(detail.detail(0)) + " value=" + detail.detail(1) + " limit=" +
            detail.detail(2);
    }

    private static String of(final OrderBookEvent event, final Definitions definitions)
    {
        return switch (event.type())
        {
            case EventType.CONTROL -> control(event, definitions);
            case EventType.TIMER -> "id=" + event.orderId() + " deadline=" + Formats.time(event.price()) + " owner=" +
                EventText.source(event.quantity(), definitions);
            case EventType.TIMER_REQUEST -> "id=" + event.orderId() + (event.price() == OrderBookEvent.NULL_PRICE ?
                " cancelled" : " deadline=" + Formats.time(event.price())) + " request=" + event.quantity();
            case EventType.TRADING_STATUS -> status(event.price());
            default -> "";
        };
    }

    private static String control(final OrderBookEvent event, final Definitions definitions)
    {
        final long action = event.orderId();
        if (action == Control.LIMITS_CHANGED)
        {
            return "limits version=" + event.sourceSequence();
        }
        if (action == Control.END)
        {
            return "end";
        }
        final long scope = event.quantity();
        final boolean isKnown = scope == Control.ALL || scope == Control.ACCOUNT || scope == Control.STRATEGY;
        if (!isKnown || (action != Control.KILL && action != Control.ARM))
        {
            return "action=" + action + " scope=" + scope + " id=" + event.price();
        }
        if (action == Control.ARM)
        {
            return "arm " + whom(event, definitions);
        }
        return scope == Control.ALL ? killAll(event, definitions) :
            "kill " + whom(event, definitions) + " reason=" + KillReason.HAND.text();
    }

    private static String whom(final OrderBookEvent event, final Definitions definitions)
    {
        final long scope = event.quantity();
        return scope == Control.ALL ? "all" : scope == Control.ACCOUNT ? "account=" + event.price() :
            "strategy=" + EventText.source(event.price(), definitions);
    }

    private static String killAll(final OrderBookEvent event, final Definitions definitions)
    {
        final KillReason reason = KillReason.ofCode(event.price());
        return killAll(reason, reason == KillReason.STALE && event.has(EventFlags.OWN) ?
            Optional.of(EventText.symbol(event.instrumentId(), definitions)) : Optional.empty());
    }

    private static String status(final long code)
    {
        return code == TradingStatus.TRADING ? "trading" : code == TradingStatus.QUOTING ? "quoting" :
            code == TradingStatus.HALTED ? "halted" : "status=" + code;
    }
}
