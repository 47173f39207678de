package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;

/**
 * How far the orders of a recording with a gateway got, and how it left them.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param queued         new orders that the outbox took.
 * @param published      of them, on the ring.
 * @param journaled      of them, on tape.
 * @param sent           of them, handed to the gateway, or held back there and answered.
 * @param openBeforeEnd  orders that were open when the run came to its end in order, a cancel on its way or sent then.
 * @param openAtEnd      of those, whose end the venue had not told when the time was over; the others were cancelled,
 *                       filled or rejected.
 * @param kept           answers, and cancels of safe mode, that went to the side file.
 */
public record OrderFlow(
    long queued, long published, long journaled, long sent, int openBeforeEnd, int openAtEnd, long kept)
{
    void writeJson(final JsonOutput json)
    {
        json.startObject("gateway").number("queued", queued).number("published", published)
            .number("journaled", journaled).number("sent", sent).number("openBeforeEnd", openBeforeEnd)
            .number("openAtEnd", openAtEnd).number("kept", kept);
        json.endObject();
    }

    void writeText(final TextOutput text)
    {
        text.pair("gateway", Formats.count(queued) + " queued, " + Formats.count(published) + " published, " +
            Formats.count(journaled) + " journaled, " + Formats.count(sent) + " sent");
        if (openBeforeEnd > 0)
        {
            text.pair("at the end", Formats.count(openBeforeEnd) + " were open, " +
                Formats.count(openBeforeEnd - openAtEnd) + " of them ended, " + Formats.count(openAtEnd) +
                " still open");
        }
        if (kept > 0)
        {
            text.pair("kept", Formats.count(kept, "event") + " beside the tape");
        }
    }

    String warning()
    {
        return openAtEnd == 0 ? "" :
            "orders are open at the venue behind the end of the recording: openOrders=" + openAtEnd;
    }
}
