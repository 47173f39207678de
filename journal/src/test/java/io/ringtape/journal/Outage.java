package io.ringtape.journal;

import io.ringtape.event.OrderBookEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** A device that fails when it is told to, a recorder on it, and what it was fed and told. */
final class Outage implements Device, TapeOutageListener
{
    static final int BATCH = 512;
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(10);

    final List<String> forced = Collections.synchronizedList(new ArrayList<>());
    final List<String> told = new ArrayList<>();
    volatile boolean isBroken;
    volatile boolean isFull;
    volatile Consumer<TapeStep> steps = Outage::goOn;
    private final Path tape;
    private final UnsafeBuffer room = Tapes.room(BATCH);
    private final OrderBookEvent event = new OrderBookEvent();
    /** Parks: while the tape is away nothing else holds back the events, which a test keeps. */
    private final BackoffIdleStrategy idle = new BackoffIdleStrategy(1, 1, 50_000, 100_000);
    private final AtomicLong nowNs = new AtomicLong(Tapes.START_NS);
    private long next;

    Outage(final Path tape)
    {
        this.tape = tape;
    }

    TapeWriter open(final Durability durability)
    {
        final TapeConfig config = TapeConfig.defaults().withReserveBytes(0).withRollBytes(TapeConfig.MIN_ROLL_BYTES)
            .withDurability(durability).withFailurePolicy(TapeFailurePolicy.GO_ON_UNJOURNALED);
        final SpaceSource space = () -> isFull ? 1000 : Long.MAX_VALUE;
        final TapeOutageListener listener = this;
        final Device device = this;
        final TapeWriter writer = TapeWriter.open(tape, Tapes.definitions(), TapeParts.of(tape, config, nowNs::get)
            .with(space).with(device).with(listener));
        next = writer.firstSequence();
        return writer;
    }

    /** The sequence of the next event. */
    long next()
    {
        return next;
    }

    void feed(final TapeWriter writer, final int batches)
    {
        for (int i = 0; i < batches; i++)
        {
            feedOne(writer, BATCH);
        }
    }

    void feedOne(final TapeWriter writer, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            Tapes.fill(event.wrap(room, i * OrderBookEvent.SIZE_BYTES), next + i);
        }
        pass();
        writer.onRange(room, 0, next, count);
        next += count;
    }

    /** Lets some time go by. */
    void pass()
    {
        nowNs.addAndGet(STEP_NS);
    }

    void feedUntil(final TapeWriter writer, final boolean isJournaling)
    {
        while (writer.isJournaling() != isJournaling)
        {
            feedOne(writer, BATCH);
            idle.idle();
        }
    }

    @Override
    public void force(final Path path) throws IOException
    {
        answer(path.getParent().getFileName() + "/" + path.getFileName());
    }

    @Override
    public void force(final MarkFile mark) throws IOException
    {
        answer("mark");
    }

    @Override
    public boolean reserve(final Path file, final long from, final long length)
    {
        return false;
    }

    @Override
    public void step(final TapeStep step)
    {
        steps.accept(step);
    }

    static void goOn(final TapeStep step)
    {
        // A device that is there to write has nothing to do.
    }

    private void answer(final String name) throws IOException
    {
        if (isBroken)
        {
            throw new IOException("device is broken");
        }
        forced.add(name);
    }

    @Override
    public void onOutage(final long firstSequence, final TapeException cause)
    {
        told.add("away from " + firstSequence + ": " + cause.getMessage());
    }

    @Override
    public void onRecovery(final long runId, final long firstSequence)
    {
        told.add("back with run " + runId + " from " + firstSequence);
    }
}
