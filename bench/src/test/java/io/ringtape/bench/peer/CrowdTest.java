package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(10)
final class CrowdTest
{
    private static final int PUBLISHERS = 3;
    private static final int EVENTS = 10_000;

    @ParameterizedTest
    @EnumSource
    void shouldBringEveryEventToTheReader(final Crowd.Kind kind)
    {
        final Crowd crowd = kind.open();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++)
        {
            final Crowd.Source source = crowd.source();
            threads.add(PeerThread.start("publisher", () ->
            {
                for (int number = 0; number < EVENTS; number++)
                {
                    source.publish(number);
                }
            }));
        }
        threads.forEach(PeerThread::join);

        assertEquals(PUBLISHERS * EVENTS, crowd.end());
    }
}
