package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.cli.tape.TestMarket;
import io.ringtape.journal.SnapshotInfo;
import io.ringtape.journal.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class SnapshotCommandTest
{
    private static final String LAST = "snapshot-0000000000000000007.rts";

    private final TestTapes tapes = new TestTapes(SnapshotCommandTest.class);
    private final TestConsole console = new TestConsole();

    @Test
    void shouldPrintOneObjectAndGoOnFromTheLastOne()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        assertEquals(0, run("snapshot", "--every", "3", "--json"));
        assertEquals(0, run("snapshot", "--every", "3", "--json"));

        final String rest = ",\"snapshots\":2,\"firstSequence\":3,\"lastSequence\":7,\"bytes\":" + bytes() +
            ",\"journal\":\"" + tapes.directory() + "\"}\n";
        assertEquals("{\"made\":2" + rest + "{\"made\":0" + rest, console.out());
        assertEquals("", console.err());
    }

    @Test
    void shouldPrintTextForAPerson()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        assertEquals(0, run("snapshot", "--every", "3", "--keep", "1"));

        assertEquals("Made 2 snapshots\n  journal    " + tapes.directory() + "\n  snapshots  1, " +
            Formats.bytes(bytes()) + "\n  newest     sequence 7\n", console.out());
    }

    @Test
    void shouldWriteToAnyFileSystemWhenAskedTo()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        assertEquals(0, run("snapshot", "--every", "3", "--any-file-system", "--json"));
        assertTrue(console.out().startsWith("{\"made\":2,"), console.out());
        assertEquals(0, run("snapshot", "--help"));
        assertTrue(console.out().contains("--any-file-system"), console.out());
    }

    @Test
    void shouldSayThatThereIsNone()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        assertEquals(0, run("snapshot"));

        assertEquals("Made 0 snapshots\n  journal    " + tapes.directory() + "\n  snapshots  0, " + Formats.bytes(0) +
            "\n  newest     " + Formats.NONE + "\n", console.out());
    }

    @Test
    void shouldFollowUntilThereIsNoTapeAnyMore() throws Exception
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final FutureTask<Integer> following = new FutureTask<>(() -> run("snapshot", "--every", "3", "--follow"));
        new Thread(following, "following").start();
        awaitSnapshots(2);
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        awaitSnapshots(4);
        final List<SnapshotInfo> made = Tape.open(tapes.directory()).snapshots().list();

        Files.delete(tapes.directory().resolve("ringtape"));

        assertEquals(4, following.get());
        assertEquals(made.stream().map((snapshot) -> "Made a snapshot: sequence " + snapshot.sequence() + ", " +
            Formats.bytes(snapshot.lengthBytes()) + "\n").collect(Collectors.joining()), console.out());
        assertEquals("ringtape: directory is not a tape, it has no file ringtape: directory=" + tapes.directory() +
            "\n", console.err());
    }

    @Test
    void shouldFollowNothingWhereTheSignalCameAheadOfIt()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final StopSignal stop = new StopSignal();
        stop.request();

        final int exitCode = new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions(),
            new Stopping(stop)).run("snapshot", "--journal", tapes.directory().toString(), "--every", "3", "--follow");

        assertEquals(0, exitCode, console.err());
        assertTrue(console.out().startsWith("Made 0 snapshots\n"), console.out());
    }

    private void awaitSnapshots(final int count)
    {
        while (Tape.open(tapes.directory()).snapshots().list().size() < count)
        {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldListThemInInfo()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        run("snapshot", "--every", "3", "--keep", "1");
        final int from = console.out().length();

        assertEquals(0, run("info", "--json"));
        final int text = console.out().length();
        assertEquals(0, run("info"));

        assertTrue(console.out().substring(from, text).contains(",\"snapshots\":[{\"sequence\":7,\"name\":\"" + LAST +
            "\",\"lengthBytes\":" + bytes() + "}],\"problems\":[],\"notes\":[]"), console.out());
        assertTrue(console.out().substring(text).contains(
            "  snapshots   1, " + Formats.bytes(bytes()) + ", the newest at sequence 7\n"), console.out());
    }

    @Test
    void shouldNameADamagedOneAndShowTheSameBook() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        run("book", "--json");
        final String book = console.out();
        run("snapshot", "--every", "3");
        Files.write(tapes.directory().resolve("snapshots").resolve(LAST), new byte[70]);
        final String line = "snapshot is damaged, header makes no sense: file=" + LAST;
        final int from = console.out().length();

        assertEquals(0, run("book", "--json"));
        final int verify = console.out().length();
        assertEquals(2, run("verify", "--json"));
        final int again = console.out().length();
        assertEquals(0, run("snapshot", "--every", "3", "--json"));

        assertEquals(book, console.out().substring(from, verify));
        assertTrue(console.out().substring(verify, again).startsWith(
            "{\"status\":\"damaged\",\"events\":9,\"firstSequence\":0,\"lastSequence\":8,\"detail\":\"" + line + "\""),
            console.out());
        assertTrue(console.out().substring(again).startsWith("{\"made\":1,\"snapshots\":2"), console.out());
        assertEquals("ringtape: " + line + "\nringtape: " + line + "\n", console.err());
        assertEquals(0, run("verify"));
    }

    private long bytes()
    {
        final List<SnapshotInfo> all = Tape.open(tapes.directory()).snapshots().list();
        return all.stream().mapToLong(SnapshotInfo::lengthBytes).sum();
    }

    private int run(final String command, final String... more)
    {
        final String[] args = new String[3 + more.length];
        args[0] = command;
        args[1] = "--journal";
        args[2] = tapes.directory().toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(args);
    }
}
