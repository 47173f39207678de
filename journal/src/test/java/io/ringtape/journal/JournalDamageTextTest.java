package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.Stateful;
import io.ringtape.journal.codec.FileHeaderDecoder;
import io.ringtape.journal.codec.InstrumentDefinitionDecoder;
import io.ringtape.journal.codec.MessageHeaderDecoder;
import io.ringtape.journal.codec.RunTrailerDecoder;
import io.ringtape.journal.codec.SourceDefinitionDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What a user reads where documents or states make no sense although their CRCs are right: each text as a whole. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class JournalDamageTextTest
{
    private static final TapeConfig SMALL = TapeConfig.defaults().withReserveBytes(0)
        .withRollBytes(TapeConfig.MIN_ROLL_BYTES);
    private static final int BLOCKS = 12;
    private static final int BLOCK = 4;
    private static final int LAST = BLOCKS * BLOCK - 1;
    /** The block that is changed, and its first sequence. */
    private static final int CHANGED = 5;
    private static final int FIRST = CHANGED * BLOCK;
    private static final int BATCH = 128;
    /** Some files of the least length. */
    private static final int BATCHES = 500;

    private final Path tape = Tapes.fresh("damage-texts");
    private final Path file = TapeBytes.rollFile(tape, 1, 0);
    private final Path second = TapeBytes.rollFile(tape, 1, 1);

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldSayThatABlockIsTooShort() throws IOException
    {
        final ByteBuffer bytes = recorded();
        final int at = block(bytes, CHANGED);
        bytes.putInt(at, DocumentLayout.EVENTS_OFFSET);

        requireDamagedBlock(bytes, at, "block is too short: length=60");
    }

    @Test
    void shouldSayThatABlockHasAWrongLength() throws IOException
    {
        final ByteBuffer bytes = recorded();
        final int at = block(bytes, CHANGED);
        bytes.putShort(at + DocumentLayout.HEADER_BYTES + DocumentLayout.COUNT_OFFSET, (short)(BLOCK + 1));
        forge(bytes);

        requireDamagedBlock(bytes, at, "block has a wrong length: length=316 count=5");
    }

    @Test
    void shouldSayThatADocumentBelongsToAnotherRun() throws IOException
    {
        final ByteBuffer bytes = recorded();
        final int at = block(bytes, CHANGED);
        bytes.putLong(at + DocumentLayout.HEADER_BYTES + DocumentLayout.RUN_ID_OFFSET, 9);
        forge(bytes);

        requireDamagedBlock(bytes, at, "document belongs to another run: runId=9");
    }

    @Test
    void shouldSayThatADocumentDoesNotFollowTheOneBeforeIt() throws IOException
    {
        final ByteBuffer bytes = recorded();
        final int at = block(bytes, CHANGED);
        bytes.putInt(at + DocumentLayout.HEADER_BYTES + DocumentLayout.PREVIOUS_CRC_OFFSET, 9);
        Forgery.documents(bytes, at, bytes.limit(), Forgery.KEEP);

        requireDamagedBlock(bytes, at, "document does not follow the one before it");
    }

    @Test
    void shouldSayThatADocumentIsMarkedAsChroniclesOwn() throws IOException
    {
        final ByteBuffer bytes = recorded();
        final int at = block(bytes, CHANGED);
        bytes.putInt(at, bytes.getInt(at) | DocumentLayout.METADATA);

        requireDamagedBlock(bytes, at, "a document is marked as Chronicle's own");
    }

    @Test
    void shouldSayThatADocumentDoesNotFitInTheFile() throws IOException
    {
        final ByteBuffer bytes = recorded();
        final int at = block(bytes, CHANGED);
        bytes.putInt(at, DocumentLayout.MAX_DOCUMENT_BYTES + DocumentLayout.ALIGNMENT);

        requireDamagedBlock(bytes, at, "a document does not fit in the file");
    }

    @Test
    void shouldSayThatADocumentIsOfAnotherSchema() throws IOException
    {
        final ByteBuffer bytes = recorded();
        final int at = document(bytes, SourceDefinitionDecoder.TEMPLATE_ID);
        bytes.putShort(at + DocumentLayout.HEADER_BYTES + DocumentLayout.SCHEMA_OFFSET, (short)9);
        forge(bytes);

        requireDamaged(file, bytes, where(file, 0, at, 0) + "document is of another schema: schemaId=9 version=" +
            DocumentLayout.VERSION + "; sequences 0..47 are not readable");
    }

    @Test
    void shouldSayThatADocumentIsOfAnUnknownKind() throws IOException
    {
        final ByteBuffer bytes = recorded();
        final int at = document(bytes, SourceDefinitionDecoder.TEMPLATE_ID);
        bytes.putShort(at + DocumentLayout.HEADER_BYTES + DocumentLayout.TEMPLATE_OFFSET, (short)99);
        forge(bytes);

        requireDamaged(file, bytes, where(file, 0, at, 0) + "document is of an unknown kind: templateId=99" +
            "; sequences 0..47 are not readable");
    }

    @Test
    void shouldSayThatATrailerNamesAnotherLastSequence() throws IOException
    {
        final ByteBuffer bytes = recorded();
        final int at = document(bytes, RunTrailerDecoder.TEMPLATE_ID);
        bytes.putLong(fields(at) + RunTrailerDecoder.lastSequenceEncodingOffset(), 12);
        forge(bytes);

        requireDamaged(file, bytes,
            where(file, BLOCKS, at, LAST + 1) + "trailer names another last sequence: lastSequence=12");
    }

    @Test
    void shouldSayThatAFileDoesNotStartWithItsHeader() throws IOException
    {
        final ByteBuffer bytes = recordedFiles();
        final int at = document(bytes, FileHeaderDecoder.TEMPLATE_ID);
        bytes.putShort(at + DocumentLayout.HEADER_BYTES + DocumentLayout.TEMPLATE_OFFSET, (short)99);
        forge(bytes);

        requireDamagedSecond(bytes, at, "file does not start with its header: templateId=99");
    }

    @Test
    void shouldSayThatAFileIsAnotherOne() throws IOException
    {
        final ByteBuffer bytes = recordedFiles();
        final int at = document(bytes, FileHeaderDecoder.TEMPLATE_ID);
        bytes.putLong(fields(at) + FileHeaderDecoder.fileNumberEncodingOffset(), 7);
        forge(bytes);

        requireDamagedSecond(bytes, at, "file is another one: fileNumber=7");
    }

    @Test
    void shouldSayThatAnInstrumentChanges() throws IOException
    {
        final ByteBuffer bytes = recordedFiles();
        final int at = document(bytes, InstrumentDefinitionDecoder.TEMPLATE_ID);
        bytes.putLong(fields(at) + InstrumentDefinitionDecoder.venueInstrumentIdEncodingOffset(), 9);
        forge(bytes);

        requireDamagedSecond(bytes, at, "instrument changes: instrumentId=0");
    }

    @Test
    void shouldSayThatBytesStandBehindTheLastDocument() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
        }
        final ByteBuffer bytes = read(file);
        final int at = block(bytes, BLOCKS);
        bytes.put(at + 100, (byte)1);
        TapeBytes.overwrite(file, array(bytes));

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.TORN_TAIL, LAST + 1, 0, LAST, 1, "torn tail: run=1 file=" +
            file.getFileName() + " offset=" + at + " lastSequence=47: bytes behind the last document"), report);
    }

    @Test
    void shouldSayThatTheManifestLacksAFile() throws IOException
    {
        recordedFiles();
        final Path manifest = file.resolveSibling(Manifest.NAME);
        TapeBytes.overwrite(manifest, Arrays.copyOf(Files.readAllBytes(manifest), Manifest.ENTRY_BYTES));

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(TapeStatus.DAMAGED, report.status());
        assertEquals("tape is damaged, the manifest of a run lacks a file: run=1 file=" + second.getFileName(),
            report.detail());
    }

    @Test
    void shouldSayThatTheHeadOfAStateMakesNoSense()
    {
        final ByteBuffer bytes = stored(new Eight("seven", 8));

        requireRefused("head of a state makes no sense: position=22",
            () -> StoredStates.read(changed(bytes).putInt(StoredStates.VERSION_AT, 0)));
        requireRefused("head of a state makes no sense: position=22",
            () -> StoredStates.read(changed(bytes).putLong(StoredStates.BYTES_AT, 9)));
        requireRefused("head of a state makes no sense: position=22",
            () -> StoredStates.read(changed(bytes).putShort(StoredStates.NAME_BYTES_AT, (short)0)));
    }

    @Test
    void shouldSayThatStatesEndEarly()
    {
        final ByteBuffer bytes = stored(new Eight("seven", 8));

        requireRefused("states end early: bytes=21", () -> StoredStates.read(changed(bytes).limit(21)));
    }

    @Test
    void shouldSayThatAStateEndsEarly()
    {
        final Eight state = new Eight("seven", 8);
        final ByteBuffer bytes = stored(state);
        final StoredStates found =
            StoredStates.read(changed(bytes).putLong(StoredStates.BYTES_AT, 7).limit(bytes.limit() - 1));

        requireRefused("state ends early: state=seven bytes=7", () -> found.restore(state));
    }

    @Test
    void shouldSayThatASnapshotHasNoSuchState()
    {
        final StoredStates found = StoredStates.read(stored(new Eight("seven", 8)));

        requireRefused("snapshot has no such state: state=eleven", () -> found.restore(new Eight("eleven", 8)));
    }

    @Test
    void shouldSayThatAStateHasAnotherLengthThanItSaid()
    {
        final IllegalStateException e =
            assertThrows(IllegalStateException.class, () -> stored(new Eight("seven", 9)));

        assertEquals("state has another length than it said: state=seven bytes=8 stateBytes=9", e.getMessage());
    }

    @Test
    void shouldSayThatASnapshotIsNotOfTheseHandlers()
    {
        final List<String> said = new ArrayList<>();
        Markets.record(tape, TapeConfig.defaults(), 1, 60);
        try (SnapshotMaker maker = SnapshotMaker.open(Tape.open(tape), 100, 0, said::add))
        {
            maker.advance(Markets::ignore);
        }
        final BookSnapshot found =
            Tape.open(tape).snapshots().newest(0, Long.MAX_VALUE, said::add).orElseThrow();

        requireRefused("snapshot is not of these handlers: sequence=" + found.sequence(),
            () -> found.restore(List.of(new Eight("seven", 8))));
    }

    private ByteBuffer recorded() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        return read(file);
    }

    /** The second of some files. */
    private ByteBuffer recordedFiles() throws IOException
    {
        Tapes.record(tape, SMALL, BATCHES, BATCH);
        return read(second);
    }

    private static ByteBuffer read(final Path path) throws IOException
    {
        return ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] array(final ByteBuffer bytes)
    {
        final byte[] copy = new byte[bytes.limit()];
        bytes.get(0, copy);
        return copy;
    }

    private static int block(final ByteBuffer bytes, final int number)
    {
        return TapeBytes.blockStart(array(bytes), number);
    }

    /** Where the header of the first document of a kind stands. */
    private static int document(final ByteBuffer bytes, final int template)
    {
        int at = 0;
        int header = bytes.getInt(at);
        while ((header & DocumentLayout.METADATA) != 0 ||
            bytes.getShort(at + DocumentLayout.HEADER_BYTES + DocumentLayout.TEMPLATE_OFFSET) != template)
        {
            at += DocumentLayout.HEADER_BYTES + DocumentLayout.padded(header & DocumentLayout.LENGTH_MASK);
            header = bytes.getInt(at);
        }
        return at;
    }

    private static int fields(final int document)
    {
        return document + DocumentLayout.HEADER_BYTES + MessageHeaderDecoder.ENCODED_LENGTH;
    }

    private static void forge(final ByteBuffer bytes)
    {
        final int start = firstDocument(bytes);
        final int length = bytes.getInt(start) & DocumentLayout.LENGTH_MASK;
        final int next = start + DocumentLayout.HEADER_BYTES + DocumentLayout.padded(length);
        final long chain = Forgery.documents(bytes, start, next, Forgery.KEEP);
        Forgery.documents(bytes, next, bytes.limit(), chain);
    }

    private static int firstDocument(final ByteBuffer bytes)
    {
        int at = 0;
        int header = bytes.getInt(at);
        while ((header & DocumentLayout.METADATA) != 0)
        {
            at += DocumentLayout.HEADER_BYTES + DocumentLayout.padded(header & DocumentLayout.LENGTH_MASK);
            header = bytes.getInt(at);
        }
        return at;
    }

    private static String where(final Path path, final long block, final int offset, final long sequence)
    {
        return "tape is damaged: run=1 file=" + path.getFileName() + " block=" + block + " offset=" + offset +
            " sequence=" + sequence + ": ";
    }

    private void requireDamagedBlock(final ByteBuffer bytes, final int offset, final String wrong) throws IOException
    {
        requireDamaged(file, bytes,
            where(file, CHANGED, offset, FIRST) + wrong + "; sequences 20..47 are not readable");
    }

    private void requireDamagedSecond(final ByteBuffer bytes, final int offset, final String wrong) throws IOException
    {
        final long first =
            Manifest.read(Tape.open(tape).runs().get(0)).seal(1).orElseThrow().firstSequence();

        requireDamaged(second, bytes, where(second, first / BATCH, offset, first) + wrong + "; sequences " + first +
            "..63999 are not readable");
    }

    private void requireDamaged(final Path path, final ByteBuffer bytes, final String text) throws IOException
    {
        TapeBytes.overwrite(path, array(bytes));

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(text, report.detail());
        assertEquals(TapeStatus.DAMAGED, report.status());
    }

    private static ByteBuffer stored(final Stateful state)
    {
        final ByteBuffer bytes = ByteBuffer
            .allocate(StoredStates.HEAD_BYTES + state.stateName().length() + Long.BYTES + 1)
            .order(ByteOrder.LITTLE_ENDIAN);
        StoredStates.write(List.of(state), true, bytes);
        return bytes.flip();
    }

    private static ByteBuffer changed(final ByteBuffer bytes)
    {
        return ByteBuffer.wrap(array(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireRefused(final String text, final Executable call)
    {
        assertEquals(text, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    /** A state of eight bytes that may say another length. */
    private record Eight(String stateName, long stateBytes) implements Stateful
    {
        private static final byte[] BYTES = "12345678".getBytes(StandardCharsets.US_ASCII);

        @Override
        public int stateVersion()
        {
            return 1;
        }

        @Override
        public long stateParameters()
        {
            return 0;
        }

        @Override
        public void writeState(final ByteBuffer target)
        {
            target.put(BYTES);
        }

        @Override
        public void readState(final ByteBuffer source)
        {
            source.get(new byte[BYTES.length]);
        }
    }
}
