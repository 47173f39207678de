package io.ringtape.cli.faults;

import io.ringtape.bus.BusHaltedException;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.DeviceFaults;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeException.Kind;
import io.ringtape.journal.TapeWriter;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
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
    /** The same with a watchdog, and one thread stands still for a while. */
    static final String STAND_STILL = "stand-still";
    /** Records like {@link #RECORD} and ends itself at a step. */
    static final String HALT = "halt";
    /** So much is recorded at most, unless a row wants more: scratch is small. */
    static final long MAX_EVENTS = 300_000;
    private static final int MAX_BLOCK = 2048;
    private static final int PACKET = 16;
    private static final long CLOSE_LIMIT_NS = 30_000_000_000L;

    private final DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    private final Path tape;
    private final SplittableRandom random;
    private final TapeConfig config;
    private final long maxEvents;
    private final Supplier<TapeWriter> opener;

    private FaultChild(final Path tape, final long seed, final TapeConfig config, final long maxEvents)
    {
        this(tape, seed, config, maxEvents, () -> FaultTapes.open(tape, config));
    }

    private FaultChild(
        final Path tape, final long seed, final TapeConfig config, final long maxEvents,
        final Supplier<TapeWriter> opener)
    {
        this.opener = opener;
        this.tape = tape;
        this.config = config;
        this.maxEvents = maxEvents;
        random = new SplittableRandom(seed);
    }

    /**
     * Records until it is told to quit, or killed. Where the tape refuses to, it says so in a line and ends with the
     * exit code that the command has for it.
     *
     * @param arguments what to do, the directory of the tape, a seed for the sizes of blocks, the bytes of a roll file,
     *     and the most events; of one that ends itself also the step to count from, its time, and how many later.
     * @throws IOException if the parent has gone.
     */
    public static void main(final String[] arguments) throws IOException
    {
        final FaultChild child = of(arguments);
        final UnsafeBuffer room = FaultTapes.room(MAX_BLOCK);
        if (System.in.read() != GO)
        {
            return;
        }
        try
        {
            switch (arguments[0])
            {
                case BUS -> child.publish();
                case STAND_STILL -> child.standStill(new StandStill(Long.parseLong(arguments[2])));
                default -> child.record(room);
            }
        }
        catch (final TapeException e)
        {
            System.err.println("ringtape: " + e.getMessage());
            System.exit((e.kind() == Kind.CANNOT_CREATE ? ExitCode.CANNOT_CREATE : ExitCode.IO_ERROR).code());
        }
    }

    private static FaultChild of(final String[] arguments)
    {
        final Path tape = Path.of(arguments[1]);
        final long seed = Long.parseLong(arguments[2]);
        final TapeConfig config = FaultTapes.CONFIG.withRollBytes(Long.parseLong(arguments[3]));
        final long maxEvents = Long.parseLong(arguments[4]);
        if (!arguments[0].equals(HALT))
        {
            return new FaultChild(tape, seed, config, maxEvents);
        }
        final DeviceFaults halting =
            new HaltingDevice(arguments[5], Long.parseLong(arguments[6]), Long.parseLong(arguments[7]));
        return new FaultChild(tape, seed, config, maxEvents, () -> DeviceFaults.open(
            tape, config, FaultTapes.definitions(), () -> FaultTapes.START_NS, halting));
    }

    private void record(final UnsafeBuffer room) throws IOException
    {
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeWriter writer = opener.get())
        {
            long next = writer.firstSequence();
            final long limit = next + maxEvents;
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

    private void standStill(final StandStill still) throws IOException
    {
        final AtomicReference<String> stall = new AtomicReference<>("");
        final Delivered other = new Delivered();
        try (TapeWriter writer = FaultTapes.open(tape, config))
        {
            final EventBus bus = EventBus.builder().firstSequence(writer.firstSequence())
                .idle(new BackoffIdleStrategy()).clock(still.clock(SystemNanoClock.INSTANCE))
                .stallLimit(still.stallLimitNs(), (found) -> stall.set(found.describe()))
                .lane(Lane.named("tape").idle(new BackoffIdleStrategy())
                    .rangeHandler("recorder", still.recorder(writer)).build())
                .lane(still.lane(other)).build();
            bus.start();
            long next = writer.firstSequence();
            final long limit = next + maxEvents;
            say(next - 1);
            while (next < limit && System.in.available() == 0)
            {
                bus.writer().claim(PACKET);
                still.atWriter(next);
                for (int i = 0; i < PACKET; i++)
                {
                    FaultTapes.fill(bus.writer().slot(next + i), next + i);
                }
                bus.writer().publish();
                next += PACKET;
                say(writer.journaledSequence());
            }
            System.in.read();
            if (!bus.close(CLOSE_LIMIT_NS) || !stall.get().isEmpty() || !still.hasBegun())
            {
                throw new IllegalStateException("bus did not drain, stalled, or no thread stood still: fault=" +
                    bus.fault() + " stall=" + stall.get());
            }
            other.requireUpTo("the other lane", next);
            writer.close(FaultTapes.SUMMARY);
            say(next - 1);
        }
    }

    private void publish() throws IOException
    {
        final EventBatch packet = new EventBatch(PACKET);
        try (TapeWriter writer = FaultTapes.open(tape, config))
        {
            final EventBus bus = EventBus.builder().firstSequence(writer.firstSequence())
                .idle(new BackoffIdleStrategy())
                .lane(Lane.named("tape").idle(new BackoffIdleStrategy()).rangeHandler("recorder", writer).build())
                .build();
            bus.start();
            final long next = publish(bus, packet, writer);
            System.in.read();
            if (!bus.close(CLOSE_LIMIT_NS) || bus.fault().isPresent())
            {
                throw new IllegalStateException("bus did not drain: fault=" + bus.fault());
            }
            writer.close(FaultTapes.SUMMARY);
            say(next - 1);
        }
    }

    private long publish(final EventBus bus, final EventBatch packet, final TapeWriter writer) throws IOException
    {
        long next = writer.firstSequence();
        final long limit = next + maxEvents;
        try
        {
            say(next - 1);
            while (next < limit && System.in.available() == 0)
            {
                next = publish(bus, packet, next);
                say(writer.journaledSequence());
            }
            return next;
        }
        catch (final BusHaltedException e)
        {
            bus.close(CLOSE_LIMIT_NS);
            say(writer.journaledSequence());
            throw e.getCause() instanceof TapeException refusal ? refusal : e;
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
