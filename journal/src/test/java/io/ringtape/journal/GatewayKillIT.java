package io.ringtape.journal;

import static io.ringtape.journal.TapeBus.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.SourceDefinition.Kind;
import io.ringtape.gateway.Gateway;
import io.ringtape.gateway.GatewayHandler;
import io.ringtape.gateway.GatewayReason;
import io.ringtape.gateway.LoopbackGateway;
import io.ringtape.order.TimeInForce;
import io.ringtape.risk.RiskCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Another process kills while orders that passed long ago wait on the ring for their frontier and the writer hangs: the
 * gateway sends none of them, and every cancel.
 */
@Timeout(120)
final class GatewayKillIT
{
    private static final int STRATEGY = 1;
    private static final int VENUE = 2;
    private static final int ACCOUNT = 7;
    private static final long LIMIT_NS = 20_000_000_000L;

    private final Path tape = Tapes.fresh("gateway-kill");
    private final Definitions definitions = Tapes.definitions();
    private final SourceDefinition source = new SourceDefinition(VENUE, Kind.GATEWAY, "venue", 0, 0, 0);
    private final EventBatch batch = new EventBatch(2);
    private final List<String> left = new CopyOnWriteArrayList<>();
    private final HeldLane held = new HeldLane();

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldSendNoOrderBehindAKillOfAnotherProcessWhileTheWriterHangs()
        throws ExecutionException, InterruptedException, IOException
    {
        definitions.add(new SourceDefinition(STRATEGY, Kind.STRATEGY, "s", ACCOUNT, 0, 0));
        definitions.add(source);
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()); ControlFile control = ControlFile.open(tape))
        {
            final EventBus bus = started(writer, control);
            order(bus, 1);
            order(bus, 2);
            awaitAnswers(bus, 5);
            held.hold();
            order(bus, 3);
            cancel(bus, 1);
            order(bus, 4);
            cancel(bus, 2);
            final long last = bus.cursor();

            // This thread is the writer: it hangs until the other one is done.
            final FutureTask<Boolean> outside = new FutureTask<>(() -> killAndRelease(bus, last));
            new Thread(outside, "outside").start();
            assertTrue(outside.get());

            assertEquals(List.of("new 1", "new 2", "cancel 1", "cancel 2"), left);
            assertEquals(0, control.reading().takenNumber());
            awaitAnswers(bus, last + 6);
            KillingChild.change(tape, false);
            order(bus, 5);
            awaitAnswers(bus, last + 9);
            assertTrue(bus.close(LIMIT_NS));
        }

        assertEquals("new 5", left.get(left.size() - 1));
        final String reject = RiskCheck.GATEWAY.code() + " " + GatewayReason.KILLED.code() + " " + ACCOUNT;
        assertEquals(List.of("own-accepted 1", "own-accepted 2", "own-rejected 3", reject, "own-cancelled 1",
            "own-rejected 4", reject, "own-cancelled 2", "own-accepted 5"), answers());
    }

    private EventBus started(final TapeWriter writer, final ControlFile control)
    {
        final GatewayHandler handler = GatewayHandler.builder(definitions, source,
            (answers) -> new Leaving(new LoopbackGateway(source, answers))).guard(control.killGuard(definitions))
            .journaled(writer::journaledSequence).build();
        final EventBus bus = EventBus.builder().capacity(256).inbox("answers", 256)
            .firstSequence(writer.firstSequence()).idle(new YieldingIdleStrategy())
            .lane(Lane.named("tape").handler("held", held).rangeHandler("recorder", writer)
                .idle(new BackoffIdleStrategy()).build())
            .lane(Lane.named("gateway").after(writer.journaled()).handler("gateway", handler)
                .idle(handler.idle(new BackoffIdleStrategy())).build())
            .build();
        handler.connect(bus.inbox("answers"), bus.firstSequence(), () -> bus.state() == BusState.HALTED);
        bus.start();
        return bus;
    }

    private boolean killAndRelease(final EventBus bus, final long last) throws IOException, InterruptedException
    {
        await(held::isHeld);
        assertTrue(bus.lane("gateway").sequence() < last);
        KillingChild.change(tape, true);
        held.release();
        await(() -> bus.lane("gateway").sequence() == last);
        assertEquals(1, ControlFile.read(tape).seenNumber());
        return true;
    }

    /** Lets the writer take answers until the gateway has passed a sequence. */
    private static void awaitAnswers(final EventBus bus, final long sequence)
    {
        await(() -> bus.writer().poll() >= 0 && bus.lane("gateway").sequence() >= sequence);
    }

    private void order(final EventBus bus, final int id)
    {
        batch.clear();
        batch.append().type(EventType.OWN_NEW).sourceId(STRATEGY).orderId(id).price(1).quantity(1)
            .flags(EventFlags.OWN);
        batch.append().type(EventType.DETAIL).sourceId(STRATEGY).flags(EventFlags.OWN | EventFlags.LAST)
            .detail(1, TimeInForce.GOOD_TILL_CANCEL).detail(2, ACCOUNT).detail(3, STRATEGY);
        bus.writer().publish(batch);
    }

    private void cancel(final EventBus bus, final int id)
    {
        batch.clear();
        batch.append().type(EventType.OWN_CANCEL).sourceId(STRATEGY).orderId(id).price(1).quantity(1)
            .flags(EventFlags.OWN | EventFlags.LAST);
        bus.writer().publish(batch);
    }

    /** What the gateway said, as the tape has it. */
    private List<String> answers()
    {
        final List<String> answers = new ArrayList<>();
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    if (event.sourceId() == VENUE)
                    {
                        answers.add(event.type() == EventType.DETAIL ?
                            event.detail(0) + " " + event.detail(1) + " " + event.detail(2) :
                            EventType.name(event.type()) + " " + event.orderId());
                    }
                }
            }
        }
        return answers;
    }

    /** Stands still ahead of the recorder when it is told to. */
    private static final class HeldLane implements EventHandler
    {
        private volatile boolean isHolding;
        private volatile boolean isHeld;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (isHolding)
            {
                isHeld = true;
                await(() -> !isHolding);
            }
        }

        void hold()
        {
            isHolding = true;
        }

        boolean isHeld()
        {
            return isHeld;
        }

        void release()
        {
            isHolding = false;
        }
    }

    /** Notes what leaves. */
    private final class Leaving implements Gateway
    {
        private final Gateway venue;

        Leaving(final Gateway venue)
        {
            this.venue = venue;
        }

        @Override
        public void send(final OrderBookEvent order, final OrderBookEvent detail)
        {
            left.add("new " + order.orderId());
            venue.send(order, detail);
        }

        @Override
        public void cancel(final OrderBookEvent cancel)
        {
            left.add("cancel " + cancel.orderId());
            venue.cancel(cancel);
        }
    }
}
