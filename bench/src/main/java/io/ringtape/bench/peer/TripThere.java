package io.ringtape.bench.peer;

import org.jspecify.annotations.Nullable;

/**
 * The reading side of the way there of a {@link PingPong}: it answers each event. Nothing of it is touched by the other
 * thread.
 * <p>
 * Thread safety: the thread of the way there owns it. Allocation: none for an event.
 */
final class TripThere implements EventReader
{
    final Tally tally = new Tally();
    @Nullable Carrier answers;

    @Override
    public void onEvent(final long sequence, final long fold)
    {
        tally.add(fold);
        answers.publish(sequence, 1);
    }
}
