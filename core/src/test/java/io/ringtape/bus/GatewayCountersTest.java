package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.BusCounter.Scope;
import io.ringtape.bus.CounterSnapshot.Group;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The counters of gateways on a bus. */
@Timeout(20)
final class GatewayCountersTest
{
    private static final int ROOM = 64;

    private final UnsafeBuffer metadata = direct(BusCounters.metadataBytes(ROOM));
    private final UnsafeBuffer values = direct(BusCounters.valuesBytes(ROOM));
    private final BusCounters counters =
        new BusCounters(metadata, values, () -> 77L).interval(BusCounters.MIN_INTERVAL_NS);

    @Test
    void shouldSayWhatEachGatewaySays()
    {
        final AtomicLong base = new AtomicLong();
        counters.gateway("first", (counter) -> base.get() + counter.typeId()).gateway("second", (counter) -> 5L);
        final EventBus bus = bus(8).counters(counters).lane(lane("l").handler("h", (event) ->
        {
        }).build()).build();
        assertEquals(BusCounter.GATEWAY_SENT.typeId(), gateway(0).get(BusCounter.GATEWAY_SENT));
        bus.start();
        base.set(1_000);

        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertEquals("first", gateway(0).name());
        assertEquals(Scope.GATEWAY, gateway(0).scope());
        gateway(0).values().forEach((counter, value) -> assertEquals(1_000 + counter.typeId(), value, counter.name()));
        assertEquals(12, gateway(0).values().size());
        assertEquals("second", gateway(1).name());
        assertEquals(5, gateway(1).get(BusCounter.GATEWAY_SAFE_MODE));
    }

    @Test
    void shouldRefuseANameThatIsTakenAndTooLittleRoom()
    {
        counters.gateway("venue", (counter) -> 0L);

        assertEquals("gateway name is empty or taken: gateway=venue", assertThrows(
            IllegalArgumentException.class, () -> counters.gateway("venue", (counter) -> 1L)).getMessage());
        assertEquals("gateway name is empty or taken: gateway=", assertThrows(
            IllegalArgumentException.class, () -> counters.gateway("", (counter) -> 1L)).getMessage());
        final int room = CounterGroup.size(Scope.BUS) + CounterGroup.size(Scope.LANE);
        final BusCounters few = new BusCounters(direct(BusCounters.metadataBytes(room)),
            direct(BusCounters.valuesBytes(room)), () -> 1L).gateway("venue", (counter) -> 0L);
        final EventBusBuilder one = bus(8).counters(few).lane(lane("l").handler("h", (event) ->
        {
        }).build());
        assertEquals("counters have too little room: needed=36 available=24",
            assertThrows(IllegalArgumentException.class, one::build).getMessage());
    }

    private Group gateway(final int index)
    {
        return CounterSnapshot.read(metadata, values).gateways().get(index);
    }

    private static UnsafeBuffer direct(final int length)
    {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, Long.BYTES));
    }
}
