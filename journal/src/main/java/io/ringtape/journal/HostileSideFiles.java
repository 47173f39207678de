package io.ringtape.journal;

import io.ringtape.book.Books;
import io.ringtape.bus.BusCounters;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * What stands beside the roll files of a tape, in memory, and what reads it.
 */
final class HostileSideFiles
{
    /** Of a side file; a real one's is much larger. */
    static final int KEPT_CAPACITY = 12;

    private static final Path NOWHERE = Path.of("memory");
    private static final MissingRange UNJOURNALED = new MissingRange(3, 5);
    private static final MissingRange LOST = new MissingRange(6, 9);
    private static final int BOOK_EVENTS = 24;
    private static final int KEPT_EVENTS = 6;

    private HostileSideFiles()
    {
    }

    static List<HostileBytes> of(final Path tape, final HostileRun run) throws IOException
    {
        return List.of(manifest(run), mark(tape), snapshot(run), counters(tape), marker(tape), owner(), control(),
            gatewaySide());
    }

    /** Offsets of what stands at every so many bytes. */
    static List<Integer> every(final int step, final int end)
    {
        final List<Integer> offsets = new ArrayList<>();
        for (int at = 0; at < end; at += step)
        {
            offsets.add(at);
        }
        return offsets;
    }

    private static ByteBuffer bytesOf(final Path file) throws IOException
    {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** More than the tape's own says: all kinds of records. */
    private static HostileBytes manifest(final HostileRun run) throws IOException
    {
        final RunEnd end = run.end();
        final long runId = end.runId();
        final Manifest.Entry finished = new Manifest.Entry(Manifest.FINISHED, runId, 0, 0, 7, 4096, 0, 1, 0);
        final Manifest.Entry closed = new Manifest.Entry(
            Manifest.CLOSED, runId, 1, 8, end.lastSequence(), end.endOffset(), 0, end.crc(), 0);
        final ByteBuffer bytes = ByteBuffer.allocate(7 * Manifest.ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (final Manifest.Entry entry : List.of(Manifest.Entry.before(Manifest.UNJOURNALED, runId, UNJOURNALED),
            Manifest.Entry.before(Manifest.LOST, runId, LOST), finished, finished.sealed(8192, 2, 1),
            closed, closed.sealed(4096, 3, 0), finished.sealed(8192, 2, 1).removed(17)))
        {
            bytes.put(Manifest.encode(entry));
        }
        final Manifest good = Manifest.read(runId, file(bytes.flip()));
        final Manifest.Before before = Manifest.before(bytes, runId);
        return new HostileBytes("manifest", bytes, every(Integer.BYTES, bytes.limit()),
            (changed) -> Forgery.records(changed, Manifest.ENTRY_BYTES), (changed) ->
            {
                final Manifest.Before found = Manifest.before(
                    changed.slice(0, Math.min(changed.limit(), 2 * Manifest.ENTRY_BYTES)), runId);
                return isPart(Manifest.read(runId, file(changed)), good) && isPart(found, before);
            });
    }

    private static boolean isPart(final Manifest.Before found, final Manifest.Before good)
    {
        return (found.unjournaled() == null || found.unjournaled().equals(good.unjournaled())) &&
            (found.lost() == null || found.lost().equals(good.lost()));
    }

    private static boolean isPart(final Manifest found, final Manifest good)
    {
        final int ends = found.ends().size();
        boolean isPart = ends <= good.ends().size() && found.ends().equals(good.ends().subList(0, ends));
        for (int number = 0; number < ends && isPart; number++)
        {
            final Optional<Manifest.Entry> seal = found.seal(number);
            final Optional<Manifest.Entry> removal = found.removal(number);
            isPart = (seal.isEmpty() || seal.equals(good.seal(number))) &&
                (removal.isEmpty() || removal.equals(good.removal(number)));
        }
        return isPart;
    }

    /** The journaled one, with a note of what was not journaled. */
    private static HostileBytes mark(final Path tape) throws IOException
    {
        final ByteBuffer bytes = bytesOf(tape.resolve(MarkFile.JOURNALED));
        new UnjournaledNote(bytes, new UnsafeBuffer(bytes)).set(UNJOURNALED);
        final List<Integer> fields = new ArrayList<>();
        for (final int slot : List.of(0, MarkSlots.DISTANCE))
        {
            every(Integer.BYTES, 2 * MarkSlots.BYTES).forEach((at) -> fields.add(slot + at));
        }
        final Mark higher = decode(wholly(bytes)).orElseThrow(() -> new IOException("tape has no mark"));
        final int slot = bytes.getLong(0) > bytes.getLong(MarkSlots.DISTANCE) ? 0 : MarkSlots.DISTANCE;
        final Mark before =
            decode(wholly(bytes).put(slot, new byte[MarkSlots.BYTES])).orElse(higher);
        return new HostileBytes("mark", bytes, fields, Forgery::mark, (changed) ->
        {
            final ByteBuffer read = wholly(changed);
            final Optional<Mark> mark = decode(read);
            final Optional<MissingRange> note = read.position() < MarkSlots.FILE_BYTES ? Optional.empty() :
                Optional.ofNullable(UnjournaledNote.find(read).range());
            return (mark.isEmpty() || mark.get().equals(higher) || mark.get().equals(before)) &&
                (note.isEmpty() || note.get().equals(UNJOURNALED));
        });
    }

    private static Optional<Mark> decode(final ByteBuffer bytes)
    {
        return Optional.ofNullable(MarkSlots.of(bytes)).map(MarkSlots::mark);
    }

    /** As much as the mark's own reader reads, from 0 to the position. */
    private static ByteBuffer wholly(final ByteBuffer bytes)
    {
        final int length = Math.min(bytes.limit(), MarkSlots.FILE_BYTES);
        return ByteBuffer.allocate(MarkSlots.FILE_BYTES).order(ByteOrder.LITTLE_ENDIAN)
            .put(0, bytes, 0, length).position(length);
    }

    /** Books of both kinds, behind the last block of the run. */
    private static HostileBytes snapshot(final HostileRun run) throws IOException
    {
        final Definitions definitions = new Definitions();
        for (final BookKind kind : BookKind.values())
        {
            final int id = definitions.instrumentCount();
            definitions.add(new InstrumentDefinition(id, kind.name(), id, -9, 0, kind, 0, 1, 1, 1));
        }
        final Books books = new Books(definitions);
        for (int i = 0; i < BOOK_EVENTS; i++)
        {
            final boolean isByOrder = definitions.instrument(i & 1).bookKind() == BookKind.MBO;
            books.onEvent(new OrderBookEvent().wrap(new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]), 0)
                .reset().sequence(i).orderId(i).price(100 + i % 6 * 10).quantity(1 + i).instrumentId(i & 1)
                .type(isByOrder ? EventType.ORDER_ADD : EventType.LEVEL_SET)
                .flags(i % 6 < 3 ? Side.BID : Side.ASK));
        }
        final ByteBuffer bytes = run.snapshot(books);
        final SnapshotInfo info = new SnapshotInfo(run.end().lastSequence(), "snapshot", bytes.limit());
        final long hash = books.bookHash();
        return new HostileBytes("snapshot", bytes, every(Integer.BYTES, bytes.limit()), Forgery::snapshot, (changed) ->
        {
            final BookSnapshot found = SnapshotFile.read(info, file(changed));
            final Books restored = new Books(definitions);
            try
            {
                found.restore(restored);
            }
            catch (final IllegalArgumentException e)
            {
                // As its readers have it.
                throw new SnapshotDamageException(info, String.valueOf(e.getMessage()));
            }
            return restored.bookHash() == hash && found.runId() == run.end().runId();
        });
    }

