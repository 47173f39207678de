package io.ringtape.journal;

import static io.ringtape.journal.SideTapes.GATEWAY;
import static io.ringtape.journal.SideTapes.answer;
import static io.ringtape.journal.SideTapes.definitions;
import static io.ringtape.journal.SideTapes.left;
import static io.ringtape.journal.SideTapes.write;
import static io.ringtape.journal.SideTapes.writer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one run's gateway leaves is on the next run's tape, each event once, whatever happens in between. */
@Timeout(30)
final class GatewaySideFileTest
{
    private static final int LEFT = 2;
    private static final int CAPACITY = 64;

    private final Path tape = Tapes.fresh("gateway-side");
    private final Path file = tape.resolve("gateway-side");

    @AfterEach
    void remove()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldMakeNoFileForARunWithoutAGateway()
    {
        try (TapeWriter writer = writer(tape, definitions()); GatewaySideFile side = open(writer, definitions(), false))
        {
            assertEquals(0, side.pendingCount());
            side.settle();
        }

        assertFalse(Files.exists(file));
        assertEquals(TapeStatus.OK, Tape.open(tape).verify().status());
    }

    @Test
    void shouldKeepNothingAtFirst()
    {
        try (TapeWriter writer = writer(tape, definitions()); GatewaySideFile side = open(writer, definitions(), true))
        {
            assertEquals(0, side.pendingCount());
        }

        assertTrue(Files.exists(file));
        assertEquals(List.of(), nextRun());
        assertEquals(TapeStatus.OK, Tape.open(tape).verify().status());
    }

    @Test
    void shouldGiveWhatItKeptToTheNextRunOnce()
    {
        keep(0, 1, 2, 3);

        assertEquals(List.of(1L, 2L, 3L), nextRun());
        assertEquals(List.of(), nextRun());
    }

