package io.ringtape.journal;

import io.ringtape.event.OrderBookEvent;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** A process that records for ever and says on its standard output what is journaled; it is made to be killed. */
final class RecordingChild
{
    private RecordingChild()
    {
    }

    public static void main(final String[] arguments) throws IOException
    {
        final Path tape = Path.of(arguments[0]);
        final Random random = new Random(Long.parseLong(arguments[1]));
        final UnsafeBuffer room = Tapes.room(2048);
        final OrderBookEvent event = new OrderBookEvent();
        // The JVM and these classes are warm before the parent says go.
        if (System.in.read() < 0)
        {
            return;
        }
        final TapeConfig config = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
        try (DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
            TapeWriter writer = Tapes.open(tape, config))
        {
            long next = writer.firstSequence();
            out.writeLong(next - 1);
            out.flush();
            while (next < Long.MAX_VALUE)
            {
                final int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 2048 : 64);
                for (int i = 0; i < count; i++)
                {
                    Tapes.fill(event.wrap(room, i * OrderBookEvent.SIZE_BYTES), next + i);
                }
                writer.onRange(room, 0, next, count);
                next += count;
                out.writeLong(writer.journaledSequence());
                out.flush();
            }
        }
    }
}
