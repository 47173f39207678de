package io.ringtape.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The number of the last change of limits, in the mapped {@link ControlFile}: who hands limits over raises it, and a
 * recording's writer looks at it. Hot path: {@link #get()}.
 * <p>
 * Thread safety: any thread looks; who raises it holds a lock of the file.
 * Allocation: {@link #get()} none.
 */
final class LimitsNumber
{
    private static final int AT = 40;

    private final UnsafeBuffer buffer;
    private final ControlLock lock;

    LimitsNumber(final UnsafeBuffer buffer, final ControlLock lock)
    {
        this.buffer = buffer;
        this.lock = lock;
    }

    /**
     * What stands beside a tape, before a recording maps it.
     *
     * @param directory of the tape, which need not be there.
     * @return 0 if nothing does that can be read.
     * @throws TapeException if reading fails.
     */
    static long read(final Path directory)
    {
        final Path file = directory.resolve(ControlFile.NAME);
        if (!Files.isReadable(file))
        {
            return 0;
        }
        final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            return channel.read(number, AT) == Long.BYTES ? number.getLong(0) : 0;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", file, e);
        }
    }

    long get()
    {
        return buffer.getLongVolatile(AT);
    }

    /** Raises it, once the change is where the recording finds it. */
    long announce(final LongConsumer handOver)
    {
        return lock.change(() ->
        {
            final long number = get() + 1;
            handOver.accept(number);
            buffer.putLongVolatile(AT, number);
            return number;
        });
    }
}
