package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
final class CrowdTest
{
    private static final int PUBLISHERS = 3;
    private static final int EVENTS = 3 * 9_984;

    static Stream<Supplier<Crowd>> crowds()
    {
        return Stream.of(() -> new RingtapeCrowd(false), () -> new RingtapeCrowd(true), DisruptorCrowd::new,
            QueueCrowd::new);
    }

    @ParameterizedTest
    @MethodSource("crowds")
    void shouldBringEveryEventOfEveryPublisherToTheReader(final Supplier<Crowd> factory)
    {
        try (CrowdPublish peer = new CrowdPublish(PUBLISHERS, factory))
        {
            for (int run = 0; run < 2; run++)
            {
                final long first = peer.firstSequence();
                peer.prepare(EVENTS);
                peer.run(EVENTS);

                assertEquals(peer.expected(first, EVENTS), peer.checksum());
            }
        }
    }
}
