package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Latencies;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Work;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class TurnTest
{
    private static final Path NOWHERE = Path.of("target");

    @Test
    void shouldTimeAPeerThatLosesNothing()
    {
        assertTrue(Turn.run(Fixtures.row(1), 0, NOWHERE, 1_000, Latencies.histogram()) > 0);
    }

    @Test
    void shouldRefuseAPeerThatLosesSomething()
    {
        final Row row = Fixtures.row(1);
        final long expected = Work.expected(0, row.events());

        final Exception thrown =
            assertThrows(IllegalStateException.class, () -> Turn.run(row, 2, NOWHERE, 1_000, Latencies.histogram()));

        assertEquals("events lost or changed: peer=FixedPeer firstSequence=0 count=64 expected=" + expected +
            " checksum=" + (expected + 1), thrown.getMessage());
    }
}
