package io.ringtape.cli.tape;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.io.PrintStream;
import java.util.OptionalLong;

/**
 * Writes one JSON object whose {@code events} are an array; nothing of it is kept in memory.
 */
final class EventJson implements EventPrinter
{
    private final EventWords words = new EventWords();
    private final JsonOutput json;
    private long count;

    EventJson(final PrintStream out)
    {
        json = new JsonOutput(out);
    }

    @Override
    public void start()
    {
        json.startArray("events");
    }

    @Override
    public void print(final OrderBookEvent event, final Definitions definitions)
    {
        json.startObject().number("sequence", event.sequence()).text("type", EventType.name(event.type()));
        if (event.type() == EventType.DETAIL)
        {
            json.startArray("values");
            for (int i = 0; i < OrderBookEvent.DETAIL_COUNT; i++)
            {
                json.element(OptionalLong.of(event.detail(i)));
            }
            json.endArray();
        }
        else
        {
            json.number("eventTimeNs", event.eventTimeNs()).number("receiveTimeNs", event.receiveTimeNs());
            value("price", EventText.price(event, definitions));
            value("quantity", EventText.quantity(event, definitions));
            json.number("orderId", event.orderId()).number("sourceSequence", event.sourceSequence());
        }
        value("side", Side.name(event.side()));
        value("instrument", EventText.symbol(event, definitions));
        value("source", EventText.source(event, definitions));
        json.text("flags", EventText.flags(event.flags(), "|"));
        final String text = words.next(event, definitions);
        if (!text.isEmpty())
        {
            json.text("text", text);
        }
        json.endObject();
        count++;
    }

    @Override
    public void end()
    {
        json.endArray().number("count", count).end();
    }

    private void value(final String key, final String text)
    {
        if (text.equals(Formats.NONE))
        {
            json.absent(key);
        }
        else
        {
            json.text(key, text);
        }
    }
}
