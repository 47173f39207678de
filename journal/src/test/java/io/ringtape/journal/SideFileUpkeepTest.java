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

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A side file beside a tape that is kept short, of an older version, on two threads, and what a killed maker left. */
@Timeout(30)
final class SideFileUpkeepTest
{
    private static final int CAPACITY = 64;
    private static final int ROUNDS = 100_000;

    private final Path tape = Tapes.fresh("side-file-upkeep");
    private final Path file = tape.resolve("gateway-side");

    @AfterEach
    void remove()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldKeepTheRunOnTapeThatItCountsOnUntilItIsSettled()
    {
        Tapes.record(tape, 1, 16);
        claimedByAKilledRun(List.of(1L, 2L, 3L), 2);
        // A run that did not get as far as settling.
        record(false);

        final Retention would = TapeRetention.keepBytes(Tape.open(tape), 0, false);
        final Retention gone = TapeRetention.keepBytes(Tape.open(tape), 0, true);

        assertEquals(would, gone);
        assertEquals(List.of(1L, 2L), gone.files().stream().map(Retention.File::runId).toList());
        assertFalse(gone.isWithinLimit());
        assertEquals(List.of(3L), record(true));
        assertEquals(List.of(3L, 4L), TapeRetention.keepBytes(Tape.open(tape), 0, true).files().stream()
            .map(Retention.File::runId).toList());
        assertEquals(List.of(), record(true));
        assertEquals(TapeStatus.OK, Tape.open(tape).verify().status());
    }

    @Test
    void shouldRefuseToCountOnARunThatWasRemoved() throws IOException
    {
        claimedByAKilledRun(List.of(1L, 2L), 1);
        final byte[] kept = Files.readAllBytes(file);
        assertEquals(List.of(2L), record(true));
        TapeRetention.keepBytes(Tape.open(tape), 0, true);
        Files.write(file, kept);

        final TapeException refusal = assertThrows(TapeException.class, () -> record(true));

        assertEquals("side file of the gateway counts on a run that was removed: file=" + file + " run=2",
            refusal.getMessage());
        assertEquals(Kind.DAMAGED, refusal.kind());
    }

    @Test
    void shouldNameADamagedFileWhereRunsAreToBeRemoved() throws IOException
    {
        claimedByAKilledRun(List.of(1L), 0);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[4096 + 20] ^= 1;
        Files.write(file, bytes);

        assertEquals("side file of the gateway is damaged: file=" + file + " slot=1", assertThrows(
            TapeException.class, () -> TapeRetention.keepBytes(Tape.open(tape), 0, true)).getMessage());
    }

    @Test
    void shouldTakeWhatAnOlderVersionHasKeptInItsSmallerRegions() throws IOException
    {
        // The second region, which stood at half the distance.
        claimedByAKilledRun(List.of(1L, 2L, 3L), 0, CAPACITY / 2);
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (final int slot : new int[] {0, SideHeader.DISTANCE})
        {
            bytes.putInt(slot + 8, SideHeader.FIRST_VERSION);
            bytes.putInt(slot + 124, Checksum.over(bytes.slice(slot, 124).order(ByteOrder.LITTLE_ENDIAN), 0, 124));
        }
        Files.write(file, bytes.array());

        assertEquals(List.of(1L, 2L, 3L), record(true));
        assertEquals(List.of(), record(true));
    }

    @Test
    void shouldRemoveWhatAKilledMakerLeft() throws IOException
    {
        Tapes.record(tape, 1, 1);
        final Path left = Files.createFile(tape.resolve("gateway-side.0d6f.tmp"));
        final Path other = Files.createFile(tape.resolve("control.0d6f.tmp"));

        record(false);

        assertFalse(Files.exists(left));
        assertTrue(Files.exists(other));
        Files.delete(other);
    }

