package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PingPongTest
{
    private static final int TRIPS = 256;
    private static final long STEP_NS = 64;

    private long nowNs;

    @Test
    void shouldTimeBlocksAndOneTripInSixtyFourAlone()
    {
        final Histogram latencies = Latencies.histogram();

        try (Peer peer = new PingPong(Path.of("target"), BareLine::new, this::nextNs))
        {
            for (int run = 1; run <= 2; run++)
            {
                peer.prepare(TRIPS);
                peer.run(TRIPS);

                assertEquals(Work.expected(0, TRIPS), peer.checksum());
                peer.addLatencies(latencies);
                // A sample is half of one step of the clock.
                assertEquals(run * 4L, latencies.getTotalCount());
                assertEquals(32, latencies.getMinValue());
                assertEquals(32, latencies.getMaxValue());
                // Eight steps are 2 ns a trip, and half a trip is what one event costs.
                assertEquals(TRIPS, peer.cost(1));
            }
        }
    }

    /** Only the thread that reads on the way back looks at the clock. */
    private long nextNs()
    {
        nowNs += STEP_NS;
        return nowNs;
    }
}
