package io.ringtape.cli.tape;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.io.PrintStream;

/**
 * Prints events of a tape as they stand there, void ones included, in memory that does not grow.
 * <p>
 * Thread safety: stateless.
 * Allocation: text for each event.
 */
public final class EventDump
{
    /**
     * How events are printed.
     */
    public enum Format
    {
        /** A table for a person. */
        TEXT,
        /** Comma-separated values with a header. */
        CSV,
        /** One JSON object whose {@code events} are an array. */
        JSON
    }

    private EventDump()
    {
    }

    /**
     * Prints events.
     *
     * @param tape   to read.
     * @param range  of events.
     * @param limit  most events that are printed.
     * @param format of the output.
     * @param out    to print to.
     * @return one line about the end of the tape, empty if the print ended before it or its last run was closed.
     * @throws io.ringtape.journal.TapeException if the tape is damaged, has a gap, or does not hold the range.
     */
    public static String print(
        final Tape tape, final TapeRange range, final long limit, final Format format, final PrintStream out)
    {
        try (TapeReader reader = tape.read(range, RunListener.NONE))
        {
            final EventPrinter printer = printer(format, out);
            final OrderBookEvent event = new OrderBookEvent();
            long left = limit;
            printer.start();
            while (left > 0 && reader.nextBlock())
            {
                final int count = (int)Math.min(left, reader.count());
                for (int i = 0; i < count; i++)
                {
                    printer.print(reader.event(i, event), reader.definitions());
                }
                left -= count;
            }
            printer.end();
            return left > 0 ? TapeEnds.notice(reader.end()) : "";
        }
    }

    private static EventPrinter printer(final Format format, final PrintStream out)
    {
        return switch (format)
        {
            case TEXT -> new EventTable(out);
            case CSV -> new EventCsv(out);
            case JSON -> new EventJson(out);
        };
    }
}
