package io.ringtape.journal;

/**
 * The result of a verification.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param status        what was found.
 * @param events        whole events, up to the first damage.
 * @param firstSequence of them, or -1.
 * @param lastSequence  of them, or -1.
 * @param runs          that were read, the one with the damage included.
 * @param detail        one line for a person.
 */
public record TapeReport(
    TapeStatus status, long events, long firstSequence, long lastSequence, int runs, String detail)
{
}