    private static HostileBytes counters(final Path tape) throws IOException
    {
        final ByteBuffer bytes = bytesOf(tape.resolve(CountersFile.NAME));
        final CountersReading good = CountersReading.read(file(bytes), NOWHERE);
        final int capacity = bytes.getInt(CountersFile.CAPACITY_AT);
        final List<Integer> fields = every(Integer.BYTES, CountersFile.FIELDS_END);
        for (int id = 0; id < capacity; id++)
        {
            final int value = CountersFile.HEADER_BYTES + CountersReader.counterOffset(id);
            final int record = CountersFile.HEADER_BYTES + BusCounters.valuesBytes(capacity) +
                CountersReader.metaDataOffset(id);
            fields.addAll(List.of(value, value + CountersReader.OWNER_ID_OFFSET, record,
                record + CountersReader.TYPE_ID_OFFSET, record + CountersReader.LABEL_OFFSET));
        }
        return new HostileBytes("counters", bytes, fields, Forgery::counters, (changed) ->
        {
            // Only the header has a CRC: what the counters say changes while they are read.
            final CountersReading found = CountersReading.read(file(changed), NOWHERE);
            return found.pid() == good.pid() && found.startedAt().equals(good.startedAt()) &&
                found.runId() == good.runId() && found.createdNs() == good.createdNs();
        });
    }

    private static HostileBytes marker(final Path tape) throws IOException
    {
        final ByteBuffer bytes = bytesOf(tape.resolve(TapeMarker.NAME));
        return new HostileBytes("marker", bytes, every(Short.BYTES, bytes.limit()),
            (changed) -> Forgery.put(changed, 0, TapeMarker.CRC_AT), (changed) ->
            {
                TapeMarker.check(NOWHERE, changed.slice().order(ByteOrder.LITTLE_ENDIAN));
                return changed.slice(0, bytes.limit()).equals(bytes);
            });
    }

