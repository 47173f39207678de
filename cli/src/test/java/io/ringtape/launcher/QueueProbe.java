package io.ringtape.launcher;

import io.ringtape.cli.platform.UnsafeWarning;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.posix.PosixAPI;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Run in a child JVM: does with Chronicle, its posix library and Agrona what a tape does, and says nothing. */
final class QueueProbe
{
    private static final int DOCUMENTS = 1_000;

    private QueueProbe()
    {
    }

    public static void main(final String[] args) throws Exception
    {
        UnsafeWarning.markAsGiven();
        final Path directory = Files.createDirectory(Path.of(args[0]));
        final UnsafeBuffer block = new UnsafeBuffer(BufferUtil.allocateDirectAligned(4_096, 64));
        block.putLongRelease(0, 1);
        long read = 0;
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory.toFile())
            .rollCycle(RollCycles.FAST_DAILY).build())
        {
            writeAll(queue, block.capacity());
            read = readAll(queue);
        }
        final int file = PosixAPI.posix().open(directory.toString(), 0, 0);
        final boolean closed = PosixAPI.posix().close(file) == 0;
        System.exit(read == DOCUMENTS && closed ? 0 : 1);
    }

    private static void writeAll(final SingleChronicleQueue queue, final int paddingBytes)
    {
        try (ExcerptAppender appender = queue.createAppender())
        {
            for (int i = 0; i < DOCUMENTS; i++)
            {
                try (DocumentContext document = appender.writingDocument())
                {
                    document.wire().bytes().writeLong(i).writeSkip(paddingBytes);
                }
            }
            appender.sync();
        }
    }

    private static long readAll(final SingleChronicleQueue queue)
    {
        long count = 0;
        try (ExcerptTailer tailer = queue.createTailer())
        {
            while (isNext(tailer, count))
            {
                count++;
            }
        }
        return count;
    }

    private static boolean isNext(final ExcerptTailer tailer, final long expected)
    {
        try (DocumentContext document = tailer.readingDocument())
        {
            return document.isPresent() && document.wire().bytes().readLong() == expected;
        }
    }
}
