package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;

/**
 * Stops the writer before the device is full: a write to a mapped page that finds no space kills the process. It asks
 * once a stretch of bytes, and wants room for two stretches and the reserve.
 */
final class SpaceGuard
{
    static final long STRETCH_BYTES = 16L << 20;

    private final SpaceSource source;
    private final long wantedBytes;
    private long leftBytes;

    SpaceGuard(final SpaceSource source, final TapeConfig config)
    {
        this.source = source;
        this.wantedBytes = 2 * STRETCH_BYTES + config.reserveBytes();
    }

    /**
     * Takes space for a document.
     *
     * @param bytes of the document.
     * @throws TapeException if there is too little left.
     */
    void take(final int bytes)
    {
        leftBytes -= bytes;
        if (leftBytes < 0)
        {
            ask();
        }
    }

    private void ask()
    {
        final long usable = source.usableBytes();
        if (usable < wantedBytes)
        {
            throw new TapeException(Kind.IO,
                "device is full: " + source.where() + "usableBytes=" + usable + " wantedBytes=" + wantedBytes);
        }
        leftBytes = STRETCH_BYTES;
    }
}