    /** It has no CRC: whatever makes sense is taken for an owner, and then asked for among the processes. */
    private static HostileBytes owner()
    {
        final ByteBuffer bytes = StandardCharsets.UTF_8.encode(TapeOwner.self(BootId.current()).line());
        return new HostileBytes("owner", bytes, every(1, bytes.limit()), (changed) ->
        {
            // Nothing to make right.
        }, (changed) ->
        {
            try
            {
                return changed.limit() > TapeOwner.MAX_BYTES ||
                    TapeOwner.parse(StandardCharsets.UTF_8.newDecoder().decode(changed.slice()).toString())
                        .map((owner) -> owner.pid() >= 0).orElse(true);
            }
            catch (final CharacterCodingException e)
            {
                // The file cannot be read as text: that counts as nobody.
                return true;
            }
        });
    }

    /** Who is stopped stays so, or everybody is; but a file of zeros behind its start was never used. */
    private static HostileBytes control()
    {
        final ByteBuffer bytes = ControlFormat.empty();
        final List<Scope> killed = List.of(
            new Scope(KillScope.account(7), true, KillReason.HAND, 1, 1),
            new Scope(KillScope.strategy("example"), true, KillReason.HAND, 2, 2));
        ControlLines.fill(new UnsafeBuffer(bytes), killed);
        final List<Integer> fields = every(Short.BYTES, ControlLines.ALL_AT + 3 * ControlLines.LINE_BYTES);
        return new HostileBytes("control", bytes, fields, Forgery::control, (changed) ->
        {
            ControlFormat.check(NOWHERE, changed);
            final UnsafeBuffer read = new UnsafeBuffer(changed);
            final List<Scope> found = ControlLines.read(read);
            return found.containsAll(killed) ||
                found.stream().anyMatch((scope) -> scope.isKilled() && scope.whom().equals(KillScope.ALL)) ||
                (found.isEmpty() && read.getLong(ControlFile.NUMBER_AT) == 0);
        });
    }

    /** A definition and answers, in their third generation; the second, in the other slot, kept nothing. */
    private static HostileBytes gatewaySide() throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocate((int)SideFiles.sizeBytes(KEPT_CAPACITY))
            .order(ByteOrder.LITTLE_ENDIAN);
        final SideHeader begun = new SideHeader(3, 0, 1, 2, 1, 3, SideHeader.NO_SOURCE, 0);
        final SideHeader kept = begun.with(putKept(bytes, begun.generation()));
        for (final SideHeader header : List.of(SideHeader.empty(begun.generation() - 1), kept))
        {
            bytes.put((int)SideFiles.slotAt(header.generation()), header.encode(), 0, SideHeader.BYTES);
        }
        final SideRecords good = SideFiles.records(NOWHERE, file(bytes), kept, KEPT_CAPACITY);
        final List<Integer> fields = new ArrayList<>();
        for (int slot = 0; slot < 2; slot++)
        {
            final int start = (int)SideFiles.slotAt(slot);
            every(Integer.BYTES, SideHeader.BYTES).forEach((at) -> fields.add(start + at));
        }
        final int first = (int)SideFiles.recordAt(kept.generation(), 0, KEPT_CAPACITY);
        every(Integer.BYTES, kept.count() * SideRecords.BYTES).forEach((at) -> fields.add(first + at));
        return new HostileBytes("gateway-side", bytes, fields, (changed) -> Forgery.side(changed, KEPT_CAPACITY),
            (changed) ->
            {
                final SideHeader header = SideFiles.header(NOWHERE, file(changed), KEPT_CAPACITY);
                final SideRecords found = SideFiles.records(NOWHERE, file(changed), header, KEPT_CAPACITY);
                return header.equals(kept) && found.instruments().equals(good.instruments()) &&
                    bytesOf(found.events()).equals(bytesOf(good.events()));
            });
    }

    /** Writes records into their region; returns how many. */
    private static int putKept(final ByteBuffer bytes, final long generation)
    {
        final ByteBuffer document = SideRecords.document(
            1, new InstrumentDefinition(0, "kept", 1, -9, 0, BookKind.MBO, 0, 1, 1, 1));
        int number = 0;
        while (document.hasRemaining())
        {
            bytes.put((int)SideFiles.recordAt(generation, number, KEPT_CAPACITY),
                SideRecords.nextPart(document, generation, number), 0, SideRecords.BYTES);
            number++;
        }
        final EventBatch answers = new EventBatch(KEPT_EVENTS);
        for (int i = 0; i < KEPT_EVENTS; i++)
        {
            bytes.put((int)SideFiles.recordAt(generation, number, KEPT_CAPACITY), SideRecords.ofEvent(
                answers.append().type(EventType.OWN_CANCELLED).sourceId(1).orderId(i).quantity(1 + i),
                generation, number), 0, SideRecords.BYTES);
            number++;
        }
        return number;
    }

    private static UnsafeBuffer bytesOf(final EventBatch events)
    {
        return new UnsafeBuffer(events.buffer(), 0, events.count() * OrderBookEvent.SIZE_BYTES);
    }

    /** From 0 to the limit. */
    private static MemoryFile file(final ByteBuffer bytes)
    {
        return new MemoryFile(bytes, 0, bytes.limit());
    }
}
