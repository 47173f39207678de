package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.bus.Attachment;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.Lane;
import io.ringtape.event.Definitions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Books that join a running bus behind a snapshot are those that were there from the start. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SnapshotJoinTest
{
    private final Path tape = Tapes.fresh("snapshot-join");
    private final Definitions definitions = Markets.definitions();
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldJoinBehindASnapshot()
    {
        Markets.record(tape, TapeConfig.defaults(), 31, 100);
        try (TapeWriter writer = Markets.open(tape, TapeConfig.defaults(), definitions);
            SnapshotMaker maker = SnapshotMaker.open(Tape.open(tape), 1_000, 0, said::add))
        {
            final Books first = new Books(definitions);
            final EventBus bus = EventBus.builder().capacity(4_096).idle(new YieldingIdleStrategy())
                .firstSequence(writer.firstSequence()).history(new TapeHistory(tape, writer), "tape")
                .lane(Lane.named("tape").idle(new YieldingIdleStrategy()).handler("books", first)
                    .rangeHandler("recorder", writer).build())
                .build();
            bus.start();
            final Markets market = Markets.of(writer, definitions, 32);
            market.publish(bus, 20_000);
            bus.writer().awaitLane("tape");
            maker.advance(Markets::ignore);

            final Books late = new Books(definitions);
            final BookSnapshot from = Tape.open(tape).snapshots()
                .newest(writer.firstSequence(), Long.MAX_VALUE, said::add).orElseThrow();
            from.restore(late);
            final Attachment attached = bus.attach(Lane.named("late").idle(new YieldingIdleStrategy())
                .handler("late", late).build(), JoinFrom.sequence(from.nextSequence()));
            market.publish(bus, 20_000);

            assertTrue(bus.close(10_000_000_000L));
            assertTrue(from.sequence() > writer.firstSequence() + 15_000);
            assertEquals(from.nextSequence(), attached.firstSequence());
            assertEquals(Markets.text(first), Markets.text(late));
            assertEquals(List.of(), said);
        }
    }
}
