package io.ringtape.cli.faults;

import io.ringtape.journal.DeviceFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A device that does some forces, or gives some space, once it is told to count, and then no more.
 */
final class DyingDevice implements DeviceFaults
{
    private final AtomicLong left;
    private final boolean isFull;
    private volatile boolean isCounting;

    /**
     * A device that is well.
     *
     * @param count  of what it still does.
     * @param isFull whether it is its space that ends, else its forces fail.
     */
    DyingDevice(final long count, final boolean isFull)
    {
        left = new AtomicLong(count);
        this.isFull = isFull;
    }

    void count()
    {
        isCounting = true;
    }

    @Override
    public void onForce(final Path path) throws IOException
    {
        if (!isFull && isCounting && left.getAndDecrement() <= 0)
        {
            throw new IOException("device is broken");
        }
    }

    @Override
    public void onReserve(final Path file, final long from, final long length) throws IOException
    {
        if (isFull && isCounting && left.getAndDecrement() <= 0)
        {
            throw new IOException("no space left on device");
        }
    }

    @Override
    public long usableBytes(final long found)
    {
        return isFull && isCounting && left.get() <= 0 ? 0 : found;
    }
}
