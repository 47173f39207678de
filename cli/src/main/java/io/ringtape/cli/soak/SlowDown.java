package io.ringtape.cli.soak;

import io.ringtape.cli.platform.InjectedPause;
import java.util.SplittableRandom;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Takes time now and then: spins, gives its processor away, or parks.
 */
final class SlowDown implements Disturbance
{
    private static final int KINDS = 8;
    private static final int SPINS = 500;

    private final SplittableRandom random;
    private final long apart;
    private final long parkNs;
    private long next;

    /**
     * A slow-down.
     *
     * @param random chooses when and how.
     * @param apart  how many sequences lie between two on the average.
     * @param parkNs the longest park.
     */
    SlowDown(final SplittableRandom random, final long apart, final long parkNs)
    {
        this.random = random;
        this.apart = apart;
        this.parkNs = parkNs;
        next = random.nextLong(2 * apart);
    }

    @Override
    public void at(final long sequence)
    {
        if (sequence >= next)
        {
            next = sequence + 1 + random.nextLong(2 * apart);
            rest(random.nextInt(KINDS));
        }
    }

    private void rest(final int kind)
    {
        switch (kind)
        {
            case 0, 1 -> InjectedPause.ofNs(1 + random.nextLong(parkNs));
            case 2, 3 -> YieldingIdleStrategy.INSTANCE.idle();
            default ->
            {
                for (int spins = random.nextInt(SPINS); spins > 0; spins--)
                {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
