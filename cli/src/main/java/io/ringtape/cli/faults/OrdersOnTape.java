package io.ringtape.cli.faults;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.risk.RiskCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a tape knows of orders, over all its runs.
 */
final class OrdersOnTape
{
    private static final int CHECK = 0;
    private static final int LEFT = 2;

    private final Set<Long> orders = new HashSet<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Long> cancels = new ArrayList<>();
    private boolean isFilling;
    private boolean isRejecting;

    private OrdersOnTape()
    {
    }

    /** Reads a tape to its end. */
    static OrdersOnTape of(final Path tape)
    {
        final OrdersOnTape found = new OrdersOnTape();
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    if (event.has(EventFlags.OWN))
                    {
                        found.add(event, reader.definitions().source(event.sourceId()).kind());
                    }
                }
            }
        }
        return found;
    }

    private void add(final OrderBookEvent event, final SourceDefinition.Kind kind)
    {
        final int type = event.type();
        if (kind == SourceDefinition.Kind.STRATEGY)
        {
            if (type == EventType.OWN_NEW)
            {
                orders.add(event.orderId());
            }
        }
        else if (type == EventType.OWN_CANCEL)
        {
            cancels.add(event.orderId());
        }
        else if (type != EventType.DETAIL)
        {
            answers.add(new Answer(type, event.orderId(), event.quantity(), Answer.NOTHING));
            isFilling = type == EventType.OWN_FILL;
            isRejecting = type == EventType.OWN_REJECTED;
        }
        else if (isFilling)
        {
            final Answer fill = answers.remove(answers.size() - 1);
            answers.add(new Answer(fill.type(), fill.id(), fill.quantity(), event.detail(LEFT)));
            isFilling = false;
        }
        else if (isRejecting && event.detail(CHECK) == RiskCheck.GATEWAY.code())
        {
            // Held back: no venue has seen the order.
            answers.remove(answers.size() - 1);
            isRejecting = false;
        }
    }

    /** The orders that strategies sent. */
    Set<Long> orders()
    {
        return orders;
    }

    /** What gateways handed on of their venues' answers, in its order. */
    List<Answer> answers()
    {
        return answers;
    }

    /** The orders that gateways cancelled by themselves, in their order. */
    List<Long> cancels()
    {
        return cancels;
    }
}