    @Test
    void shouldLeaveOutWhatTheTapeHasBehindTheBase()
    {
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, true))
        {
            write(writer, GATEWAY, 1, 2);
            side.begin(GATEWAY, writer.journaledSequence());
            keep(side, 3, 4, 5);
            write(writer, GATEWAY, 3, 4);
        }

        assertEquals(List.of(5L), nextRun());
    }

    @Test
    void shouldGiveAllAgainWhereTheRunThatClaimedItWasKilledAhead()
    {
        keep(0, 1, 2, 3);
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, false))
        {
            side.claim(left(definitions), 77);
        }

        assertEquals(List.of(1L, 2L, 3L), nextRun());
        assertEquals(List.of(), nextRun());
    }

    @Test
    void shouldGiveTheRestWhereTheRunThatClaimedItWasKilledOnTheWay()
    {
        keep(0, 1, 2, 3);
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, false))
        {
            side.claim(left(definitions), 77);
            write(writer, LEFT, 1, 2);
            write(writer, 0, 9, 9);
        }

        assertEquals(List.of(3L), nextRun());
        assertEquals(List.of(), nextRun());
    }

    @Test
    void shouldGiveNothingWhereTheRunThatClaimedItWasKilledBehind()
    {
        keep(0, 1, 2, 3);
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, false))
        {
            side.claim(left(definitions), 77);
            write(writer, LEFT, 1, 2, 3);
        }

        assertEquals(List.of(), nextRun());
    }

    @Test
    void shouldForgetWhatIsOnTapeWhollyWhenTheNextRunIsSettled()
    {
        keep(0, 1, 2, 3);
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, false))
        {
            side.claim(left(definitions), 77);
            write(writer, LEFT, 1, 2, 3);
        }
        assertEquals(2, GatewaySideFile.neededRun(tape));

        assertEquals(List.of(), nextRun());

        assertEquals(Long.MAX_VALUE, GatewaySideFile.neededRun(tape));
    }

    @Test
    void shouldForgetNothingThatThisRunHasKept()
    {
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, true))
        {
            side.begin(GATEWAY, -1);
            keep(side, 4);
            side.settle();
        }

        assertEquals(List.of(4L), nextRun());
    }

    @Test
    void shouldGiveAllAgainWhereTheRunThatClaimedItWasTakenBack()
    {
        keep(0, 1, 2, 3);
        final Definitions definitions = definitions();
        try (GatewaySideFile side = discarded(definitions))
        {
            assertEquals(3, side.pendingCount());
        }

        assertEquals(List.of(1L, 2L, 3L), nextRun());
    }

    @Test
    void shouldKeepBothWhereTheNextRunHaltsToo()
    {
        keep(0, 1, 2, 3);
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, true))
        {
            side.claim(left(definitions), 77);
            write(writer, LEFT, 1);
            write(writer, GATEWAY, 10);
            side.begin(GATEWAY, writer.firstSequence() - 1);
            keep(side, 10, 11, 12);
        }

        assertEquals(List.of(2L, 3L, 11L, 12L), nextRun());
    }

    @Test
    void shouldFindTheInstrumentByWhatTheVenueCallsIt()
    {
        final Definitions old = definitions();
        old.add(Tapes.instrument(1));
        old.add(new InstrumentDefinition(2, "GONE".repeat(30), 9, -9, 0, BookKind.MBO, 0, 1, 1, 1));
        try (TapeWriter writer = writer(tape, old); GatewaySideFile side = open(writer, old, true))
        {
            side.begin(GATEWAY, -1);
            final EventBatch batch = new EventBatch(2);
            side.append(answer(batch.append(), GATEWAY, 1).instrumentId(2));
            side.append(answer(batch.append(), GATEWAY, 2).instrumentId(1));
            side.force();
        }
        final Definitions other = new Definitions();
        other.add(SideEvents.numbered(Tapes.instrument(1), 0));
        try (TapeWriter writer = writer(tape, other); GatewaySideFile side = open(writer, other, false))
        {
            side.claim(left(other), 77);
            final List<OrderBookEvent> events = published(side);

            assertEquals(1, events.get(0).instrumentId());
            assertEquals("GONE".repeat(30), other.instrument(1).symbol());
            assertEquals(0, events.get(1).instrumentId());
            assertEquals(77, events.get(1).receiveTimeNs());
        }
    }

    @Test
    void shouldPublishAnAnswerWithItsDetailAsOne()
    {
        final Definitions definitions = definitions();
        final EventBatch batch = new EventBatch(2);
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, true))
        {
            side.begin(GATEWAY, -1);
            side.append(answer(batch.append(), GATEWAY, 1).flags(EventFlags.OWN));
            side.append(batch.append().type(EventType.DETAIL).sourceId(GATEWAY).detail(3, 42)
                .flags(EventFlags.OWN | EventFlags.LAST));
            side.force();
        }
        final List<String> batches = new ArrayList<>();
        try (TapeWriter writer = writer(tape, definitions()); GatewaySideFile side = open(writer, definitions, false))
        {
            side.claim(left(definitions), 77);
            side.publish((answer) ->
            {
                batches.add(answer.count() + " " + answer.event(1).detail(3));
                return EventPublisher.ACCEPTED;
            });
        }

        assertEquals(List.of("2 42"), batches);
    }

    @Test
    void shouldNameADamagedRecord() throws IOException
    {
        keep(0, 1, 2, 3);
        flip(8192 + 3 * 64 + 40);

        final TapeException refusal = assertThrows(TapeException.class, this::nextRun);

        assertEquals("side file of the gateway is damaged: file=" + file + " record=3 of=5 run=1",
            refusal.getMessage());
        assertEquals(Kind.DAMAGED, refusal.kind());
    }

    @Test
    void shouldNameADamagedSlot() throws IOException
    {
        keep(0, 1, 2, 3);
        flip(20);

        assertEquals("side file of the gateway is damaged: file=" + file + " slot=0",
            assertThrows(TapeException.class, this::nextRun).getMessage());
    }

    @Test
    void shouldTellEachFlippedByteOfWhatCounts() throws IOException
    {
        keep(0, 1, 2, 3);
        final byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < 5 * 64 + 256; at += 9)
        {
            // Both slots, and the records of generation 2.
            final int place = at < 128 ? at : at < 256 ? 4096 + at - 128 : 8192 + at - 256;
            Files.write(file, whole);
            flip(place);

            final TapeException refusal = assertThrows(TapeException.class, this::nextRun, "at " + place);

            assertEquals(Kind.DAMAGED, refusal.kind());
        }
        Files.write(file, whole);
        assertEquals(List.of(1L, 2L, 3L), nextRun());
    }

    @Test
    void shouldNameAFileThatIsCutOrEmpty() throws IOException
    {
        keep(0, 1, 2, 3);
        final byte[] whole = Files.readAllBytes(file);
        for (final int length : new int[] {0, 1, 100, 4096, 4300, 8192, 8192 + 64 * 4 + 1})
        {
            Files.write(file, Arrays.copyOf(whole, length));

            assertEquals(Kind.DAMAGED, assertThrows(TapeException.class, this::nextRun).kind(), "length=" + length);
        }
    }

    @Test
    void shouldRefuseALink() throws IOException
    {
        Tapes.record(tape, 1, 1);
        Files.createSymbolicLink(file, Path.of("/dev/null"));

        assertEquals("tape must not hold a symbolic link: path=" + file,
            assertThrows(TapeException.class, this::nextRun).getMessage());
    }

    @Test
    void shouldSayThatItIsFull()
    {
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, true))
        {
            side.begin(GATEWAY, -1);
            final TapeException refusal = assertThrows(TapeException.class, () ->
            {
                for (int i = 0; i < CAPACITY; i++)
                {
                    side.append(answer(new EventBatch(1).append(), GATEWAY, i));
                }
            });
            assertEquals("side file of the gateway is full: file=" + file + " records=64", refusal.getMessage());
        }
    }

    @Test
    void shouldNotCountAsBytesOfTheTape() throws IOException
    {
        keep(4);
        final long before = Tape.open(tape).sizeBytes();

        Files.write(file, new byte[1000], StandardOpenOption.APPEND);

        assertEquals(before, Tape.open(tape).sizeBytes());
    }

    private GatewaySideFile discarded(final Definitions definitions)
    {
        final TapeWriter writer = writer(tape, definitions);
        final GatewaySideFile side = open(writer, definitions, false);
        side.claim(left(definitions), 77);
        writer.discard();
        return side;
    }

    /** A run that keeps answers, numbered by their order ids. */
    private void keep(final int market, final long... ids)
    {
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, true))
        {
            write(writer, 0, new long[market]);
            if (ids.length > 0)
            {
                side.begin(GATEWAY, writer.journaledSequence());
                keep(side, ids);
            }
        }
    }

    private static void keep(final GatewaySideFile side, final long... ids)
    {
        for (final long id : ids)
        {
            side.append(answer(new EventBatch(1).append(), GATEWAY, id));
        }
        side.force();
    }

    /** The order ids that the next run puts on tape. */
    private List<Long> nextRun()
    {
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions); GatewaySideFile side = open(writer, definitions, false))
        {
            final List<Long> ids = new ArrayList<>();
            if (side.pendingCount() > 0)
            {
                side.claim(left(definitions), 77);
                published(side).forEach((event) -> ids.add(event.orderId()));
                write(writer, LEFT, ids.stream().mapToLong(Long::longValue).toArray());
            }
            writer.close(Tapes.SUMMARY);
            side.settle();
            return ids;
        }
    }

    private static List<OrderBookEvent> published(final GatewaySideFile side)
    {
        final List<OrderBookEvent> events = new ArrayList<>();
        side.publish((answer) ->
        {
            for (int i = 0; i < answer.count(); i++)
            {
                events.add(new EventBatch(1).append().copyFrom(answer.event(i)));
            }
            return EventPublisher.ACCEPTED;
        });
        return events;
    }

    private GatewaySideFile open(final TapeWriter writer, final Definitions definitions, final boolean reserve)
    {
        return GatewaySideFile.open(tape, writer, definitions, reserve, CAPACITY);
    }

    private void flip(final int at) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x10;
        Files.write(file, bytes);
    }
}