    @Test
    void shouldPublishWhatItHasThoughSafeModeReadsItMeanwhile() throws InterruptedException
    {
        claimedByAKilledRun(List.of(1L, 2L, 3L), 0);
        final Definitions definitions = definitions();
        final AtomicBoolean isDone = new AtomicBoolean();
        try (TapeWriter writer = writer(tape, definitions);
            GatewaySideFile side = GatewaySideFile.open(tape, writer, definitions, true, CAPACITY))
        {
            claim(side, definitions);
            final Thread gateway = new Thread(() ->
            {
                while (!isDone.get())
                {
                    side.begin(GATEWAY, writer.firstSequence() - 1);
                }
            });
            gateway.start();
            final long[] next = new long[1];
            long wrong = 0;
            for (int i = 0; i < ROUNDS; i++)
            {
                next[0] = 0;
                final boolean[] isWrong = new boolean[1];
                side.publish((answer) ->
                {
                    isWrong[0] |= answer.event(0).orderId() != ++next[0];
                    return EventPublisher.ACCEPTED;
                });
                wrong += isWrong[0] ? 1 : 0;
            }
            isDone.set(true);
            gateway.join();

            assertEquals(0, wrong);
        }
    }

    @Test
    void shouldSayThatAnEventWasNotTaken()
    {
        claimedByAKilledRun(List.of(1L, 2L, 3L), 0);
        final Definitions definitions = definitions();
        try (TapeWriter writer = writer(tape, definitions);
            GatewaySideFile side = GatewaySideFile.open(tape, writer, definitions, false, CAPACITY))
        {
            claim(side, definitions);
            final int[] offers = new int[1];

            assertEquals("event of an earlier run's gateway was not taken: file=" + file +
                " event=1 of=3 answer=-2", assertThrows(IllegalStateException.class, () -> side.publish((answer) ->
                    ++offers[0] == 2 ? EventPublisher.CLOSED : EventPublisher.ACCEPTED)).getMessage());
            assertEquals(2, offers[0]);
        }
    }

    private void claimedByAKilledRun(final List<Long> ids, final int onTape)
    {
        claimedByAKilledRun(ids, onTape, CAPACITY);
    }

    /** A run keeps answers; the next one claims them, and is killed when so many of them are on tape. */
    private void claimedByAKilledRun(final List<Long> ids, final int onTape, final int capacity)
    {
        final Definitions first = definitions();
        try (TapeWriter writer = writer(tape, first);
            GatewaySideFile side = GatewaySideFile.open(tape, writer, first, true, capacity))
        {
            write(writer, 0, 9);
            side.begin(GATEWAY, writer.journaledSequence());
            ids.forEach((id) -> side.append(answer(new EventBatch(1).append(), GATEWAY, id)));
            side.force();
        }
        final Definitions second = definitions();
        try (TapeWriter writer = writer(tape, second);
            GatewaySideFile side = GatewaySideFile.open(tape, writer, second, false, capacity))
        {
            final int source = claim(side, second);
            write(writer, 0, 9);
            write(writer, source, longs(ids.subList(0, onTape)));
        }
    }

    /**
     * A whole run.
     *
     * @return the order ids that it puts on tape.
     */
    private List<Long> record(final boolean isSettled)
    {
        final Definitions definitions = definitions();
        final List<Long> ids = new ArrayList<>();
        try (TapeWriter writer = writer(tape, definitions);
            GatewaySideFile side = GatewaySideFile.open(tape, writer, definitions, false, CAPACITY))
        {
            write(writer, 0, 9);
            if (isSettled && side.pendingCount() > 0)
            {
                final int source = claim(side, definitions);
                side.publish((answer) ->
                {
                    ids.add(answer.event(0).orderId());
                    return EventPublisher.ACCEPTED;
                });
                write(writer, source, longs(ids));
            }
            writer.close(Tapes.SUMMARY);
            if (isSettled)
            {
                side.settle();
            }
        }
        return ids;
    }

    private static int claim(final GatewaySideFile side, final Definitions definitions)
    {
        final SourceDefinition source = left(definitions);
        side.claim(source, 77);
        return source.sourceId();
    }

    private static long[] longs(final List<Long> ids)
    {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }
}
