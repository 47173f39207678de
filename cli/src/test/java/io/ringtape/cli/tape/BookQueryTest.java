package io.ringtape.cli.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.ringtape.cli.TestConsole;
import io.ringtape.cli.TestTapes;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.BookReport;
import io.ringtape.cli.report.BookReport.Book;
import io.ringtape.cli.report.BookReport.Comparison;
import io.ringtape.cli.report.BookReport.Level;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(20)
final class BookQueryTest
{
    private static final Optional<String> ALL = Optional.empty();

    private final TestTapes tapes = new TestTapes(BookQueryTest.class);
    private final Progress progress = new TestConsole().console().progress(false);

    @Test
    void shouldShowTheBooksAtTheEnd()
    {
        final Tape tape = tapes.record(TestTapes.definitions(), (events) ->
        {
            TestMarket.amzn(events);
            TestMarket.esm4(events);
        });

        final BookReport report = new BookQuery(tape, ALL, 10).at(BookQuery.END, progress);

        assertEquals(List.of(
            new Book(0, "AMZN", "AMZN", 9, List.of(level("100", "20"), level("99.99", "3")),
                List.of(level("100.01", "7"), level("100.02", "5"))),
            new Book(1, "ESM4", "ESM4", 9, List.of(new Level("5216.25", "3", OptionalLong.of(1))), List.of())),
            report.books());
        assertEquals(Optional.empty(), report.comparison());
    }

    @Test
    void shouldShowOneBookAtASequenceAndDepth()
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final BookReport report = new BookQuery(tape, Optional.of("AMZN"), 1).at(2, progress);

