package io.ringtape.cli.faults;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeWriter;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A process that records and says on its standard output what is journaled; it is made to be stopped and killed, by
 * rows of the fault matrix only.
 * <p>
 * Thread safety: for the main thread of a child JVM.
 * Allocation: as it needs.
 */
public final class FaultChild
{
    /** The word that lets it start. */
    static final int GO = 1;
    /** The word that lets it close the tape and end. */
    static final int QUIT = 2;
    /** Records blocks of any size. */
    static final String RECORD = "record";
    /** Publishes on a bus that records. */
    static final String BUS = "bus";
    /** So much is recorded at most: scratch is small. */
    private static final long MAX_EVENTS = 300_000;
    private static final int MAX_BLOCK = 2048;
    private static final int PACKET = 16;
    private static final long CLOSE_LIMIT_NS = 30_000_000_000L;

    private final DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    private final Path tape;
    private final SplittableRandom random;

    private FaultChild(final Path tape, final long seed)
    {
        this.tape = tape;
        random = new SplittableRandom(seed);
    }

    /**
     * Records until it is told to quit, or killed.
     *
     * @param arguments what to do, the directory of the tape, and a seed for the sizes of blocks.
     * @throws IOException if the parent has gone.
     */
    public static void main(final String[] arguments) throws IOException
    {
        final FaultChild child = new FaultChild(Path.of(arguments[1]), Long.parseLong(arguments[2]));
        final UnsafeBuffer room = FaultTapes.room(MAX_BLOCK);
        if (System.in.read() != GO)
        {
            return;
        }
        if (arguments[0].equals(BUS))
        {
            child.publish();
        }
        else
        {
            child.record(room);
        }
    }

    private void record(final UnsafeBuffer room) throws IOException
    {
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            long next = writer.firstSequence();
            final long limit = next + MAX_EVENTS;
            say(next - 1);
            while (next < limit && System.in.available() == 0)
            {
                final int count = 1 + random.nextInt(random.nextInt(8) == 0 ? MAX_BLOCK : 64);
                for (int i = 0; i < count; i++)
                {
                    FaultTapes.fill(event.wrap(room, i * OrderBookEvent.SIZE_BYTES), next + i);
                }
                writer.onRange(room, 0, next, count);
                next += count;
                say(writer.journaledSequence());
            }
            if (System.in.read() == QUIT)
            {
                writer.close(FaultTapes.SUMMARY);
            }
        }
    }

    private void publish() throws IOException
    {
        final EventBatch packet = new EventBatch(PACKET);
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            final EventBus bus = EventBus.builder().firstSequence(writer.firstSequence())
                .idle(new BackoffIdleStrategy())
                .lane(Lane.named("tape").idle(new BackoffIdleStrategy()).rangeHandler("recorder", writer).build())
                .build();
            bus.start();
            long next = writer.firstSequence();
            final long limit = next + MAX_EVENTS;
            while (next < limit && System.in.available() == 0)
            {
                next = publish(bus, packet, next);
                say(writer.journaledSequence());
            }
            System.in.read();
            if (!bus.close(CLOSE_LIMIT_NS) || bus.fault().isPresent())
            {
                throw new IllegalStateException("bus did not drain: fault=" + bus.fault());
            }
            writer.close(FaultTapes.SUMMARY);
            say(next - 1);
        }
    }

    private static long publish(final EventBus bus, final EventBatch packet, final long first)
    {
        packet.clear();
        for (int i = 0; i < PACKET; i++)
        {
            FaultTapes.fill(packet.append(), first + i);
        }
        bus.writer().publish(packet);
        return first + PACKET;
    }

    private void say(final long sequence) throws IOException
    {
        out.writeLong(sequence);
        out.flush();
    }
}
