package io.ringtape.cli.tape;

import io.ringtape.cli.output.Formats;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.io.PrintStream;

/**
 * Writes events as comma-separated values; times are ns since the epoch, prices and quantities plain decimals, and
 * what an event does not have is empty. The last column has the words of {@link EventWords}.
 */
final class EventCsv implements EventPrinter
{
    private final PrintStream out;
    private final EventWords words = new EventWords();
    private final StringBuilder line = new StringBuilder(256);

    EventCsv(final PrintStream out)
    {
        this.out = out;
    }

    @Override
    public void start()
    {
        out.print("sequence,type,eventTimeNs,receiveTimeNs,instrument,side,price,quantity,orderId,source," +
            "sourceSequence,flags,detail0,detail1,detail2,detail3,detail4,detail5,text\n");
    }

    @Override
    public void print(final OrderBookEvent event, final Definitions definitions)
    {
        final boolean detail = event.type() == EventType.DETAIL;
        line.setLength(0);
        line.append(event.sequence()).append(',').append(EventType.name(event.type())).append(',');
        if (detail)
        {
            line.append(",,");
        }
        else
        {
            line.append(event.eventTimeNs()).append(',').append(event.receiveTimeNs()).append(',');
        }
        value(EventText.symbol(event, definitions));
        line.append(event.side() == Side.NONE ? "" : Side.name(event.side())).append(',');
        if (detail)
        {
            line.append(",,,");
        }
        else
        {
            value(EventText.price(event, definitions));
            value(EventText.quantity(event, definitions));
            line.append(event.orderId()).append(',');
        }
        value(EventText.source(event, definitions));
        line.append(detail ? "" : Long.toString(event.sourceSequence())).append(',')
            .append(EventText.flags(event.flags(), "|"));
        for (int i = 0; i < OrderBookEvent.DETAIL_COUNT; i++)
        {
            line.append(',').append(detail ? Long.toString(event.detail(i)) : "");
        }
        line.append(',');
        quoted(words.next(event, definitions));
        out.append(line.append('\n'));
    }

    @Override
    public void end()
    {
        out.flush();
    }

    private void value(final String text)
    {
        quoted(text.equals(Formats.NONE) ? "" : text);
        line.append(',');
    }

    private void quoted(final String text)
    {
        final boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0;
        line.append(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    }
}
