package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.cli.tape.TestMarket;
import io.ringtape.event.EventHashes;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ExportCommandTest
{
    private static final int HEADER = 64;

    private final TestTapes tapes = new TestTapes(ExportCommandTest.class);
    private final TestConsole console = new TestConsole();
    private final Path out = tapes.directory().resolveSibling("out");

    @Test
    void shouldWriteAHeaderAndTheRecordsAsOnTape() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final int exitCode = run("raw", "--out", out.toString(), "--json");

        final String hash = Formats.hash(tapes.hashes().eventHash());
        assertEquals("{\"events\":9,\"firstSequence\":0,\"lastSequence\":8,\"eventHash\":\"" + hash +
            "\",\"bytes\":640,\"notice\":\"\",\"file\":\"" + out + "\"}\n", console.out());
        assertEquals("", console.err());
        assertEquals(0, exitCode);
        assertHeader(9, 0, 8, tapes.hashes().eventHash(), 1);
        assertRecords(TapeRange.ALL);
        assertEquals(List.of("out", "tape"), beside());
    }

    @Test
    void shouldWriteARangeOverRunsWithOneChainOfHashes() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final int exitCode = run("raw", "--out", out.toString(), "--from-sequence", "3", "--to-sequence", "12");

        assertEquals(0, exitCode);
        final EventHashes hashes = hashes(TapeRange.sequences(3, 12));
        assertHeader(10, 3, 12, hashes.eventHash(), 2);
        assertRecords(TapeRange.sequences(3, 12));
        assertEquals("Exported 10 events, 704 B\n  file        " + out + "\n  sequences   3 to 12\n  event hash  " +
            Formats.hash(hashes.eventHash()) + "\n", console.out());
    }

    @Test
    void shouldWriteAnEmptyTape() throws IOException
    {
        tapes.empty();

        assertEquals(0, run("raw", "--out", out.toString(), "--json"));

        assertEquals("{\"events\":0,\"firstSequence\":-1,\"lastSequence\":-1,\"eventHash\":\"0000000000000000\"," +
            "\"bytes\":64,\"notice\":\"\",\"file\":\"" + out + "\"}\n", console.out());
        assertHeader(0, -1, -1, 0, 0);
    }

    @Test
    void shouldWriteTheSameCommaSeparatedValuesAsDump() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final TestConsole dumped = new TestConsole();
        final int dump = new Main(dumped.console(), StartUpCheck::ofThisProcess, new TapeSessions())
            .run("dump", "--journal", tapes.directory().toString(), "--format", "csv");

        final int toOutput = run("csv");
        final String text = console.out();
        final int toFile = run("csv", "--out", out.toString(), "--json");

        assertEquals(List.of(0, 0, 0), List.of(dump, toOutput, toFile));
        assertEquals(10, text.lines().count());
        assertEquals(dumped.out(), text);
        assertEquals(dumped.out(), Files.readString(out, StandardCharsets.UTF_8));
        assertEquals("{\"events\":9,\"firstSequence\":0,\"lastSequence\":8,\"eventHash\":\"" +
            Formats.hash(tapes.hashes().eventHash()) + "\",\"bytes\":" + Files.size(out) +
            ",\"notice\":\"\",\"file\":\"" + out + "\"}\n", console.out().substring(text.length()));
    }

    @Test
    void shouldTakeADashForStandardOutput()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        assertEquals(0, run("csv", "--out", "-", "--from-sequence", "8"));

        assertEquals(2, console.out().lines().count());
    }

    @Test
    void shouldLeaveNothingHalfMadeWhenTheTapeIsDamaged() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        flipTheLastEvent();
        Files.writeString(out, "before");

        final int raw = run("raw", "--out", out.toString());
        final int csv = run("csv", "--out", out.toString());

        assertEquals(List.of(2, 2), List.of(raw, csv));
        assertEquals("before", Files.readString(out));
        assertEquals(List.of("out", "tape"), beside());
        assertEquals("", console.out());
        assertTrue(console.err().startsWith("ringtape: tape is damaged: run=1 file=19700101-00LX.cq4 "), console.err());
    }

    @Test
    void shouldRefuseWrongCommandLinesInOneLine() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final Path inside = tapes.directory().resolve("run-000001").resolve("manifest");
        final Path link = Files.createSymbolicLink(tapes.directory().resolveSibling("link"), inside.toAbsolutePath());
        final byte[] before = Files.readAllBytes(inside);

        assertRefused(64, "--format raw needs a file, --out FILE, see ringtape export --help", "raw");
        assertRefused(64, "--format raw needs a file, --out FILE, see ringtape export --help", "raw", "--out", "-");
        assertRefused(64, "--json needs a file, --out FILE, see ringtape export --help", "csv", "--json");
        assertRefused(64, "invalid value for option '--format': must be raw or csv: xml, see ringtape export --help",
            "xml");
        assertRefused(64, "--from-sequence is behind --to-sequence: --from-sequence=2 --to-sequence=1",
            "raw", "--out", out.toString(), "--from-sequence", "2", "--to-sequence", "1");
        final Path tape = tapes.directory().toRealPath();
        assertRefused(64, "--out lies inside a tape: --out=" + inside + " tape=" + tape,
            "raw", "--out", inside.toString());
        assertRefused(64, "--out lies inside a tape: --out=" + link + " tape=" + tape,
            "csv", "--out", link.toString());
        assertRefused(64, "output is not a regular file: file=/dev/null", "raw", "--out", "/dev/null");
        assertRefused(65, "tape does not hold these sequences: fromSequence=9 firstSequence=0 lastSequence=8",
            "raw", "--out", out.toString(), "--from-sequence", "9");
        final Path nowhere = out.toAbsolutePath().resolveSibling("no").resolve("out");
        assertRefused(74, "output cannot be written: file=" + nowhere + " reason=No such directory",
            "raw", "--out", nowhere.toString());
        assertTrue(Arrays.equals(before, Files.readAllBytes(inside)));
        assertFalse(Files.exists(out));
    }

    @Test
    void shouldWriteBehindALinkAndNotInItsPlace() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        Files.writeString(out, "before");
        final Path link = Files.createSymbolicLink(out.resolveSibling("link"), out.toAbsolutePath());

        assertEquals(0, run("raw", "--out", link.toString()));

        assertTrue(Files.isSymbolicLink(link));
        assertEquals(640, Files.size(out));
    }

    private void assertHeader(
        final long events, final long first, final long last, final long hash, final int runs) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(out);
        final ByteBuffer header = ByteBuffer.wrap(bytes, 0, HEADER).order(ByteOrder.LITTLE_ENDIAN);
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, HEADER - 4);
        assertEquals(HEADER + events * OrderBookEvent.SIZE_BYTES, bytes.length);
        assertEquals("RTRAW\0\0\1", new String(bytes, 0, 8, StandardCharsets.US_ASCII));
        assertEquals(List.of(1, 64), List.of(header.getInt(8), header.getInt(12)));
        assertEquals(List.of(events, first, last, hash),
            List.of(header.getLong(16), header.getLong(24), header.getLong(32), header.getLong(40)));
        assertEquals(List.of(runs, 0, 0, (int)crc.getValue()),
            List.of(header.getInt(48), header.getInt(52), header.getInt(56), header.getInt(60)));
    }

    private void assertRecords(final TapeRange range) throws IOException
    {
        final ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
        int at = HEADER;
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = Tape.open(tapes.directory()).read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    for (int word = 0; word < 8; word++, at += 8)
                    {
                        assertEquals(event.word(word), records.getLong(at));
                    }
                }
            }
        }
        assertEquals(records.capacity(), at);
    }

    private EventHashes hashes(final TapeRange range)
    {
        final EventHashes hashes = new EventHashes();
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = Tape.open(tapes.directory()).read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    hashes.onEvent(reader.event(i, event));
                }
            }
        }
        return hashes;
    }

    private void flipTheLastEvent() throws IOException
    {
        final Path file = tapes.directory().resolve("run-000001").resolve("19700101-00LX.cq4");
        final byte[] bytes = Files.readAllBytes(file);
        int at = bytes.length - 1;
        while (bytes[at] == 0)
        {
            at--;
        }
        // Behind the last block stands the trailer.
        bytes[at - 200] ^= 1;
        assertTrue(file.toFile().setWritable(true));
        Files.write(file, bytes);
    }

    private List<String> beside() throws IOException
    {
        try (Stream<Path> files = Files.list(tapes.directory().toAbsolutePath().getParent()))
        {
            return files.map((path) -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void assertRefused(final int exitCode, final String message, final String... args)
    {
        final TestConsole own = new TestConsole();

        final int actual = run(own, args);

        assertEquals("ringtape: " + message + "\n", own.err());
        assertEquals("", own.out());
        assertEquals(exitCode, actual);
    }

    private int run(final String... args)
    {
        return run(console, args);
    }

    private int run(final TestConsole on, final String... args)
    {
        final String[] all = Stream.concat(
            Stream.of("export", "--journal", tapes.directory().toString(), "--format"), Stream.of(args))
            .toArray(String[]::new);
        return new Main(on.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(all);
    }
}
