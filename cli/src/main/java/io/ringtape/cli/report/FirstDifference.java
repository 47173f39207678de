package io.ringtape.cli.report;

import io.ringtape.cli.output.JsonOutput;

/**
 * The first place where a replay made something else than what the tape holds.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param sequence of the event that differs.
 * @param handler  that made it.
 * @param field    the first one that differs.
 * @param recorded the field's value on tape.
 * @param replayed the field's value now.
 */
public record FirstDifference(long sequence, String handler, String field, String recorded, String replayed)
{
    /**
     * Writes the difference as an object.
     *
     * @param json to write to.
     * @param key  of the object.
     */
    void writeJson(final JsonOutput json, final String key)
    {
        json.startObject(key).number("sequence", sequence).text("handler", handler).text("field", field)
            .text("recorded", recorded).text("replayed", replayed).endObject();
    }

    @Override
    public String toString()
    {
        return "sequence=" + sequence + " handler=" + handler + " field=" + field + " recorded=" + recorded +
            " replayed=" + replayed;
    }
}
