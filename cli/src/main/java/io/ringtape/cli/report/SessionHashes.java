package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;

/**
 * The three hashes by which two sessions are the same.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param events  over the input events.
 * @param outputs over the own events.
 * @param books   over the books at the end of the last run.
 */
public record SessionHashes(long events, long outputs, long books)
{
    void writeJson(final JsonOutput json)
    {
        json.hash("eventHash", events).hash("outputHash", outputs).hash("bookHash", books);
    }

    void writeText(final TextOutput text, final String ofTape, final String ofHandlers)
    {
        text.pair("event hash", Formats.hash(events) + ofTape)
            .pair("output hash", Formats.hash(outputs) + ofHandlers)
            .pair("book hash", Formats.hash(books) + ofHandlers);
    }
}
