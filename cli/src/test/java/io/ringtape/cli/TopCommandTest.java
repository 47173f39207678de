package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.BusCounters;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.OverflowPolicy;
import io.ringtape.cli.output.Console;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.report.TopReport;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.journal.CountersFile;
import io.ringtape.journal.CountersReading;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TopCommandTest
{
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long CLOSE_LIMIT_NS = 5_000_000_000L;
    private static final EventHandler NOTHING = (event) ->
    {
    };

    private final TestTapes tapes = new TestTapes(TopCommandTest.class);
    private final TestConsole console = new TestConsole();
    private long nowNs = START_NS;

    @Test
    void shouldPrintOneObject()
    {
        record("strategy", 20);

        final int exitCode = run("top", "--journal", tapes.directory().toString(), "--json");

        final String zeros = ",\"skipped\":0,\"shed\":0,\"conflated\":0,\"evictions\":0," +
            "\"faults\":0,\"stalls\":0,\"spills\":0}";
        assertEquals("{\"status\":\"closed\",\"pid\":" + ProcessHandle.current().pid() + ",\"startedAt\":\"" +
            ProcessHandle.current().info().startInstant().orElseThrow() + "\",\"runId\":1," +
            "\"asOf\":\"2023-11-14T22:13:30.000000000Z\",\"ageSeconds\":",
            console.out().replaceFirst("(?s)[0-9.]+,\"uptime.*", ""));
        assertEquals("Seconds\":10.000000000,\"whole\":true,\"eventsPerSecond\":2,\"bus\":{\"state\":\"closed\"," +
            "\"firstSequence\":0,\"cursor\":19,\"capacity\":64,\"published\":20,\"voids\":0,\"refused\":0," +
            "\"joins\":0,\"uncounted\":0,\"waits\":0},\"lanes\":[" +
            "{\"name\":\"tape\",\"policy\":\"gate\",\"faultPolicy\":\"halt\",\"state\":\"stopped\"," +
            "\"sequence\":19,\"lag\":0" + zeros + "," +
            "{\"name\":\"strategy\",\"policy\":\"shed\",\"faultPolicy\":\"halt\",\"state\":\"stopped\"," +
            "\"sequence\":19,\"lag\":0" + zeros +
            "],\"inboxes\":[{\"name\":\"outbox\",\"depth\":0,\"capacity\":9,\"full\":0,\"refused\":0,\"waits\":0}]," +
            "\"gateways\":[],\"frontiers\":[{\"name\":\"durable\",\"sequence\":-1,\"lag\":20}],\"journal\":\"" +
            tapes.directory() + "\"}\n", console.out().substring(console.out().indexOf("Seconds\":10.0")));
        assertEquals("", console.err());
        assertEquals(0, exitCode);
    }

    @Test
    void shouldPrintTextForAPersonAndNoCommandsForATerminal()
    {
        record("bad\033[2Jname\u009b\n", 20);

        final int exitCode = run("top", "--journal", tapes.directory().toString(), "--once");

        final List<String> lines = console.out().lines().toList();
        assertEquals("Bus closed: pid " + ProcessHandle.current().pid() + ", run 1, closed, up 10.0 s", lines.get(0));
        assertTrue(lines.get(1).startsWith("  as of      2023-11-14T22:13:30.000000000Z, "), lines.get(1));
        assertEquals(List.of(
            "  cursor     19",
            "  published  20 events, 2/s on average",
            "  refused    0",
            "  waits      0",
            "  voids      0",
            "  joins      0",
            "  ring       64 slots",
            "  journal    " + tapes.directory(),
            "",
            "Lanes",
            "  lane           policy  on fault    state  sequence  lag  shed  conflat" +
                "ed  spills  evictions  skipped  faults  stalls",
            "  tape             gate      halt  stopped        19    0     0         " +
                " 0       0          0        0       0       0",
            "  bad?[2Jname??    shed      halt  stopped        19    0     0         " +
                " 0       0          0        0       0       0",
            "",
            "Inboxes",
            "  inbox   depth  capacity  full  waits  refused",
            "  outbox      0         9     0      0        0",
            "",
            "Frontiers",
            "  frontier   sequence  lag",
            "  published        19    0",
            "  durable          -1   20"), lines.subList(2, lines.size()));
        assertEquals(0, exitCode);
    }

    @Test
    void shouldShowTheGateways()
    {
        record("strategy", 20, (counters) -> counters.gateway("venue", (counter) -> counter.typeId())
            .gateway("quiet", (counter) -> 0L));

        final int json = run("top", "--journal", tapes.directory().toString(), "--json");
        final String object = console.out();
        final int text = run("top", "--journal", tapes.directory().toString(), "--once");

        assertTrue(object.contains(",\"gateways\":[{\"name\":\"venue\",\"safeMode\":true,\"sent\":401," +
            "\"waiting\":402,\"heldBack\":403,\"cancels\":404,\"cancelRetries\":405,\"accepts\":406," +
            "\"rejects\":407,\"fills\":408,\"cancelled\":409,\"open\":410,\"unjournaled\":411}," +
            "{\"name\":\"quiet\",\"safeMode\":false,\"sent\":0,\"waiting\":0,\"heldBack\":0,\"cancels\":0," +
            "\"cancelRetries\":0,\"accepts\":0,\"rejects\":0,\"fills\":0,\"cancelled\":0,\"open\":0," +
            "\"unjournaled\":0}],\"frontiers\":["), object);
        assertTrue(console.out().contains("""

            Gateways
              gateway  safe mode  waiting  sent  heldBack  open  accepts  fills  rejects  cancels  cancelRetries  \
            cancelled  unjournaled
              venue           on      402   401       403   410      406    408      407      404            405  \
                  409          411
              quiet          off        0     0         0     0        0      0        0        0              0  \
                    0            0

            Frontiers
            """), console.out());
        assertEquals(0, json);
        assertEquals(0, text);
    }

    @Test
    void shouldDrawOverItselfEachSecondUntilItIsStopped()
    {
        final Console terminal =
            new Console(console.console().out(), console.console().err(), true, false, () -> nowNs);
        final StopSignal stop = new StopSignal();
        final List<Boolean> looks = new ArrayList<>();
        record("strategy", 20);

        new TopScreen(terminal, stop, idle(stop)).show((before) ->
        {
            looks.add(before.isPresent());
            return new TopReport(tapes.directory(), CountersReading.read(tapes.directory()), nowNs,
                before.map(TopReport::reading));
        });

        assertEquals(List.of(false, true, true), looks);
        final String out = console.out();
        assertTrue(out.startsWith("\033[2J\033[HBus closed: "), out);
        assertTrue(out.endsWith("\033[K\n\033[J"), out);
        assertEquals(3, out.split("\033\\[H", -1).length - 1);
        assertEquals(3, out.split("\033\\[J", -1).length - 1);
        assertTrue(out.contains("  published  20 events, 2/s on average\033[K\n"), out);
        assertTrue(out.contains("  published  20 events, 0/s\033[K\n"), out);
        assertFalse(out.replace("\033[K\n", "").contains("\n"));
    }

    @Test
    void shouldSayWhyThereIsNothingToSee() throws IOException
    {
        assertEquals(66, run("top", "--journal", tapes.directory().toString(), "--once"));
        tapes.empty();
        assertEquals(66, run("top", "--journal", tapes.directory().toString(), "--once"));
        final Path file = Files.write(tapes.directory().resolve("counters"), new byte[4]);
        assertEquals(2, run("top", "--journal", tapes.directory().toString(), "--json"));
        Files.write(file, new byte[1 << 16]);
        assertEquals(4, run("top", "--journal", tapes.directory().toString()));

        assertEquals(List.of(
            "ringtape: tape is missing: directory=" + tapes.directory(),
            "ringtape: tape has no counters: directory=" + tapes.directory(),
            "ringtape: counters are damaged, lengthBytes=4: file=" + file,
            "ringtape: file is no counters: file=" + file), console.err().lines().toList());
        assertEquals("", console.out());
    }

    /** Passes 0.6 s a time; stops in the third second. */
    private IdleStrategy idle(final StopSignal stop)
    {
        return new IdleStrategy()
        {
            @Override
            public void idle(final int workCount)
            {
                idle();
            }

            @Override
            public void reset()
            {
                // Nothing is kept.
            }

            @Override
            public void idle()
            {
                nowNs += 600_000_000L;
                if (nowNs - START_NS - 10_000_000_000L > 3_000_000_000L)
                {
                    stop.request();
                }
            }
        };
    }

    private void record(final String lane, final int events)
    {
        record(lane, events, (counters) ->
        {
        });
    }

    private void record(final String lane, final int events, final Consumer<BusCounters> more)
    {
        try (TapeWriter tape = TapeWriter.open(
                tapes.directory(), TapeConfig.defaults().withReserveBytes(0), new Definitions(), () -> nowNs);
            CountersFile file = CountersFile.create(tapes.directory(), tape.runId(), () -> nowNs))
        {
            nowNs = START_NS + 10_000_000_000L;
            final BusCounters counters = file.counters().frontier("durable", tape::durableSequence);
            more.accept(counters);
            final EventBus bus = EventBus.builder().capacity(64).idle(new YieldingIdleStrategy()).counters(counters)
                .inbox("outbox", 8)
                .lane(Lane.named("tape").idle(new YieldingIdleStrategy()).rangeHandler("recorder", tape).build())
                .lane(Lane.named(lane).idle(new YieldingIdleStrategy()).overflow(OverflowPolicy.SHED)
                    .handler("h", NOTHING).build())
                .build();
            bus.start();
            final EventBatch event = new EventBatch(1);
            event.append().type(EventType.HEARTBEAT);
            for (int i = 0; i < events; i++)
            {
                bus.writer().publish(event);
            }
            assertTrue(bus.close(CLOSE_LIMIT_NS));
        }
    }

    private int run(final String... args)
    {
        return new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(args);
    }
}
