package io.ringtape.bench.peer;

/**
 * The clock of peers that time parts of a run themselves.
 * <p>
 * Thread safety: stateless.
 * Allocation: none.
 */
final class PeerClock
{
    private PeerClock()
    {
    }

    static long nanoTime()
    {
        return System.nanoTime();
    }
}
