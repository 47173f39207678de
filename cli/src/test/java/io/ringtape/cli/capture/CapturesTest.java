package io.ringtape.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SourceDefinition;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class CapturesTest
{
    private static final byte[] MESSAGES = CaptureFiles.bytes(CaptureFiles.MESSAGES);
    private static final byte[] BOOKS = CaptureFiles.bytes(CaptureFiles.BOOKS);

    private final CaptureFiles files = new CaptureFiles();

    @AfterEach
    void deleteFiles() throws IOException
    {
        files.delete();
    }

    @Test
    void shouldReadAPairInAZip() throws CaptureException
    {
        final Path zip = files.write("any name.zip", CaptureFiles.zip(
            "readme.txt", new byte[3], "folder/" + CaptureFiles.BOOK_NAME, BOOKS, CaptureFiles.MESSAGE_NAME, MESSAGES));

        final CaptureFiles.Result result = CaptureFiles.read(zip);

        assertEquals("lobster", result.format());
        assertEquals(List.of(3, 1, 2, 1), result.batchSizes());
        assertEquals(4, result.lasts());
        assertEquals(Optional.empty(), result.error());
        assertEquals(result.totalBytes(), result.bytesRead());
        assertEquals(
            new InstrumentDefinition(0, "TEST", 0, -9, 0, BookKind.MBP, 1, 0, 0, 1),
            result.definitions().instrument(0));
        assertEquals(
            new SourceDefinition(0, SourceDefinition.Kind.FEED, "LOBSTER", 0, 0, 0), result.definitions().source(0));
    }

    @Test
    void shouldReadAPairOfFilesInEitherOrderAndAnyCompression() throws CaptureException
    {
        final Path message = files.write("a/" + CaptureFiles.MESSAGE_NAME, MESSAGES);
        final Path book = files.write("b/" + CaptureFiles.BOOK_NAME + ".gz", CaptureFiles.gzip(BOOKS));
        final Path packed = files.write("c/" + CaptureFiles.MESSAGE_NAME + ".zst", CaptureFiles.zstd(MESSAGES));

        assertEquals(CaptureFiles.EVENTS, CaptureFiles.read(message, book).events());
        assertEquals(CaptureFiles.EVENTS, CaptureFiles.read(book, message).events());
        assertEquals(CaptureFiles.EVENTS, CaptureFiles.read(book, packed).events());
        assertEquals(1, CaptureFiles.read(book, message).definitions().sourceCount());
    }

    @Test
    void shouldFindTheOtherFileBesideOne() throws CaptureException
    {
        final Path message = files.write(CaptureFiles.MESSAGE_NAME, MESSAGES);
        final Path book = files.write(CaptureFiles.BOOK_NAME + ".zst", CaptureFiles.zstd(BOOKS));

        assertEquals(CaptureFiles.EVENTS, CaptureFiles.read(message).events());
        assertEquals(CaptureFiles.EVENTS, CaptureFiles.read(book).events());
    }

    @Test
    void shouldPairFilesOfTheSameFolderFirst() throws CaptureException
    {
        final Path messageA = files.write("a/" + CaptureFiles.MESSAGE_NAME, MESSAGES);
        final Path messageB = files.write("b/" + CaptureFiles.MESSAGE_NAME, "1,5,0,1,105,1\n");
        final Path bookA = files.write("a/" + CaptureFiles.BOOK_NAME, BOOKS);
        final Path bookB = files.write("b/" + CaptureFiles.BOOK_NAME, "110,5,100,40\n");

        final CaptureFiles.Result result = CaptureFiles.read(messageA, messageB, bookB, bookA);

        assertEquals(List.of(3, 1, 2, 1, 3, 1), result.batchSizes());
        assertEquals(2, result.definitions().sourceCount());
        assertEquals(1, result.definitions().instrumentCount(), "the same instrument is defined once");
    }

    @Test
    void shouldReadDbnPlainAndCompressed() throws CaptureException
    {
        final byte[] dbn = CaptureFiles.dbn(0, 10, 2);

        for (final byte[] bytes : List.of(dbn, CaptureFiles.zstd(dbn), CaptureFiles.gzip(dbn),
            CaptureFiles.zip("x/y.dbn.zst", CaptureFiles.zstd(dbn), "metadata.json", new byte[2])))
        {
            final CaptureFiles.Result result = CaptureFiles.read(files.write("some.file", bytes));

            assertEquals("dbn", result.format());
            assertEquals(List.of(2, 2, 2, 2, 2), result.batchSizes());
            assertEquals(5, result.lasts());
            assertEquals(result.totalBytes(), result.bytesRead());
            assertEquals(
                new InstrumentDefinition(0, "ESM4", 5602, -9, 0, BookKind.MBO, 0, 0, 0, 1),
                result.definitions().instrument(0));
            assertEquals(new SourceDefinition(0, SourceDefinition.Kind.FEED, "GLBX.MDP3", 1, 4, 0),
                result.definitions().source(0));
        }
    }

    @Test
    void shouldReadMembersAndFramesOneAfterTheOther() throws CaptureException
    {
        final byte[] dbn = CaptureFiles.dbn(0, 20_000, 4);
        final byte[] first = Arrays.copyOf(dbn, 777);
        final byte[] rest = Arrays.copyOfRange(dbn, 777, dbn.length);

        final Path gzip = files.write("a", CaptureFiles.join(CaptureFiles.gzip(first), CaptureFiles.gzip(rest)));
        final Path zstd = files.write("b", CaptureFiles.join(CaptureFiles.zstd(first), CaptureFiles.zstd(rest)));

        assertEquals(20_000, CaptureFiles.read(gzip).events());
        assertEquals(20_000, CaptureFiles.read(zstd).events());
    }

    @Test
    void shouldGiveLongVenueEventsInChunks() throws CaptureException
    {
        final CaptureFiles.Result result =
            CaptureFiles.read(files.write("a.dbn", CaptureFiles.dbn(0, 3_000, 2_500)));

        assertEquals(List.of(1_024, 1_024, 452, 500), result.batchSizes());
        assertEquals(1, result.lasts());
    }

    @Test
    void shouldReadFilesInTheOrderGivenAndShareInstruments() throws CaptureException
    {
        final Path first = files.write("z.dbn", CaptureFiles.dbn(0, 3, 1));
        final Path pair = files.write(CaptureFiles.MESSAGE_NAME, MESSAGES);
        files.write(CaptureFiles.BOOK_NAME, BOOKS);
        final Path second = files.write("a.dbn", CaptureFiles.dbn(0, 2, 1));

        final CaptureFiles.Result result = CaptureFiles.read(first, pair, second);

        assertEquals("dbn+lobster", result.format());
        assertEquals(List.of(1, 1, 1, 3, 1, 2, 1, 1, 1), result.batchSizes());
        assertEquals(3, result.definitions().sourceCount());
        assertEquals(2, result.definitions().instrumentCount());
    }

    @Test
    void shouldObeyTheFormatThatWasAskedFor() throws CaptureException
    {
        final Path both = files.write("both.zip", CaptureFiles.zip("a.dbn", CaptureFiles.dbn(0, 3, 1),
            CaptureFiles.MESSAGE_NAME, MESSAGES, CaptureFiles.BOOK_NAME, BOOKS));
        final Path text = files.write("text", "hello, world");

        assertEquals(3, CaptureFiles.read(Optional.of("dbn"), both).events());
        assertEquals(CaptureFiles.EVENTS, CaptureFiles.read(Optional.of("lobster"), both).events());
        assertBad("zip holds neither one LOBSTER pair nor one DBN file: file=" + both +
            " lobsterFiles=2 dbnFiles=1", both);
        assertEquals("not a DBN file: file=" + text + " byte=0 field=magic",
            assertThrows(CaptureException.class, () -> CaptureFiles.read(Optional.of("dbn"), text)).getMessage());
        assertEquals("not a LOBSTER file: file=" + text +
            " expected=SYMBOL_YYYY-MM-DD_START_END_message_DEPTH.csv or its orderbook",
            assertThrows(CaptureException.class, () -> CaptureFiles.read(Optional.of("lobster"), text)).getMessage());
        assertEquals("format must be one of lobster, dbn: format=itch",
            assertThrows(IllegalArgumentException.class, () -> CaptureFiles.read(Optional.of("itch"), text))
                .getMessage());
        assertEquals(List.of("lobster", "dbn"), Captures.formats());
    }

    @Test
    void shouldTellWhatIsMissing()
    {
        final Path message = files.write(CaptureFiles.MESSAGE_NAME, MESSAGES);
        final Path nowhere = files.folder.resolve("nowhere.zip");

        final CaptureException file = assertThrows(CaptureException.class, () -> CaptureFiles.read(nowhere));
        final CaptureException book = assertThrows(CaptureException.class, () -> CaptureFiles.read(message));

        assertEquals(CaptureException.Kind.MISSING, file.kind());
        assertEquals("no such file: file=" + nowhere, file.getMessage());
        assertEquals(CaptureException.Kind.MISSING, book.kind());
        assertEquals("no orderbook file beside its counterpart: file=" + files.folder.resolve(CaptureFiles.BOOK_NAME),
            book.getMessage());
    }

    @Test
    void shouldRefuseWhatIsNoCapture()
    {
        final Path empty = files.write("empty", new byte[0]);
        final Path emptyInside = files.write("empty.gz", CaptureFiles.gzip(new byte[0]));
        final Path text = files.write("notes.txt", "hello");
        final Path zip = files.write("other.zip", CaptureFiles.zip("notes.txt", new byte[5]));

        assertBad("file is empty: file=" + empty, empty);
        assertBad("file is empty: file=" + emptyInside, emptyInside);
        assertBad("not a regular file: file=" + files.folder, files.folder);
        assertBad("unknown format: file=" + text +
            " expected=DBN or SYMBOL_YYYY-MM-DD_START_END_message_DEPTH.csv or its orderbook", text);
        assertBad("zip holds neither one LOBSTER pair nor one DBN file: file=" + zip +
            " lobsterFiles=0 dbnFiles=0", zip);
    }

    @Test
    void shouldRefuseAnotherSchemaByNameAndDefineNothing()
    {
        final Path fine = files.write("fine.dbn", CaptureFiles.dbn(0, 3, 1));
        final Path other = files.write("other.dbn", CaptureFiles.dbn(1, 3, 1));
        final Definitions definitions = new Definitions();

        final CaptureException thrown = assertThrows(
            CaptureException.class, () -> Captures.open(List.of(fine, other), Optional.empty(), definitions));

        assertEquals("DBN schema is not supported: file=" + other +
            " byte=24 field=schema schema=mbp-1 supported=mbo", thrown.getMessage());
        assertEquals("schema", thrown.field());
        assertEquals(24, thrown.position());
        assertEquals(0, definitions.sourceCount());
    }

    @Test
    void shouldNameFileRowAndFieldAfterGivingOutWhatCameBefore() throws CaptureException
    {
        final Path message = files.write(CaptureFiles.MESSAGE_NAME, MESSAGES);
        final Path book = files.write(CaptureFiles.BOOK_NAME, CaptureFiles.BOOKS.replaceFirst("120,6,100,40\n$", "x"));

        final CaptureFiles.Result result = CaptureFiles.read(message);

        assertEquals(List.of(3, 1, 2), result.batchSizes());
        assertError("orderbook has no whole number of 64 bits: file=" + book +
            " row=3 field=ask level 1 value=x", result);
        assertEquals(3, result.error().orElseThrow().position());
        assertEquals("ask level 1", result.error().orElseThrow().field());
        assertEquals(book.toString(), result.error().orElseThrow().file());
    }

    @Test
    void shouldRefuseFilesOfDifferentLength() throws CaptureException
    {
        final Path message = files.write(CaptureFiles.MESSAGE_NAME, MESSAGES);
        final Path book = files.write(CaptureFiles.BOOK_NAME, CaptureFiles.BOOKS + "120,6,100,40\n");

        assertError("file ends before the orderbook file: file=" + message + " row=4 rows=3",
            CaptureFiles.read(message));
        files.write(CaptureFiles.BOOK_NAME, "110,5,100,40\n120,6,100,40\n\n");
        assertError("file ends before the message file: file=" + book + " row=3 rows=2", CaptureFiles.read(message));
    }

    @Test
    void shouldRefuseALineThatNeverEnds()
    {
        final Path message = files.write(CaptureFiles.MESSAGE_NAME, "1".repeat(3_000_000));
        files.write(CaptureFiles.BOOK_NAME, BOOKS);

        assertBad("line is too long: file=" + message + " byte=0 most=1048576", message);
    }

    @Test
    void shouldRefuseEmptyRowsInAPair()
    {
        final Path message = files.write(CaptureFiles.MESSAGE_NAME, "\n\n");
        files.write(CaptureFiles.BOOK_NAME, "\n");

        assertBad("file has no rows: file=" + message, message);
    }

    @Test
    void shouldRefuseABlankRowInTheMiddleOfAFile() throws CaptureException
    {
        final Path message = files.write(CaptureFiles.MESSAGE_NAME, MESSAGES);
        final Path book = files.write(CaptureFiles.BOOK_NAME, "110,5,100,40\n\n120,6,100,40\n120,6,100,40\n");
        assertError("row is blank: file=" + book + " row=2", CaptureFiles.read(message));

        files.write(CaptureFiles.MESSAGE_NAME, "1.5,1,7,30,100,1\n2.5,4,8,5,110,-1\n\r\n3.5,5,0,1,105,1\n");
        files.write(CaptureFiles.BOOK_NAME, BOOKS);
        final CaptureFiles.Result result = CaptureFiles.read(message);
        assertError("row is blank: file=" + message + " row=3", result);
        assertEquals(List.of(3, 1, 2), result.batchSizes());

        files.write(CaptureFiles.MESSAGE_NAME, "\n" + CaptureFiles.MESSAGES);
        assertBad("row is blank: file=" + message + " row=1", message);
    }

    @Test
    void shouldTakeBlankRowsAtTheEnd() throws CaptureException
    {
        final Path message = files.write(CaptureFiles.MESSAGE_NAME, CaptureFiles.MESSAGES + "\n");
        files.write(CaptureFiles.BOOK_NAME, CaptureFiles.BOOKS + "\r\n\n");

        final CaptureFiles.Result result = CaptureFiles.read(message);

        assertEquals(Optional.empty(), result.error());
        assertEquals(CaptureFiles.EVENTS, result.events());
    }

    @Test
    void shouldSayThatAFileMayNotBeRead()
    {
        final CaptureException denied = CaptureException.io("a.csv", 0, new AccessDeniedException("a.csv"));

        assertEquals("permission denied: path=a.csv", denied.getMessage());
        assertEquals(CaptureException.Kind.MISSING, denied.kind());
        assertEquals("cannot read file: file=a.csv byte=7 cause=Input/output error",
            CaptureException.io("a.csv", 7, new IOException("Input/output error")).getMessage());
    }

    @Test
    void shouldSayWhereADbnFileWasCut() throws CaptureException
    {
        final byte[] dbn = CaptureFiles.dbn(0, 3, 3);
        final Path records = files.write("records.dbn", Arrays.copyOf(dbn, dbn.length - 1));
        final Path metadata = files.write("metadata.dbn", Arrays.copyOf(dbn, 100));
        final Path prefix = files.write("prefix.dbn", Arrays.copyOf(dbn, 7));

        final CaptureFiles.Result result = CaptureFiles.read(records);

        assertEquals(List.of(2), result.batchSizes());
        assertError("file is truncated: file=" + records + " record=3 byte=" + (dbn.length - 1), result);
        assertBad("file is truncated: file=" + metadata + " byte=100 within=metadata", metadata);
        assertBad("file is truncated: file=" + prefix + " byte=7 within=metadata", prefix);
    }

    @Test
    void shouldThrowAMistakeAgainWhenAskedAgain() throws CaptureException
    {
        final byte[] dbn = CaptureFiles.dbn(0, 2, 3);
        final Path file = files.write("a.dbn", Arrays.copyOf(dbn, dbn.length - 1));
        final EventBatch batch = new EventBatch(4);

        try (Capture capture = Captures.open(List.of(file), Optional.empty(), new Definitions()))
        {
            assertTrue(capture.next(batch));
            assertEquals(1, batch.count());
            final CaptureException first = assertThrows(CaptureException.class, () -> capture.next(batch));

            assertSame(first, assertThrows(CaptureException.class, () -> capture.next(batch)));
            assertEquals(0, batch.count());
        }
    }

    @Test
    void shouldStayAtTheEnd() throws CaptureException
    {
        final Path file = files.write("a.dbn", CaptureFiles.dbn(0, 0, 1));
        final EventBatch batch = new EventBatch(4);

        try (Capture capture = Captures.open(List.of(file), Optional.empty(), new Definitions()))
        {
            assertFalse(capture.next(batch));
            assertFalse(capture.next(batch));
            assertEquals(0, capture.skippedRecords());
        }
    }

    @Test
    void shouldRefuseMoreFilesThanLeaveASourceForTheStrategy() throws CaptureException
    {
        final Path file = files.write("a.dbn", CaptureFiles.dbn(0, 1, 1));
        final Path[] most = new Path[255];
        final Path[] many = new Path[256];
        Arrays.fill(most, file);
        Arrays.fill(many, file);

        assertEquals(Definitions.MAX_SOURCE_ID, CaptureFiles.read(most).definitions().sourceCount());
        assertBad("too many files: file=" + file + " most=255", many);
        assertEquals("files must not be empty",
            assertThrows(IllegalArgumentException.class, () -> CaptureFiles.read()).getMessage());
    }

    @Test
    void shouldKeepControlCharactersOfNamesOutOfMessages()
    {
        final Path zip = files.write("a.zip",
            CaptureFiles.zip("x\u001b[31m\n.dbn", CaptureFiles.dbn(9, 1, 1)));

        assertBad("DBN schema is not supported: file=" + zip +
            "!x?[31m?.dbn byte=24 field=schema schema=definition supported=mbo", zip);
    }

    private static void assertBad(final String message, final Path... paths)
    {
        final CaptureException thrown = assertThrows(CaptureException.class, () -> CaptureFiles.read(paths));

        assertEquals(CaptureException.Kind.BAD_INPUT, thrown.kind());
        assertEquals(message, thrown.getMessage());
    }

    private static void assertError(final String message, final CaptureFiles.Result result)
    {
        final CaptureException error = result.error().orElseThrow();

        assertEquals(CaptureException.Kind.BAD_INPUT, error.kind());
        assertEquals(message, error.getMessage());
    }
}
