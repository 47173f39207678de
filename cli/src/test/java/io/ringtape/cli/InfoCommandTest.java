package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.cli.tape.TestMarket;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeInfo;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class InfoCommandTest
{
    private static final String FILE = "19700101-00LX.cq4";

    private final TestTapes tapes = new TestTapes(InfoCommandTest.class);
    private final TestConsole console = new TestConsole();

    @Test
    void shouldPrintOneObject() throws IOException
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final TapeInfo.Run run = tape.info().runs().get(0);
        final long end = run.files().get(0).endOffset().getAsLong();

        final int exitCode = run("--json");

        assertEquals("{\"status\":\"ok\",\"format\":2,\"sizeBytes\":" + tape.sizeBytes() +
            ",\"firstSequence\":0,\"lastSequence\":8,\"runs\":[{\"runId\":1,\"firstSequence\":0,\"lastSequence\":8," +
            "\"startTime\":\"1970-01-01T00:00:00.000000001Z\",\"closed\":true,\"sizeBytes\":" + run.sizeBytes() +
            ",\"files\":[{\"file\":0,\"name\":\"" + FILE + "\",\"state\":\"sealed\",\"sealed\":true," +
            "\"firstSequence\":0,\"lastSequence\":8,\"endOffset\":" + end + ",\"lengthBytes\":" +
            Files.size(file()) + "}]}],\"instruments\":[" +
            "{\"instrumentId\":0,\"symbol\":\"AMZN\",\"bookKind\":\"MBP\",\"priceExponent\":-9," +
            "\"quantityExponent\":0,\"tickSize\":null,\"lotSize\":null,\"multiplier\":1,\"venueInstrumentId\":0}," +
            "{\"instrumentId\":1,\"symbol\":\"ESM4\",\"bookKind\":\"MBO\",\"priceExponent\":-9," +
            "\"quantityExponent\":0," +
            "\"tickSize\":null,\"lotSize\":null,\"multiplier\":1,\"venueInstrumentId\":0}],\"sources\":[" +
            "{\"sourceId\":0,\"kind\":\"feed\",\"name\":\"NASDAQ\"}," +
            "{\"sourceId\":1,\"kind\":\"strategy\",\"name\":\"example\"}],\"settings\":[]," +
            "\"unjournaled\":[],\"lost\":[]," +
            "\"journaled\":{\"runId\":1,\"lastSequence\":8,\"file\":0,\"endOffset\":" + end +
            ",\"machineStart\":\"" + start(tape) + "\"}," +
            "\"durable\":{\"runId\":-1,\"lastSequence\":-1,\"file\":-1,\"endOffset\":0,\"machineStart\":\"" +
            start(tape) + "\"},\"owner\":null,\"end\":\"closed\",\"endDetail\":\"\",\"snapshots\":[],\"problems\":[]," +
            "\"notes\":[],\"keptEvents\":0,\"journal\":\"" + tapes.directory() + "\"}\n", console.out());
        assertEquals("", console.err());
        assertEquals(0, exitCode);
    }

    @Test
    void shouldPrintTextForAPerson() throws IOException
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final long end = tape.info().runs().get(0).files().get(0).endOffset().getAsLong();
        final String size = Formats.bytes(tape.info().runs().get(0).sizeBytes());

        final int exitCode = run();

        assertEquals("Tape of 1 run, " + Formats.bytes(tape.sizeBytes()) + "\n" +
            "  journal     " + tapes.directory() + "\n" +
            "  format      2\n" +
            "  sequences   0 to 8\n" +
            "  journaled   sequence 8 of run 1\n" +
            "  durable     nothing\n" +
            "  end         closed\n" +
            "  written by  nobody\n\n" +
            "Runs\n" +
            "  run                         started  sequences  closed  files      size\n" +
            "  1    1970-01-01T00:00:00.000000001Z     0 to 8     yes      1  " + size + "\n\n" +
            "Files\n" +
            "  run/file             sequences   state     end  length\n" +
            "  1/" + FILE + "     0 to 8  sealed  " + Formats.count(end) + "  " +
            Formats.count(Files.size(file())) + "\n\n" +
            "Sources of the newest run\n" +
            "  source       kind  id\n" +
            "  NASDAQ       feed   0\n" +
            "  example  strategy   1\n\n" +
            "Instruments of the newest run\n" +
            "  instrument  kind  tick  lot  multiplier  id\n" +
            "  AMZN         mbp     -    -           1   0\n" +
            "  ESM4         mbo     -    -           1   1\n", console.out());
        assertEquals(0, exitCode);
    }

    @Test
    void shouldNameWhatIsDamagedAndTellTheRest() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        Files.delete(tapes.directory().resolve("mark-durable"));
        final String problem = "tape is damaged, a mark is missing: file=mark-durable";

        final int text = run();
        final String shown = console.out();
        final int json = run("--json");

        assertEquals(2, text);
        assertEquals(2, json);
        assertEquals("PROBLEM: " + problem, shown.lines().skip(1).findFirst().orElse(""));
        assertEquals("  durable     unknown", shown.lines().skip(6).findFirst().orElse(""));
        final String object = console.out().substring(shown.length());
        assertEquals("{\"status\":\"damaged\",\"format\":2,", object.substring(0, 31));
        assertEquals("\"durable\":null,\"owner\":null,\"end\":\"closed\",\"endDetail\":\"\"," +
            "\"snapshots\":[],\"problems\":[{\"kind\":" +
            "\"damaged\",\"text\":\"" + problem + "\"}],\"notes\":[],\"keptEvents\":0,\"journal\":\"" +
            tapes.directory() + "\"}\n",
            object.substring(object.indexOf("\"durable\"")));
        assertEquals("", console.err());
    }

    @Test
    void shouldNameTheProcessThatWritesAndWhatIsSoFar()
    {
        tapes.empty();
        try (TapeWriter writer = TapeWriter.open(tapes.directory(), TapeConfig.defaults().withReserveBytes(0),
            TestTapes.definitions(), () -> 1L))
        {
            final EventBatch events = new EventBatch(2);
            events.append().sequence(0).type(EventType.HEARTBEAT);
            events.append().sequence(1).type(EventType.HEARTBEAT);
            writer.onRange(events.buffer(), 0, 0, 1);
            writer.onRange(events.buffer(), OrderBookEvent.SIZE_BYTES, 1, 1);

            assertEquals(0, run());
            assertEquals(0, run("--json"));
        }

        final long pid = ProcessHandle.current().pid();
        final String text = console.out();
        final String started = ProcessHandle.current().info().startInstant().orElseThrow().toString();
        assertEquals(1, text.lines().filter((line) -> line.equals(
            "  written by  pid " + pid + ", started " + started)).count(), text);
        assertEquals(1, text.lines().filter((line) -> line.startsWith(
            "  end         tape is being written: run=2 file=" + FILE + " offset=")).count(), text);
        assertEquals(1, text.lines().filter((line) -> line.contains(
            "\"owner\":{\"pid\":" + pid + ",\"startedAt\":\"" + started + "\"},\"end\":\"being-written\",")).count());
    }

    private Path file()
    {
        return tapes.directory().resolve("run-000001").resolve(FILE);
    }

    private static String start(final Tape tape)
    {
        return tape.info().journaled().orElseThrow().machineStart().text();
    }

    private int run(final String... options)
    {
        final String[] args = new String[options.length + 3];
        args[0] = "info";
        args[1] = "--journal";
        args[2] = tapes.directory().toString();
        System.arraycopy(options, 0, args, 3, options.length);
        return new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(args);
    }
}
