package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.BusHaltedException;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Fault;
import io.ringtape.bus.FaultPhase;
import io.ringtape.bus.FaultPolicy;
import io.ringtape.bus.Lane;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real lanes that fail or stand still. */
@Timeout(60)
final class KillOnTroubleTest
{
    private static final long STALL_LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NEVER_NS = 3_600_000_000_000L;
    private static final long CLOSE_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long TIME_NS = 77;

    private final Path directory = Path.of("target", "kill-on-trouble");
    private final EventBatch batch = new EventBatch(1);
    private ControlFile file;

    @BeforeEach
    void open() throws IOException
    {
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
        file = ControlFile.open(directory);
        batch.append().type(EventType.HEARTBEAT);
    }

    @AfterEach
    void close() throws IOException
    {
        file.close();
        IoUtil.delete(directory.toFile(), true);
    }

    @Test
    void shouldStopEverybodyWhenALaneThatMattersFails()
    {
        final EventBus bus = bus("order", FaultPolicy.HALT, NEVER_NS, KillOnTroubleTest::fail);
        bus.start();

        assertThrows(BusHaltedException.class, () -> publishUntilHalted(bus));
        bus.close(CLOSE_LIMIT_NS);

        assertEquals(List.of(new Scope(KillScope.ALL, true, KillReason.FAULT, 1, TIME_NS)),
            ControlFile.read(directory).scopes());
    }

    @Test
    void shouldNotMindWhenAnotherLaneFails()
    {
        final EventBus bus = bus("statistics", FaultPolicy.DETACH, NEVER_NS, KillOnTroubleTest::fail);
        bus.start();

        bus.writer().publish(batch);
        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertEquals(1, bus.lane("statistics").faultCount());
        assertEquals(List.of(), ControlFile.read(directory).scopes());
    }

    @Test
    void shouldStopEverybodyWhenTheWriterFails()
    {
        trouble().onFault(new Fault(
            Fault.WRITER, "input", FaultPhase.EVENT, 5, FaultPolicy.HALT, new IllegalStateException("gone")));

        assertEquals(List.of(new Scope(KillScope.ALL, true, KillReason.FAULT, 1, TIME_NS)),
            ControlFile.read(directory).scopes());
    }

    @Test
    void shouldStopEverybodyWhenALaneThatMattersStandsStill()
    {
        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        final EventBus bus = bus("order", FaultPolicy.HALT, STALL_LIMIT_NS, (event) ->
        {
            while (!ControlFile.read(directory).isAnybodyStopped())
            {
                idle.idle();
            }
        });
        bus.start();

        bus.writer().publish(batch);
        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertEquals(List.of(new Scope(KillScope.ALL, true, KillReason.STALL, 1, TIME_NS)),
            ControlFile.read(directory).scopes());
    }

    @Test
    void shouldNotMindWhenAnotherLaneStandsStill()
    {
        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        final EventBus[] started = new EventBus[1];
        final EventBus bus = bus("statistics", FaultPolicy.HALT, STALL_LIMIT_NS, (event) ->
        {
            while (started[0].lane("statistics").stallCount() == 0)
            {
                idle.idle();
            }
        });
        started[0] = bus;
        bus.start();

        bus.writer().publish(batch);
        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertFalse(ControlFile.read(directory).isAnybodyStopped());
    }

    private void publishUntilHalted(final EventBus bus)
    {
        while (true)
        {
            bus.writer().publish(batch);
        }
    }

    private static void fail(final OrderBookEvent event)
    {
        throw new IllegalStateException("event=" + event.sequence());
    }

    private EventBus bus(
        final String lane, final FaultPolicy policy, final long stallLimitNs, final EventHandler handler)
    {
        final KillOnTrouble trouble = trouble();
        return EventBus.builder().capacity(64).faultListener(trouble).stallLimit(stallLimitNs, trouble)
            .lane(Lane.named(lane).onFault(policy).idle(new YieldingIdleStrategy()).handler("handler", handler)
                .build()).build();
    }

    private KillOnTrouble trouble()
    {
        return new KillOnTrouble(file, Set.of("order", "tape"), () -> TIME_NS);
    }
}
