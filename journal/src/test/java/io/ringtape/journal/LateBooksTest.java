package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.Lane;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.Interest;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Books that join a run late are those of the order lane, whatever the runs before it left. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LateBooksTest
{
    private static final long CLOSE_LIMIT_NS = 10_000_000_000L;
    private static final EventHandler NOTHING = (event) ->
    {
    };

    private final Path tape = Tapes.fresh("late-books");
    private final Definitions definitions = Markets.definitions();

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldHaveTheBooksOfTheOrderLaneOnALaterRun()
    {
        Markets.record(tape, TapeConfig.defaults(), 41, 100);
        final Books ordered = new Books(definitions);
        final Books late = new Books(definitions);
        final Books guest = new Books(definitions);
        try (TapeWriter writer = Markets.open(tape, TapeConfig.defaults(), definitions))
        {
            final EventBus bus = EventBus.builder().capacity(4_096).idle(new YieldingIdleStrategy())
                .firstSequence(writer.firstSequence()).history(new TapeHistory(tape, writer), "tape")
                .lane(Lane.named("order").orderLane().inline().handler("books", ordered).build())
                .lane(lane("tape").rangeHandler("recorder", writer).build())
                .lane(lane("work").handler("work", NOTHING).build())
                .build();
            bus.start();
            final Markets market = Markets.of(writer, definitions, 42);
            market.publish(bus, 10_000);

            bus.attach(lane("late").handler("late", late).build(), JoinFrom.start());
            bus.attach("work", "guest", guest, Interest.all(), JoinFrom.start());
            market.publish(bus, 10_000);

            assertTrue(bus.close(CLOSE_LIMIT_NS));
        }
        assertTrue(ordered.liveOrders() > 0);
        assertEquals(Markets.text(ordered), Markets.text(late));
        assertEquals(Markets.text(ordered), Markets.text(guest));
    }

    private static Lane.Builder lane(final String name)
    {
        return Lane.named(name).idle(new YieldingIdleStrategy());
    }
}
