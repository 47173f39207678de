package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.cli.tape.TestMarket;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class RepairCommandTest
{
    private static final String FILE = "19700101-00LX.cq4";

    private final TestTapes tapes = new TestTapes(RepairCommandTest.class);
    private final TestConsole console = new TestConsole();
    private final Path to = tapes.directory().resolveSibling("repaired");

    @Test
    void shouldPrintOneObject()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final int exitCode = run("--json");

        assertEquals("{\"events\":9,\"runs\":1,\"firstSequence\":0,\"lastSequence\":8,\"problem\":\"\"," +
            "\"leftBehind\":\"\",\"keptEvents\":0,\"journal\":\"" + tapes.directory() +
            "\",\"to\":\"" + to + "\"}\n", console.out());
        assertEquals("", console.err());
        assertEquals(0, exitCode);
    }

    @Test
    void shouldTellAPersonThatNothingWasWrong()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final int exitCode = run();

        assertEquals("Copied 9 events of 1 run\n  journal    " + tapes.directory() + "\n  copy       " + to +
            "\n  sequences  0 to 8\n  problem    none, the tape is whole\n", console.out());
        assertEquals(0, exitCode);
    }

    @Test
    void shouldSayWhatIsWrongAndLeftBehind() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        damageTheSecondRun();
        final String[] detail = TapeVerifier.verify(tapes.directory()).detail().split("; ", -1);
        final String wrong = detail[0] + "; " + detail[1];

        final int exitCode = run("--json");
        final String json = console.out();
        Files.move(to, to.resolveSibling("first"));
        final int again = run();

        assertEquals("{\"events\":9,\"runs\":1,\"firstSequence\":0,\"lastSequence\":8,\"problem\":\"" + wrong + "\"," +
            "\"leftBehind\":\"whole behind it: run=3 sequences=18..26\",\"keptEvents\":0," +
            "\"journal\":\"" + tapes.directory() + "\",\"to\":\"" + to + "\"}\n", json);
        assertEquals("Copied 9 events of 1 run\n  journal    " + tapes.directory() + "\n  copy       " + to +
            "\n  sequences  0 to 8\n  problem    " + wrong + "\n  left out   whole behind it: run=3 sequences=18..26\n",
            console.out().substring(json.length()));
        assertTrue(wrong.endsWith("; sequences 9..17 are not readable"), wrong);
        assertEquals(3, detail.length);
        assertEquals(0, exitCode);
        assertEquals(0, again);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(to).status());
        assertEquals(TapeStatus.DAMAGED, TapeVerifier.verify(tapes.directory()).status());
    }

    @Test
    void shouldNotTouchATargetThatHoldsSomething() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        Files.writeString(Files.createDirectory(to).resolve("notes"), "mine");

        final int exitCode = run();

        assertEquals("ringtape: repaired tape needs a directory that is missing or empty: target=" +
            to.toAbsolutePath() + "\n", console.err());
        assertEquals(73, exitCode);
        assertEquals("mine", Files.readString(to.resolve("notes")));
        assertFalse(Files.exists(to.resolve("ringtape")));
    }

    @Test
    void shouldMakeALostIndexAnew() throws IOException
    {
        final Path index = recordWithAnIndex();
        Files.delete(index);
        final String lost = TapeVerifier.verify(tapes.directory()).detail();

        final int exitCode = indexes("--json");

        assertEquals("tape is damaged, an index is missing: run=1 file=" + FILE + ".index; no event is, it is made " +
            "anew by: ringtape repair --journal " + tapes.directory() + " --indexes", lost);
        assertEquals("{\"files\":1,\"rebuilt\":[{\"index\":\"run-000001/" + FILE + ".index\"}],\"problem\":\"\"," +
            "\"journal\":\"" + tapes.directory() + "\"}\n", console.out());
        assertEquals("", console.err());
        assertEquals(0, exitCode);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tapes.directory()).status());
    }

    @Test
    void shouldWriteToAnyFileSystemWhenAskedTo() throws IOException
    {
        Files.delete(recordWithAnIndex());

        assertEquals(0, run("--any-file-system"));
        assertEquals(0, indexes("--any-file-system"));
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tapes.directory()).status());
        assertEquals(0, ringtape("repair", "--help"));
        assertTrue(console.out().contains("--any-file-system"), console.out());
    }

    @Test
    void shouldTellAPersonWhichIndexesWereMade() throws IOException
    {
        Files.delete(recordWithAnIndex());

        final int exitCode = indexes();

        assertEquals("Made the index of 1 file anew, of 1 that were looked at\n  journal  " + tapes.directory() +
            "\n  index    run-000001/" + FILE + ".index\n  problem  none, all indexes are right\n", console.out());
        assertEquals(0, exitCode);
    }

    @Test
    void shouldSayThatAFileIsDamagedAndItsIndexNotMade() throws IOException
    {
        Files.delete(recordWithAnIndex());
        final Path file = tapes.directory().resolve("run-000001").resolve(FILE);
        final byte[] bytes = Files.readAllBytes(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        final int exitCode = indexes("--json");

        assertEquals("{\"files\":1,\"rebuilt\":[],\"problem\":\"tape is damaged, a sealed file is not what it was: " +
            "run=1 file=" + FILE + " sequences=0..29999\",\"journal\":\"" + tapes.directory() + "\"}\n", console.out());
        assertEquals(2, exitCode);
    }

    @Test
    void shouldWantOneOfACopyAndIndexes()
    {
        tapes.empty();

        final int neither = ringtape("repair", "--journal", tapes.directory().toString());
        final int both = run("--indexes");

        final String line = "ringtape: repair needs one of --to and --indexes, see ringtape repair --help\n";
        assertEquals(line + line, console.err());
        assertEquals(64, neither);
        assertEquals(64, both);
        assertFalse(Files.exists(to));
    }

    /** A tape of one file that is long enough for an index, which is given back. */
    private Path recordWithAnIndex()
    {
        final int events = 30_000;
        final int block = 1_000;
        final EventBatch batch = new EventBatch(events);
        for (int i = 0; i < events; i++)
        {
            batch.append().sequence(i).type(EventType.HEARTBEAT).eventTimeNs(i).receiveTimeNs(i).orderId(-1);
        }
        try (TapeWriter writer = TapeWriter.open(tapes.directory(), TapeConfig.defaults().withReserveBytes(0),
            new Definitions(), () -> 1L))
        {
            for (int i = 0; i < events; i += block)
            {
                writer.onRange(batch.buffer(), i * OrderBookEvent.SIZE_BYTES, i, block);
            }
            writer.close(new RunSummary(events, 0, 0, 0, 0));
        }
        return tapes.directory().resolve("run-000001").resolve(FILE + ".index");
    }

    private int indexes(final String... more)
    {
        return ringtape(Stream.concat(Stream.of("repair", "--journal", tapes.directory().toString(), "--indexes"),
            Stream.of(more)).toArray(String[]::new));
    }

    private void damageTheSecondRun() throws IOException
    {
        final Path file = tapes.directory().resolve("run-000002").resolve(FILE);
        final byte[] bytes = Files.readAllBytes(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        bytes[firstEvent(bytes)] ^= 1;
        Files.write(file, bytes);
    }

    private static int firstEvent(final byte[] bytes)
    {
        int at = 0;
        // Fields of 48 bytes, template 10: the start of a block.
        while (bytes[at] != 48 || bytes[at + 1] != 0 || bytes[at + 2] != 10 || bytes[at + 3] != 0)
        {
            at++;
        }
        return at + 70;
    }

    private int run(final String... more)
    {
        final String[] args = new String[5 + more.length];
        args[0] = "repair";
        args[1] = "--journal";
        args[2] = tapes.directory().toString();
        args[3] = "--to";
        args[4] = to.toString();
        System.arraycopy(more, 0, args, 5, more.length);
        return ringtape(args);
    }

    private int ringtape(final String... args)
    {
        return new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(args);
    }
}
