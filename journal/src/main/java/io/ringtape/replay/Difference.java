package io.ringtape.replay;

/**
 * The first place where the handlers of a replay made something else than what is on tape.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param sequence of the event on tape that differs; of the cause, if the replay made an output that is not on tape; of
 *                 the event on tape that comes instead, if a timer is missing.
 * @param handler  what made the output: {@code risk} for rejects, else the name of the strategy.
 * @param field    the first field that differs, or {@code type} where one side has no output at all.
 * @param recorded the field's value on tape, or {@code none}.
 * @param replayed the field's value now, or {@code none}.
 */
public record Difference(long sequence, String handler, String field, String recorded, String replayed)
{
    /** Stands for the value of an output that one side does not have. */
    public static final String NONE = "none";

    @Override
    public String toString()
    {
        return "sequence=" + sequence + " handler=" + handler + " field=" + field + " recorded=" + recorded +
            " replayed=" + replayed;
    }
}
