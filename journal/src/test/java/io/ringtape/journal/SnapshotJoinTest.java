package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.bus.Attachment;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.Lane;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.Interest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Books that join a running bus behind a snapshot are those that were there from the start. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SnapshotJoinTest
{
    private static final long CLOSE_LIMIT_NS = 10_000_000_000L;
    private static final EventHandler NOTHING = (event) ->
    {
    };

    private final Path tape = Tapes.fresh("snapshot-join");
    private final Definitions definitions = Markets.definitions();
    private final Books first = new Books(definitions);
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldJoinBehindASnapshotThatTheCallerFound()
    {
        Markets.record(tape, TapeConfig.defaults(), 31, 100);
        try (TapeWriter writer = Markets.open(tape, TapeConfig.defaults(), definitions); SnapshotMaker maker = maker())
        {
            final EventBus bus = start(writer);
            final Markets market = Markets.of(writer, definitions, 32);
            market.publish(bus, 20_000);
            bus.writer().awaitLane("tape");
            maker.advance(Markets::ignore);

            final Books late = new Books(definitions);
            final BookSnapshot from = Tape.open(tape).snapshots()
                .newest(writer.firstSequence(), Long.MAX_VALUE, said::add).orElseThrow();
            from.restore(late);
            final Attachment attached = bus.attach(lane("late").handler("late", late).build(),
                JoinFrom.sequence(from.nextSequence()));
            market.publish(bus, 20_000);

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertTrue(from.sequence() > writer.firstSequence() + 15_000);
            assertEquals(from.nextSequence(), attached.firstSequence());
            requireFirst(late);
            assertEquals(List.of(), said);
        }
    }

    @Test
    void shouldHaveTheBooksOfTheFirstFromWheneverItJoins()
    {
        Markets.record(tape, TapeConfig.defaults(), 33, 100);
        final Random random = new Random(34);
        final List<Books> late = new ArrayList<>();
        final List<Attachment> attached = new ArrayList<>();
        try (TapeWriter writer = Markets.open(tape, TapeConfig.defaults(), definitions); SnapshotMaker maker = maker())
        {
            final EventBus bus = start(writer);
            final Markets market = Markets.of(writer, definitions, 35);
            for (int i = 0; i < 40; i++)
            {
                // The bus goes on while a handler joins, and while a snapshot is made of what is on tape by then.
                market.publish(bus, 1 + random.nextInt(3_000));
                if (random.nextInt(3) == 0)
                {
                    maker.advance(Markets::ignore);
                }
                final Books books = new Books(definitions);
                final String name = "late-" + i;
                late.add(books);
                attached.add(random.nextBoolean() ?
                    bus.attach(lane(name).handler(name, books).build(), JoinFrom.snapshot()) :
                    bus.attach("work", name, books, Interest.all(), JoinFrom.snapshot()));
            }

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            late.forEach(this::requireFirst);
            final long fromStart = attached.stream()
                .filter((one) -> one.firstSequence() == writer.firstSequence()).count();
            assertTrue(fromStart > 0 && fromStart < 20, () -> "fromStart=" + fromStart);
        }
        assertEquals(List.of(), said);
    }

    @Test
    void shouldTakeTheOneBeforeADamagedOneAndTheStartWhereNoneIsLeft() throws IOException
    {
        try (TapeWriter writer = Markets.open(tape, TapeConfig.defaults(), definitions); SnapshotMaker maker = maker())
        {
            final EventBus bus = start(writer);
            final Markets market = Markets.of(writer, definitions, 36);
            for (int i = 0; i < 2; i++)
            {
                market.publish(bus, 5_000);
                bus.writer().awaitLane("tape");
                maker.advance(Markets::ignore);
            }
            final List<SnapshotInfo> all = Tape.open(tape).snapshots().list();
            final SnapshotInfo newest = all.get(all.size() - 1);
            final SnapshotInfo before = all.get(all.size() - 2);

            damage(newest);
            final Books one = new Books(definitions);
            final Attachment behindOlder =
                bus.attach(lane("one").handler("one", one).build(), JoinFrom.snapshot());
            for (final SnapshotInfo info : all.subList(0, all.size() - 1))
            {
                damage(info);
            }
            final Books two = new Books(definitions);
            final Attachment fromStart =
                bus.attach("work", "two", two, Interest.all(), JoinFrom.snapshot());
            market.publish(bus, 5_000);

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertEquals(before.sequence() + 1, behindOlder.firstSequence());
            assertEquals(writer.firstSequence(), fromStart.firstSequence());
            requireFirst(one);
            requireFirst(two);
            final String line = "snapshot is damaged, crc does not match: file=" + newest.name();
            assertEquals(List.of(line, line), said.subList(0, 2));
            assertEquals(1 + all.size(), said.size());
        }
    }

    @Test
    void shouldNotStartWithWhatAnEarlierRunLeft()
    {
        Markets.record(tape, TapeConfig.defaults(), 37, 100);
        try (SnapshotMaker maker = maker())
        {
            assertTrue(maker.advance(Markets::ignore) > 0);
        }
        try (TapeWriter writer = Markets.open(tape, TapeConfig.defaults(), definitions))
        {
            final EventBus bus = start(writer);
            Markets.of(writer, definitions, 38).publish(bus, 1_000);
            final Books late = new Books(definitions);

            final Attachment attached = bus.attach(lane("late").handler("late", late).build(), JoinFrom.snapshot());

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertEquals(writer.firstSequence(), attached.firstSequence());
            requireFirst(late);
        }
        assertEquals(List.of(), said);
    }

    private void requireFirst(final Books late)
    {
        assertEquals(Markets.text(first), Markets.text(late));
    }

    private void damage(final SnapshotInfo info) throws IOException
    {
        final Path file = SnapshotFile.directory(tape).resolve(info.name());
        final byte[] bytes = Files.readAllBytes(file);
        bytes[SnapshotFile.HEADER_BYTES] ^= 1;
        Files.write(file, bytes);
    }

    private SnapshotMaker maker()
    {
        return SnapshotMaker.open(Tape.open(tape), 1_000, 0, said::add);
    }

    private EventBus start(final TapeWriter writer)
    {
        final EventBus bus = EventBus.builder().capacity(4_096).idle(new YieldingIdleStrategy())
            .firstSequence(writer.firstSequence()).history(new TapeHistory(tape, writer, said::add), "tape")
            .lane(lane("tape").handler("books", first).rangeHandler("recorder", writer).build())
            .lane(lane("work").handler("work", NOTHING).build())
            .build();
        bus.start();
        return bus;
    }

    private static Lane.Builder lane(final String name)
    {
        return Lane.named(name).idle(new YieldingIdleStrategy());
    }
}
