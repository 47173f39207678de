package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Frontier;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lanes that run after what a recorder has journaled, or forced. */
@Timeout(30)
final class TapeFrontierTest
{
    private static final long CLOSE_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int EVENTS = 2_000;

    @TempDir
    Path parent;

    @Test
    void shouldDeliverBehindJournaledWhatIsOnTape()
    {
        try (TapeWriter writer = open(Durability.PAGE_CACHE))
        {
            final Behind behind = new Behind(writer::journaledSequence);

            run(writer, writer.journaled(), behind);

            assertEquals(EVENTS, behind.count);
            assertEquals(0, behind.early);
        }
    }

    @Test
    void shouldDeliverBehindDurableWhatWasForced()
    {
        final long intervalNs = TimeUnit.MILLISECONDS.toNanos(1);
        try (TapeWriter writer = open(Durability.everyNs(intervalNs)))
        {
            final Behind behind = new Behind(writer::durableSequence);
            final Frontier durable = writer.durable();

            run(writer, durable, behind);

            assertEquals(EVENTS, behind.count);
            assertEquals(0, behind.early);
            assertEquals(intervalNs, durable.intervalNs());
        }
    }

    @Test
    void shouldSayWhatMovesItAndHowOften()
    {
        try (TapeWriter writer = open(Durability.EVERY_BATCH))
        {
            final Frontier journaled = writer.journaled();
            final Frontier durable = writer.durable();

            assertEquals("journaled", journaled.name());
            assertEquals("durable", durable.name());
            assertEquals(0, journaled.intervalNs());
            assertEquals(0, durable.intervalNs());
            assertSame(writer, journaled.recorder().orElseThrow());
            assertSame(writer, durable.recorder().orElseThrow());
            assertEquals(-1, journaled.sequence());
            assertEquals(-1, durable.sequence());
        }
    }

    @Test
    void shouldHaveNoDurableFrontierWhereNothingIsForced()
    {
        try (TapeWriter writer = open(Durability.PAGE_CACHE))
        {
            assertEquals("a tape that is never forced has no durable frontier: durability=PAGE_CACHE",
                assertThrows(IllegalStateException.class, writer::durable).getMessage());
        }
    }

    @Test
    void shouldHaveNoFrontierWhereTheRecorderMayGoOnWithoutItsTape()
    {
        final TapeConfig config = TapeConfig.defaults().withDurability(Durability.EVERY_BATCH)
            .withFailurePolicy(TapeFailurePolicy.GO_ON_UNJOURNALED);
        final String refusal = "a recorder that may go on without its tape has no frontier: " +
            "failurePolicy=GO_ON_UNJOURNALED";

        try (TapeWriter writer = TapeWriter.open(
            parent.resolve("tape"), config, new Definitions(), SystemEpochNanoClock.INSTANCE, new Unheard()))
        {
            assertEquals(refusal, assertThrows(IllegalStateException.class, writer::journaled).getMessage());
            assertEquals(refusal, assertThrows(IllegalStateException.class, writer::durable).getMessage());
        }
    }

    private TapeWriter open(final Durability durability)
    {
        return TapeWriter.open(parent.resolve("tape"), TapeConfig.defaults().withDurability(durability),
            new Definitions(), SystemEpochNanoClock.INSTANCE);
    }

    private static void run(final TapeWriter writer, final Frontier frontier, final EventHandler behind)
    {
        final EventBus bus = EventBus.builder().firstSequence(writer.firstSequence())
            .capacity(256).idle(new BackoffIdleStrategy())
            .lane(Lane.named("tape").idle(new BackoffIdleStrategy()).rangeHandler("recorder", writer).build())
            .lane(Lane.named("behind").after(frontier).idle(new BackoffIdleStrategy()).handler("h", behind).build())
            .build();
        bus.start();
        final EventBatch batch = new EventBatch(1);
        batch.append().type(EventType.ORDER_ADD);
        for (int i = 0; i < EVENTS; i++)
        {
            assertEquals(Writer.ACCEPTED, bus.writer().publish(batch));
        }
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    /** Counts what it gets, and what it should not have got yet. */
    private static final class Behind implements EventHandler
    {
        private final LongSupplier reached;
        private int count;
        private int early;

        private Behind(final LongSupplier reached)
        {
            this.reached = reached;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            count++;
            if (event.sequence() > reached.getAsLong())
            {
                early++;
            }
        }
    }

    /** No outage is met here. */
    private static final class Unheard implements TapeOutageListener
    {
        @Override
        public void onOutage(final long firstSequence, final TapeException cause)
        {
            throw new AssertionError(cause);
        }

        @Override
        public void onRecovery(final long runId, final long firstSequence)
        {
            throw new AssertionError("no outage before: runId=" + runId);
        }
    }
}
