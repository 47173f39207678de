package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.EventBusBuilder;
import io.ringtape.bus.Lane;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.GatewaySetup.Venue;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.TimeInForce;
import java.nio.file.Path;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session that is closed while its gateway's lane still runs, as behind a close that took too long. */
@Timeout(30)
final class GatewayLeftRunningTest
{
    private static final long CLOSE_LIMIT_NS = 20_000_000_000L;
    private static final int STRATEGY = 1;
    private static final EpochNanoClock CLOCK = () -> 1_700_000_000_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void shouldLeaveTheSideFileToALaneThatIsNotInSafeModeYet()
    {
        final Path journal = directory.resolve("tape");
        final GatewaySetup setup = new GatewaySetup(Venue.LOOPBACK, WriteAhead.OFF);
        final Definitions definitions = definitions(setup);
        final EventBatch first = new EventBatch(1);
        first.append().type(EventType.HEARTBEAT).flags(EventFlags.LAST);
        try (TapeWriter tape =
            TapeWriter.open(journal, TapeConfig.defaults().withReserveBytes(0), definitions, CLOCK);
            KillPoll kill = KillPoll.open(journal, definitions, new Outbox(64), CLOCK))
        {
            kill.next(first);
            final GatewaySession venue =
                GatewaySession.open(setup, journal, tape, definitions, kill, CLOCK, RecordParts.REAL);
            final EventBusBuilder builder = EventBus.builder().firstSequence(tape.firstSequence())
                .lane(Lane.named("tape").finishOnHalt().idle(new YieldingIdleStrategy()).rangeHandler("recorder", tape)
                    .build());
            venue.addTo(builder);
            final EventBus bus = builder.build();
            venue.connect(bus);
            bus.start();
            publishOrder(bus);

            venue.close();
            bus.halt();
            bus.close(CLOSE_LIMIT_NS);

            assertEquals("gateway in safe mode: cancels=1 kept=3 open=0 queued=0 published=0 journaled=0 sent=1",
                venue.notice());
            venue.close();
        }
    }

    private static void publishOrder(final EventBus bus)
    {
        final EventBatch order = new EventBatch(2);
        order.append().type(EventType.OWN_NEW).sourceId(STRATEGY).flags(EventFlags.OWN | Side.BID)
            .orderId(ClientOrderIds.of(1, STRATEGY, 1)).price(1_000).quantity(10);
        order.append().type(EventType.DETAIL).sourceId(STRATEGY).flags(EventFlags.OWN | EventFlags.LAST | Side.BID)
            .detail(0, 2).detail(1, TimeInForce.GOOD_TILL_CANCEL).detail(2, 1).detail(3, STRATEGY);
        bus.writer().publish(order);
    }

    private static Definitions definitions(final GatewaySetup setup)
    {
        final Definitions definitions = new Definitions();
        definitions.add(new InstrumentDefinition(0, "A", 0, -9, 0, BookKind.MBP, 0, 1, 1, 1));
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "feed", 0, 0, 0));
        definitions.add(new SourceDefinition(STRATEGY, SourceDefinition.Kind.STRATEGY, "s", 1, 0, 0));
        setup.define(definitions);
        return definitions;
    }
}
