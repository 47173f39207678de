package io.ringtape.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.bus.BusCounter.Scope;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a process that died says that was in the middle of a change of its counters. */
@Timeout(10)
final class CounterSnapshotTest
{
    private static final int ROOM = 64;

    private final UnsafeBuffer metadata = new UnsafeBuffer(ByteBuffer.allocateDirect(BusCounters.metadataBytes(ROOM)));
    private final UnsafeBuffer values = new UnsafeBuffer(ByteBuffer.allocateDirect(BusCounters.valuesBytes(ROOM)));
    private final CountersManager manager = new CountersManager(metadata, values);

    @Test
    void shouldPassOverACounterThatHasNoOwnerYet()
    {
        final CounterGroup bus = Objects.requireNonNull(
            CounterGroup.allocate(manager, 0, Scope.BUS, Scope.BUS.text()));
        bus.set(BusCounter.CURSOR, 7);
        Objects.requireNonNull(CounterGroup.allocate(manager, 1, Scope.LANE, "tape"));
        manager.allocate(BusCounter.LANE_POLICY.label("late"), BusCounter.LANE_POLICY.typeId());

        final CounterSnapshot seen = CounterSnapshot.read(metadata, values);

        assertEquals(7, seen.bus().get(BusCounter.CURSOR));
        assertEquals(List.of("tape"), seen.lanes().stream().map(CounterSnapshot.Group::name).toList());
    }
}