        assertEquals(List.of(
            new Book(0, "AMZN", "AMZN", 2, List.of(level("100", "20")), List.of(level("100.01", "10")))),
            report.books());
    }

    @Test
    void shouldStartEachRunWithEmptyBooks()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::esm4);

        final BookReport newest = new BookQuery(tape, ALL, 10).at(BookQuery.END, progress);
        final BookReport older = new BookQuery(tape, Optional.of("AMZN"), 1).at(8, progress);
        final BookReport atStart = new BookQuery(tape, Optional.of("ESM4"), 1).at(9, progress);

        assertEquals(new Book(0, "AMZN", "AMZN", 9, List.of(), List.of()), newest.books().get(0));
        assertEquals(new Book(0, "AMZN", "AMZN", 8, List.of(level("100", "20")), List.of(level("100.01", "7"))),
            older.books().get(0));
        assertEquals(List.of(new Level("5216.25", "3", OptionalLong.of(1))), atStart.books().get(0).bids());
    }

    @Test
    void shouldShowNothingOfAnEmptyTape()
    {
        assertEquals(List.of(), new BookQuery(tapes.empty(), ALL, 10).at(BookQuery.END, progress).books());
    }

    @Test
    void shouldTellInstrumentsOfOneSymbolApart() throws IOException
    {
        final Tape tape = tapes.record(twoOfOneSymbol(), (events) ->
        {
            TestMarket.amzn(events);
            TestMarket.esm4(events);
        });
        final Path rows = file("rows.csv", bytes(TestMarket.ROWS));

        assertEquals(List.of("AMZN#0", "AMZN#1"), names(tape, ALL));
        assertEquals(List.of("AMZN#0", "AMZN#1"), names(tape, Optional.of("AMZN")));
        assertEquals(List.of("AMZN#1"), names(tape, Optional.of("AMZN#1")));
        assertRefused(ExitCode.USAGE, "newest run holds several instruments of this symbol, name one with --symbol:" +
            " --symbol=AMZN symbols=AMZN#0,AMZN#1", () -> compareSymbol(tape, "AMZN", rows));
        assertEquals(3, new BookQuery(tape, Optional.of("AMZN#0"), 1).compare(rows, progress).comparison()
            .orElseThrow().equalRows());
    }

    @Test
    void shouldWarnOfWhatTheBooksRefused()
    {
        final Tape tape = tapes.record(TestTapes.definitions(), (events) ->
        {
            TestMarket.esm4(events);
            TestMarket.esm4(events);
            events.append().type(EventType.LEVEL_SET).flags(Side.ASK | EventFlags.LAST).quantity(7);
        });

        final BookReport report = new BookQuery(tape, ALL, 1).at(BookQuery.END, progress);

        assertEquals(1, report.counts().duplicateAdds());
        assertEquals(1, report.counts().refusedEvents());
        assertEquals("books refused events and may be wrong: refusedEvents=1; first: " +
            report.counts().firstRefusal().orElseThrow(), report.warning());
    }

    @Test
    void shouldRefuseASymbolThatIsNotThere()
    {
        final BookQuery query =
            new BookQuery(tapes.record(TestTapes.definitions(), TestMarket::amzn), Optional.of("MSFT"), 10);

        assertRefused(ExitCode.BAD_INPUT, "no instrument of the run has this symbol: --symbol=MSFT symbols=AMZN,ESM4",
            () -> query.at(BookQuery.END, progress));
    }

    @Test
    void shouldRefuseASequenceThatIsNotThere()
    {
        final BookQuery query = new BookQuery(tapes.record(TestTapes.definitions(), TestMarket::amzn), ALL, 10);

        final TapeException e = assertThrows(TapeException.class, () -> query.at(100, progress));

        assertEquals(TapeException.Kind.OUT_OF_RANGE, e.kind());
    }

    @Test
    void shouldFindEveryRowEqual() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::esm4);
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final Comparison equal = new Comparison(3, 3, OptionalLong.empty(), "");

        assertEquals(Optional.of(equal), compare(tape, file("rows.csv", bytes(TestMarket.ROWS))));
        assertEquals(Optional.of(equal), compare(tape, file("crlf.csv", bytes(TestMarket.ROWS.replace("\n", "\r\n")))));
        assertEquals(Optional.of(equal), compare(tape, file("cut.csv", bytes(TestMarket.ROWS.stripTrailing()))));
        assertEquals(Optional.of(equal), compare(tape, file("rows.gz", gzip(TestMarket.ROWS))));
        assertEquals(Optional.of(equal), compare(tape, file("rows.zip", zip(TestMarket.ROWS))));
        assertEquals(Optional.of(equal), compare(tape, file("rows.zst",
            Zstd.compress(bytes(TestMarket.ROWS)))));
    }

    @Test
    void shouldNameTheFirstRowThatDiffers() throws IOException
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final String price = TestMarket.ROWS.replaceFirst("7,1000000", "7,1000001");
        final String size = TestMarket.ROWS.replace("999900,3", "999900,4");
        final String shown = TestMarket.ROWS.replace("999900,3", "-9999999999,0");
        final String missing = TestMarket.ROWS.replaceFirst("-9999999999,0", "999900,3");

        assertEquals(Optional.of(new Comparison(3, 2, OptionalLong.of(2), "side=bid level=1 filePrice=100.0001" +
            " fileSize=20 bookPrice=100 bookSize=20")), compare(tape, file("a.csv", bytes(price))));
        assertEquals(Optional.of(new Comparison(3, 2, OptionalLong.of(3), "side=bid level=2 filePrice=99.99" +
            " fileSize=4 bookPrice=99.99 bookSize=3")), compare(tape, file("b.csv", bytes(size))));
        assertEquals(Optional.of(new Comparison(3, 2, OptionalLong.of(3), "side=bid level=2 filePrice=- fileSize=0" +
            " bookPrice=99.99 bookSize=3")), compare(tape, file("c.csv", bytes(shown))));
        assertEquals(Optional.of(new Comparison(3, 2, OptionalLong.of(1), "side=bid level=2 filePrice=99.99" +
            " fileSize=3 bookPrice=- bookSize=-")), compare(tape, file("d.csv", bytes(missing))));
    }

    @Test
    void shouldRefuseAnotherRowCount() throws IOException
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final Path longer = file("longer.csv", bytes(TestMarket.ROWS + "1,2,3,4,5,6,7,8\n"));
        final Path shorter = file("shorter.csv", bytes(TestMarket.ROWS.split("\n", 2)[0]));
        final Path none = file("none.gz", gzip(""));
        final Path empty = file("empty.csv", new byte[0]);

        assertRefused(ExitCode.BAD_INPUT, "file has another row count than the newest run: file=" + longer +
            " rows=4 events=3", () -> compare(tape, longer));
        assertRefused(ExitCode.BAD_INPUT, "file has another row count than the newest run: file=" + shorter +
            " rows=1 events=3", () -> compare(tape, shorter));
        assertRefused(ExitCode.BAD_INPUT, "file has another row count than the newest run: file=" + none +
            " rows=0 events=3", () -> compare(tape, none));
        assertRefused(ExitCode.BAD_INPUT, "file is empty: file=" + empty, () -> compare(tape, empty));
    }

    @Test
    void shouldRefuseWhatIsNoFileOfRows() throws IOException
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final Path text = file("text.csv", bytes("1,2,3,4\n1,2,x,4\n"));
        final Path ragged = file("ragged.csv", bytes("1,2,3,4\n1,2,3,4,5,6,7,8\n"));
        final Path three = file("three.csv", bytes("1,2,3\n"));
        final Path huge = file("huge.csv", bytes("1,2,3,1000000000000000000\n"));
        final Path other = file("other.zip", zip("message_5.csv", TestMarket.ROWS));

        assertRefused(ExitCode.BAD_INPUT, "not a whole number: file=" + text + " row=2 column=3",
            () -> compare(tape, text));
        assertRefused(ExitCode.BAD_INPUT, "columns must be the same in each row and a multiple of 4: file=" + ragged +
            " row=2 columns=8", () -> compare(tape, ragged));
        assertRefused(ExitCode.BAD_INPUT, "columns must be the same in each row and a multiple of 4: file=" + three +
            " row=1 columns=3", () -> compare(tape, three));
        assertRefused(ExitCode.BAD_INPUT, "not a whole number: file=" + huge + " row=1 column=4",
            () -> compare(tape, huge));
        final String[] rows = TestMarket.ROWS.split("\n", 2);
        final Path blank = file("blank.csv", bytes(rows[0] + "\n\r\n" + rows[1]));
        assertRefused(ExitCode.BAD_INPUT, "row is blank: file=" + blank + " row=2", () -> compare(tape, blank));
        assertEquals(3, compare(tape, file("end.csv", bytes(TestMarket.ROWS + "\n"))).orElseThrow().equalRows());
        assertRefused(ExitCode.BAD_INPUT, "zip holds no orderbook csv: file=" + other, () -> compare(tape, other));
        final Path missing = Path.of("target", "no-such-file.csv");
        assertRefused(ExitCode.INPUT_MISSING, "no such file: file=" + missing, () -> compare(tape, missing));
        final Path byte255 = file("255.csv", ("1,2,3,4\n1,2,3,4\n1,2,3," + (char)0xFF)
            .getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(ExitCode.BAD_INPUT, "not a whole number: file=" + byte255 + " row=3 column=4",
            () -> compare(tape, byte255));
    }

    @Test
    void shouldNameTheFileThatIsCutOrCorrupt() throws IOException
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final byte[] gzip = gzip(TestMarket.ROWS);
        final byte[] zstd = Zstd.compress(bytes(TestMarket.ROWS));
        final byte[] zip = zip(TestMarket.ROWS);
        final byte[] noise = zstd.clone();
        Arrays.fill(noise, 6, noise.length, (byte)0xFF);

        assertBroken("file is truncated", tape, file("cut.gz", Arrays.copyOf(gzip, gzip.length - 12)));
        assertBroken("file is truncated", tape, file("header.gz", Arrays.copyOf(gzip, 7)));
        assertBroken("file is truncated", tape, file("cut.zst", Arrays.copyOf(zstd, zstd.length - 3)));
        assertBroken("file is truncated", tape, file("header.zst", Arrays.copyOf(zstd, 5)));
        assertBroken("file is corrupt", tape, file("noise.zst", noise));
        assertBroken("file is corrupt", tape, file("cut.zip", Arrays.copyOf(zip, zip.length - 30)));
    }

    @Test
    void shouldRefuseANumberThatDoesNotFitIntoTheUnitOfTheBook() throws IOException
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final Path price = file("price.csv", bytes(TestMarket.ROWS.replaceFirst("7,1000000", "7,100000000000000000")));

        assertRefused(ExitCode.BAD_INPUT, "number does not fit: file=" + price +
            " row=2 column=3 value=100000000000000000", () -> compare(tape, price));
    }

    @Test
    void shouldCallADigitDifferentThatTheUnitOfTheBookDoesNotHave() throws IOException
    {
        final Definitions cents = new Definitions();
        cents.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "NASDAQ", 0, 0, 0));
        cents.add(new InstrumentDefinition(0, "AMZN", 0, -2, 0, BookKind.MBP, 0, 0, 0, 1));
        final Tape tape = tapes.record(cents, (events) -> events.append().type(EventType.LEVEL_SET)
            .flags(Side.ASK | EventFlags.LAST).price(10_001).quantity(7).sourceSequence(1));

        assertEquals(Optional.of(new Comparison(1, 1, OptionalLong.empty(), "")),
            compare(tape, file("cents.csv", bytes("1000100,7,-9999999999,0\n"))));
        assertEquals(Optional.of(new Comparison(1, 0, OptionalLong.of(1), "side=ask level=1 filePrice=100.0101" +
            " fileSize=7 bookPrice=100.01 bookSize=7")),
            compare(tape, file("finer.csv", bytes("1000101,7,-9999999999,0\n"))));
    }

    @Test
    void shouldCompareAsManyLevelsAsACaptureHas() throws IOException
    {
        final Tape tape = tapes.record(TestTapes.definitions(), (events) -> events.append().type(EventType.LEVEL_SET)
            .flags(Side.ASK | EventFlags.LAST).price(100_000_000_000L).quantity(7).sourceSequence(1));
        final String first = "1000000,7,-9999999999,0";
        final String empty = ",9999999999,0,-9999999999,0";
        final Path deeper = file("deeper.csv", bytes(first + empty.repeat(9_999)));

        assertEquals(Optional.of(new Comparison(1, 1, OptionalLong.empty(), "")),
            compare(tape, file("deepest.csv", bytes(first + empty.repeat(9_998)))));
        assertRefused(ExitCode.BAD_INPUT, "row has too many columns: file=" + deeper + " row=1 column=39997",
            () -> compare(tape, deeper));
    }

    @Test
    void shouldRefuseRunsThatCannotBeCompared() throws IOException
    {
        final Path rows = file("rows.csv", bytes(TestMarket.ROWS));
        final Tape both = tapes.record(TestTapes.definitions(), (events) ->
        {
            TestMarket.amzn(events);
            TestMarket.esm4(events);
        });

        assertRefused(ExitCode.USAGE, "newest run holds several instruments, name one with --symbol: symbols=AMZN,ESM4",
            () -> compare(both, rows));
        assertEquals(3, new BookQuery(both, Optional.of("AMZN"), 1).compare(rows, progress).comparison().orElseThrow()
            .equalRows());
        assertRefused(ExitCode.BAD_INPUT, "source sequences of the run do not count rows: file=" + rows +
            " row=1 sourceSequence=900", () -> compareSymbol(both, "ESM4", rows));
        assertRefused(ExitCode.BAD_INPUT, "newest run holds no venue event to compare with: file=" + rows +
            " journal=" + tapes.directory(), () -> compare(tapes.empty(), rows));
    }

    private static Definitions twoOfOneSymbol()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "NASDAQ", 0, 0, 0));
        definitions.add(new SourceDefinition(1, SourceDefinition.Kind.STRATEGY, "example", 0, 0, 0));
        definitions.add(new InstrumentDefinition(0, "AMZN", 0, -9, 0, BookKind.MBP, 0, 0, 0, 1));
        definitions.add(new InstrumentDefinition(1, "AMZN", 77, -9, 0, BookKind.MBO, 0, 0, 0, 1));
        return definitions;
    }

    private List<String> names(final Tape tape, final Optional<String> symbol)
    {
        return new BookQuery(tape, symbol, 1).at(BookQuery.END, progress).books().stream().map(Book::name).toList();
    }

    private Optional<Comparison> compare(final Tape tape, final Path file)
    {
        return new BookQuery(tape, ALL, 1).compare(file, progress).comparison();
    }

    private void compareSymbol(final Tape tape, final String symbol, final Path file)
    {
        new BookQuery(tape, Optional.of(symbol), 1).compare(file, progress);
    }

    private Path file(final String name, final byte[] content) throws IOException
    {
        return Files.write(tapes.directory().resolveSibling(name), content);
    }

    private static Level level(final String price, final String quantity)
    {
        return new Level(price, quantity, OptionalLong.empty());
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] gzip(final String text) throws IOException
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes))
        {
            out.write(bytes(text));
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(final String text) throws IOException
    {
        return zip("AMZN_orderbook_2.csv", text);
    }

    private static byte[] zip(final String name, final String text) throws IOException
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes))
        {
            out.putNextEntry(new ZipEntry("AMZN_message_2.csv"));
            out.write(bytes("1,2\n"));
            out.putNextEntry(new ZipEntry(name));
            out.write(bytes(text));
        }
        return bytes.toByteArray();
    }

    private void assertBroken(final String problem, final Tape tape, final Path file)
    {
        final CommandException e = assertThrows(CommandException.class, () -> compare(tape, file));
        assertEquals(ExitCode.BAD_INPUT, e.exitCode());
        final String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(problem + ": file=" + file + " byte="), message);
    }

    private static void assertRefused(
        final ExitCode exitCode, final String message, final Executable action)
    {
        final CommandException e = assertThrows(CommandException.class, action);
        assertEquals(message, e.getMessage());
        assertEquals(exitCode, e.exitCode());
    }
}
