package io.ringtape.journal;

/**
 * What a repair copied.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param events        that were copied.
 * @param runs          that they belong to, those without an event among them.
 * @param firstSequence -1 without events.
 * @param lastSequence  -1 without events.
 * @param problem       what was wrong where the copy stops, or with what was copied, one line; empty if nothing was.
 * @param leftBehind    which runs stand behind the place where the copy stops, and whether they are whole, one line;
 *                      empty if none does.
 */
public record TapeCopy(
    long events, int runs, long firstSequence, long lastSequence, String problem, String leftBehind)
{
}
