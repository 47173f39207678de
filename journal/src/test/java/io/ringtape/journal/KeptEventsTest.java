package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway left beside a tape is told, and goes along with a copy. */
@Timeout(60)
final class KeptEventsTest
{
    private static final int GATEWAY = 1;
    private static final int LEFT = 2;

    private final Path tape = Tapes.fresh("kept");
    private final Path copy = tape.resolveSibling("copy");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldTellHowManyEventsAreOnNoTape()
    {
        keep(2, 5);

        final TapeInfo info = Tape.open(tape).info();

        assertEquals(OptionalLong.of(3), info.keptEvents());
        assertEquals(List.of(), info.problems());
    }

    @Test
    void shouldTellNothingOfATapeWithoutAGatewayAndOfWhatIsOnTape()
    {
        Tapes.record(tape, 1, 1);
        assertEquals(OptionalLong.of(0), Tape.open(tape).info().keptEvents());

        keep(5, 5);
        assertEquals(OptionalLong.of(0), Tape.open(tape).info().keptEvents());

        keep(0, 2);
        assertEquals(List.of(0L, 1L), nextRun(tape));
        assertEquals(OptionalLong.of(0), Tape.open(tape).info().keptEvents());
    }

    @Test
    void shouldNotTellWhileTheTapeIsWritten()
    {
        keep(0, 2);

        try (TapeWriter writer = writer(tape, definitions()))
        {
            assertEquals(OptionalLong.empty(), Tape.open(tape).info().keptEvents(), () -> "run=" + writer.runId());
        }
    }

    @Test
    void shouldNameAFileThatIsDamaged() throws IOException
    {
        keep(0, 2);
        final Path file = tape.resolve("gateway-side");
        zero(file, 0);

        final TapeInfo info = Tape.open(tape).info();

        assertEquals(OptionalLong.empty(), info.keptEvents());
        assertEquals(List.of(new TapeInfo.Problem(Kind.DAMAGED,
            "side file of the gateway is damaged: file=" + file + " slot=0")), info.problems());
        assertEquals(TapeStatus.OK, Tape.open(tape).verify().status());
    }

    @Test
    void shouldNotFollowALink() throws IOException
    {
        Tapes.record(tape, 1, 1);
        final Path file = Files.createSymbolicLink(tape.resolve("gateway-side"), Path.of("nowhere"));
        final String refusal = "tape must not hold a symbolic link: path=" + file;

        assertEquals(List.of(new TapeInfo.Problem(Kind.UNREADABLE, refusal)), Tape.open(tape).info().problems());
        assertEquals(refusal, assertThrows(TapeException.class, this::repair).getMessage());
        assertFalse(Files.exists(copy));
    }

    @Test
    void shouldGoAlongWithACopy() throws IOException
    {
        keep(2, 5);

        repair();

        assertEquals(-1, Files.mismatch(tape.resolve("gateway-side"), copy.resolve("gateway-side")));
        assertEquals(OptionalLong.of(3), Tape.open(copy).info().keptEvents());
        assertEquals(List.of(2L, 3L, 4L), nextRun(copy));
        assertEquals(List.of(), nextRun(copy));
        assertEquals(List.of(2L, 3L, 4L), nextRun(tape));
    }

    @Test
    void shouldGiveTheCopyWhatWasOnTapeBehindTheDamageToo() throws IOException
    {
        keep(2, 5);
        final Path roll = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(roll);
        bytes[TapeBytes.blockStart(bytes, 1) + 80] ^= 1;
        TapeBytes.overwrite(roll, bytes);

        repair();

        assertEquals(List.of(1L, 2L, 3L, 4L), nextRun(copy));
    }

    @Test
    void shouldNotBeForgottenWhereItCannotBeRead() throws IOException
    {
        keep(0, 2);
        zero(tape.resolve("gateway-side"), 0);

        repair();

        assertEquals("side file of the gateway is damaged: file=" + copy.resolve("gateway-side") + " slot=0",
            assertThrows(TapeException.class, () -> nextRun(copy)).getMessage());
    }

    @Test
    void shouldCopyNoMoreThanAFileCanHave() throws IOException
    {
        keep(0, 2);
        final long bytes = SideFiles.sizeBytes(GatewaySideFile.CAPACITY);
        try (FileChannel channel = FileChannel.open(tape.resolve("gateway-side"), StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.allocate(1), bytes + 1000);
        }

        repair();

        assertEquals(bytes, Files.size(copy.resolve("gateway-side")));
        assertEquals(List.of(0L, 1L), nextRun(copy));
    }

    private void repair()
    {
        TapeRepair.repair(Tape.open(tape), copy, (events) ->
        {
            // Nobody waits.
        });
    }

    /** A run whose tape has the first of its gateway's answers, and that keeps all of them. */
    private void keep(final int onTape, final int count)
    {
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions);
            GatewaySideFile side = GatewaySideFile.open(tape, writer, definitions, true))
        {
            side.begin(GATEWAY, writer.journaledSequence());
            for (int id = 0; id < count; id++)
            {
                side.append(answer(new EventBatch(1).append(), GATEWAY, id));
            }
            side.force();
            for (int id = 0; id < onTape; id++)
            {
                write(writer, GATEWAY, id);
            }
        }
    }

    /** The order ids that the next run puts on tape. */
    private static List<Long> nextRun(final Path of)
    {
        final Definitions definitions = definitions();
        final List<Long> ids = new ArrayList<>();
        try (TapeWriter writer = writer(of, definitions);
            GatewaySideFile side = GatewaySideFile.open(of, writer, definitions, false))
        {
            if (side.pendingCount() > 0)
            {
                final SourceDefinition left = new SourceDefinition(
                    LEFT, SourceDefinition.Kind.GATEWAY, GatewaySideFile.SOURCE_NAME, 0, 0, 0);
                definitions.add(left);
                side.claim(left, 77);
                side.publish((answer) ->
                {
                    ids.add(answer.event(0).orderId());
                    return EventPublisher.ACCEPTED;
                });
                ids.forEach((id) -> write(writer, LEFT, id));
                side.settle();
            }
            writer.close(Tapes.SUMMARY);
        }
        return ids;
    }

    private static void write(final TapeWriter writer, final int sourceId, final long id)
    {
        final UnsafeBuffer room = Tapes.room(1);
        final long sequence = writer.journaledSequence() + 1;
        answer(new OrderBookEvent().wrap(room, 0).reset(), sourceId, id).sequence(sequence);
        writer.onRange(room, 0, sequence, 1);
    }

    private static OrderBookEvent answer(final OrderBookEvent event, final int sourceId, final long id)
    {
        return event.type(EventType.OWN_CANCELLED).sourceId(sourceId).orderId(id).price(5).quantity(6)
            .flags(EventFlags.LAST | EventFlags.OWN);
    }

    private static TapeWriter writer(final Path of, final Definitions definitions)
    {
        return TapeWriter.open(of, TapeConfig.defaults().withReserveBytes(0), definitions, () -> Tapes.START_NS);
    }

    private static Definitions definitions()
    {
        final Definitions definitions = Tapes.definitions();
        definitions.add(new SourceDefinition(GATEWAY, SourceDefinition.Kind.GATEWAY, "loopback", 0, 0, 0));
        return definitions;
    }

    private static void zero(final Path file, final int slot) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            channel.write(SideRecords.buffer(SideHeader.BYTES), SideFiles.slotAt(slot));
        }
    }
}
