package io.ringtape.cli.soak;

/**
 * What a handler got.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param delivered  events that it was called for.
 * @param missing    events that it was to get and did not, nor was told that it would not.
 * @param repeated   events that it got once more.
 * @param outOfOrder events that came behind later ones.
 * @param torn       events whose words do not belong together, or that are not the next of their publisher.
 * @param shed       events that it was told to have lost.
 * @param conflated  events that were merged into later ones.
 */
public record SoakCounts(
    long delivered, long missing, long repeated, long outOfOrder, long torn, long shed, long conflated)
{
    /**
     * The sums of two.
     *
     * @param other to add.
     * @return a new one.
     */
    SoakCounts plus(final SoakCounts other)
    {
        return new SoakCounts(delivered + other.delivered, missing + other.missing, repeated + other.repeated,
            outOfOrder + other.outOfOrder, torn + other.torn, shed + other.shed, conflated + other.conflated);
    }

    /**
     * What is wrong whatever the policy.
     *
     * @return names and values, or empty.
     */
    String wrong()
    {
        return missing == 0 && repeated == 0 && outOfOrder == 0 && torn == 0 ? "" : "missing=" + missing +
            " repeated=" + repeated + " outOfOrder=" + outOfOrder + " torn=" + torn;
    }
}
