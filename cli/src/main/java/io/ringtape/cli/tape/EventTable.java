package io.ringtape.cli.tape;

import io.ringtape.cli.output.Formats;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.io.PrintStream;

/**
 * Writes events as a table for a person; the columns are as wide as they usually need to be, because the tape may be
 * longer than memory.
 */
final class EventTable implements EventPrinter
{
    /** From the instrument to the order id. */
    private static final int WORDS_WIDTH = 16 + 4 + 14 + 12 + 20 + 4 * 2;

    private final PrintStream out;
    private final StringBuilder line = new StringBuilder(256);
    private final EventWords words = new EventWords();

    EventTable(final PrintStream out)
    {
        this.out = out;
    }

    @Override
    public void start()
    {
        right("sequence", 12);
        left("event time", 30);
        left("type", 14);
        left("instrument", 16);
        left("side", 4);
        right("price", 14);
        right("quantity", 12);
        right("order id", 20);
        right("source seq", 12);
        left("source", 16);
        line.append("  flags");
        print();
    }

    @Override
    public void print(final OrderBookEvent event, final Definitions definitions)
    {
        final String text = words.next(event, definitions);
        right(Long.toString(event.sequence()), 12);
        if (event.type() == EventType.DETAIL)
        {
            left("", 30);
            left(EventType.name(event.type()), 14);
            detail(event, text);
        }
        else
        {
            left(Formats.time(event.eventTimeNs()), 30);
            left(EventType.name(event.type()), 14);
            fields(event, definitions, text);
            right(EventText.sourceSequence(event), 12);
            left(EventText.source(event, definitions), 16);
        }
        line.append("  ").append(EventText.flags(event.flags(), " "));
        print();
    }

    private void fields(final OrderBookEvent event, final Definitions definitions, final String text)
    {
        if (EventWords.replaceFields(event.type()))
        {
            left(text, WORDS_WIDTH);
            return;
        }
        left(EventText.symbol(event, definitions), 16);
        left(Side.name(event.side()), 4);
        right(event.type() == EventType.TRADING_STATUS ? text : EventText.price(event, definitions), 14);
        right(EventText.quantity(event, definitions), 12);
        right(Long.toString(event.orderId()), 20);
    }

    private void detail(final OrderBookEvent event, final String text)
    {
        if (!text.isEmpty())
        {
            line.append("  ").append(text);
            return;
        }
        line.append(' ');
        for (int i = 0; i < OrderBookEvent.DETAIL_COUNT; i++)
        {
            line.append(' ').append(event.detail(i));
        }
    }

    @Override
    public void end()
    {
        out.flush();
    }

    private void left(final String cell, final int width)
    {
        separate();
        line.append(cell);
        pad(width - cell.length());
    }

    private void right(final String cell, final int width)
    {
        separate();
        pad(width - cell.length());
        line.append(cell);
    }

    private void separate()
    {
        if (line.length() > 0)
        {
            line.append("  ");
        }
    }

    private void pad(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            line.append(' ');
        }
    }

    private void print()
    {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ')
        {
            end--;
        }
        line.setLength(end);
        out.append(line.append('\n'));
        line.setLength(0);
    }
}
