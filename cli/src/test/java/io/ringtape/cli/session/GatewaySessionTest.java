package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureBehind;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.capture.Captures;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.report.OrderFlow;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.report.RunSummary;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.GatewaySetup.Venue;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.Gateway;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.Durability;
import io.ringtape.journal.KillScope;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeStatus;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings with a gateway: the same each time, the same in a replay, and nothing lost where they halt. */
@Timeout(120)
final class GatewaySessionTest
{
    private static final int EVENTS = 20_000;
    private static final RecordLayout THREADS = new RecordLayout(false, Optional.empty(), Optional.empty());

    private final Path directory = Path.of("target", "gateway-session");
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void clear() throws IOException
    {
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
    }

    @ParameterizedTest
    @EnumSource(value = Venue.class, names = {"LOOPBACK", "SIMULATED"})
    void shouldRecordTheSameInEveryLayoutAndMatch(final Venue venue) throws CaptureException
    {
        final RunSummary first = record("first", setup(venue, WriteAhead.OFF), RecordLayout.INLINE).run();
        final RunSummary second = record("second", setup(venue, WriteAhead.OFF), RecordLayout.INLINE).run();
        final RunSummary threads = record("threads", setup(venue, WriteAhead.OFF), THREADS).run();
        final RunSummary ahead = record("ahead", setup(venue, WriteAhead.JOURNALED), THREADS).run();

        assertSameRun(first, second);
        assertSameRun(first, threads);
        assertSameRun(first, ahead);
        assertEquals(first.counts().orders(), first.counts().accepted());
        assertTrue(first.counts().cancelled() > 0, "cancelled=" + first.counts().cancelled());
        assertEquals(venue == Venue.SIMULATED, first.counts().fills() > 0, "fills=" + first.counts().fills());
        for (final String tape : List.of("first", "threads", "ahead"))
        {
            final ReplayReport replayed = replay(tape);
            assertTrue(replayed.matches(), () -> replayed.firstDifference().toString());
            assertTrue(replayed.trailer(), "trailer");
            assertSameRun(first, replayed.run());
        }
    }

    @Test
    void shouldRecordTheSameBehindWhatIsDurable() throws CaptureException
    {
        final RunSummary off = record("off", setup(Venue.LOOPBACK, WriteAhead.OFF), RecordLayout.INLINE, 500).run();
        final RunSummary durable = record(
            "durable", setup(Venue.LOOPBACK, WriteAhead.DURABLE), RecordLayout.INLINE, 500).run();

        assertSameRun(off, durable);
        assertTrue(replay("durable").matches(), "matches");
    }

    @Test
    void shouldRecordWithoutAGatewayAsEver() throws CaptureException
    {
        final RunSummary none = record("none", GatewaySetup.NONE, RecordLayout.INLINE).run();

        assertEquals(0, none.counts().accepted());
        assertFalse(Files.exists(directory.resolve("none").resolve("gateway-side")), "side file");
    }

    @Test
    void shouldCompareARangeInsideARun() throws CaptureException
    {
        record("tape", setup(Venue.SIMULATED, WriteAhead.OFF), RecordLayout.INLINE);

        final ReplayReport replayed = new ReplaySession(context())
            .run(Tape.open(directory.resolve("tape")), TapeRange.sequences(10_001, 15_000));

        assertTrue(replayed.matches(), () -> replayed.firstDifference().toString());
    }

    @ParameterizedTest(name = "halt at {0}")
    @ValueSource(ints = {0, 1, 500, 3_001, 9_999, 14_747, 17_000})
    void shouldCancelWhatIsOpenWhereItHaltsAndPutItOnTheNextTapeFirst(final int at) throws CaptureException
    {
        final Set<Long> open = new HashSet<>();
        final boolean isTapeDead = (at & 1) == 1;
        final EventHandler fails = new Failing(at);
        final RecordLayout layout = isTapeDead ?
            new RecordLayout(true, Optional.empty(), Optional.of(fails)) :
            new RecordLayout(true, Optional.of(fails), Optional.empty());
        final WriteAhead writeAhead = at % 3 == 0 ? WriteAhead.JOURNALED : WriteAhead.OFF;

        assertThrows(RuntimeException.class, () -> record("tape", setup(Venue.SIMULATED, writeAhead), layout));
        final long halted = Tape.open(directory.resolve("tape")).verify().lastSequence();
        final RecordReport next = record("tape", GatewaySetup.NONE, RecordLayout.INLINE);
        final RecordReport third = record("tape", GatewaySetup.NONE, RecordLayout.INLINE);

        openOrders(open);
        assertEquals(Set.of(), open, "orders that nobody cancelled");
        assertTrue(notes.stream().anyMatch((note) -> note.startsWith("gateway in safe mode: cancels=")),
            notes.toString());
        assertEquals(next.run().hashes().books(), third.run().hashes().books());
        assertFalse(third.notice().contains("gateway"), third.notice());
        assertEquals(halted + 1, next.run().span().firstSequence());
        assertEquals(TapeStatus.OK, Tape.open(directory.resolve("tape")).verify().status());
        final ReplayReport replayed = replay("tape");
        assertTrue(replayed.matches(), () -> replayed.firstDifference().toString());
    }

    @ParameterizedTest
    @EnumSource(value = WriteAhead.class, names = {"OFF", "JOURNALED"})
    void shouldCancelWhatIsOpenAndStopEverybodyWhereTheCaptureThrows(final WriteAhead writeAhead)
        throws CaptureException
    {
        final IllegalStateException failure = new IllegalStateException("capture failed");
        final int[] left = {4_000};
        final Definitions definitions = new Definitions();
        final Capture throwing = new GatedCapture(DemoSession.open(EVENTS, 1, definitions), () ->
        {
            if (left[0]-- == 0)
            {
                throw failure;
            }
            return true;
        });

        final IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> new RecordSession(
            definitions, throwing, context(), TradingSetup.EXAMPLE, setup(Venue.LOOPBACK, writeAhead))
            .run(directory.resolve("tape"), RecordLayout.INLINE, OnBadInput.KEEP));

        assertSame(failure, thrown);
        assertTrue(notes.stream().anyMatch((note) ->
            note.matches("gateway in safe mode: cancels=[1-9]\\d* kept=[1-9]\\d* open=0 queued=.*")), notes.toString());
        final ControlFile.Scope stopped = ControlFile.read(directory.resolve("tape")).scopes().get(0);
        assertTrue(stopped.isKilled(), stopped.toString());
        assertEquals(KillScope.ALL, stopped.whom());
        assertEquals(KillReason.FAULT, stopped.reason());
        assertEquals(0, record("tape", GatewaySetup.NONE, RecordLayout.INLINE).run().counts().orders());
        final Set<Long> open = new HashSet<>();
        openOrders(open);
        assertEquals(Set.of(), open, "orders that nobody cancelled");
    }

    @ParameterizedTest
    @EnumSource(value = Venue.class, names = {"LOOPBACK", "SIMULATED"})
    void shouldCancelWhatIsOpenAtTheEndAndMatch(final Venue venue) throws CaptureException
    {
        final RecordReport report = record("tape", setup(venue, WriteAhead.JOURNALED), THREADS, 9_999);

        final Set<Long> open = new HashSet<>();
        openOrders(open);
        assertEquals(Set.of(), open, "orders that nobody cancelled");
        final OrderFlow orders = report.orders().orElseThrow();
        final long sent = report.run().counts().orders();
        assertTrue(orders.openBeforeEnd() > 0, orders.toString());
        assertEquals(new OrderFlow(sent, sent, sent, sent, orders.openBeforeEnd(), 0, 0), orders);
        assertEquals("", report.warning());
        assertTrue(replay("tape").matches(), "matches");
    }

    @Test
    void shouldSayWhatIsOpenWhereTheVenueDoesNotAnswer() throws CaptureException
    {
        final Definitions definitions = new Definitions();
        final RecordReport report;
        try (Capture session = DemoSession.open(9_999, 1, definitions))
        {
            report = new RecordSession(definitions, session, context(), TradingSetup.EXAMPLE,
                setup(Venue.LOOPBACK, WriteAhead.OFF), new Silent())
                .run(directory.resolve("tape"), RecordLayout.INLINE, OnBadInput.KEEP, TapeConfig.defaults());
        }

        final OrderFlow orders = report.orders().orElseThrow();
        assertTrue(orders.openAtEnd() > 0, orders.toString());
        assertEquals("orders are open at the venue behind the end of the recording: openOrders=" +
            orders.openAtEnd(), report.warning());
        assertTrue(replay("tape").matches(), "matches");
    }

    @Test
    void shouldPutALatchedKillAheadOfWhatWasLeft() throws CaptureException
    {
        final RecordLayout layout = new RecordLayout(true, Optional.of(new Failing(14_747)), Optional.empty());
        assertThrows(
            RuntimeException.class, () -> record("tape", setup(Venue.SIMULATED, WriteAhead.OFF), layout));
        final long next = Tape.open(directory.resolve("tape")).verify().lastSequence() + 1;

        record("tape", setup(Venue.SIMULATED, WriteAhead.OFF), RecordLayout.INLINE);

        final List<String> first = new ArrayList<>();
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader =
            Tape.open(directory.resolve("tape")).read(TapeRange.sequences(next, next + 1), RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    first.add(EventType.name(event.type()) + " " + (event.has(EventFlags.OWN) ?
                        reader.definitions().source(event.sourceId()).name() : event.orderId()));
                }
            }
        }
        assertEquals("control " + Control.KILL, first.get(0));
        assertTrue(first.get(1).endsWith(" gateway-side"), first.toString());
        assertTrue(replay("tape").matches(), "matches");
    }

    @Test
    void shouldKeepWhatWasLeftWhereTheNextRunIsTakenBack() throws CaptureException
    {
        final RecordLayout layout =
            new RecordLayout(true, Optional.of(new Failing(14_747)), Optional.empty());
        assertThrows(
            RuntimeException.class, () -> record("tape", setup(Venue.SIMULATED, WriteAhead.OFF), layout));
        final Definitions definitions = new Definitions();
        final Capture broken = new BadCapture(DemoSession.open(EVENTS, 1, definitions));
        assertThrows(CaptureException.class, () -> new RecordSession(definitions, broken, context())
            .run(directory.resolve("tape"), RecordLayout.INLINE, OnBadInput.DISCARD));

        final RecordReport next = record("tape", GatewaySetup.NONE, RecordLayout.INLINE);

        final Set<Long> open = new HashSet<>();
        openOrders(open);
        assertEquals(Set.of(), open, "orders that nobody cancelled");
        assertTrue(next.notice().contains("of an earlier run's gateway"), next.notice());
    }

    @Test
    void shouldKeepARunWhoseOrdersHaveLeftWhereTheCaptureTurnsOutToBeBad() throws CaptureException
    {
        final Definitions definitions = new Definitions();
        final Capture broken = new BadCapture(DemoSession.open(EVENTS, 1, definitions));

        final CaptureException thrown = assertThrows(CaptureException.class, () -> new RecordSession(definitions,
            broken, context(), TradingSetup.EXAMPLE, setup(Venue.LOOPBACK, WriteAhead.JOURNALED))
            .run(directory.resolve("tape"), RecordLayout.INLINE, OnBadInput.DISCARD));

        assertTrue(thrown.getMessage().contains("; kept events="), thrown.getMessage());
        assertEquals(TapeStatus.OK, Tape.open(directory.resolve("tape")).verify().status());
        final Set<Long> open = new HashSet<>();
        openOrders(open);
        assertEquals(Set.of(), open, "orders that nobody cancelled");
        assertTrue(replay("tape").matches(), "matches");
    }

    /** The orders that a gateway accepted and that have no end on tape; no answer may be there twice. */
    private void openOrders(final Set<Long> open)
    {
        final Map<Long, Integer> ends = new HashMap<>();
        final OrderBookEvent event = new OrderBookEvent();
        final Map<Long, Long> quantities = new HashMap<>();
        try (TapeReader reader = Tape.open(directory.resolve("tape")).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    if (event.has(EventFlags.OWN) && event.type() != EventType.DETAIL && reader.definitions()
                        .source(event.sourceId()).kind() == SourceDefinition.Kind.GATEWAY)
                    {
                        onAnswer(event, open, ends, quantities);
                    }
                }
            }
        }
        ends.forEach((id, count) -> assertEquals(1, count, "ends of " + id));
    }

    private static void onAnswer(
        final OrderBookEvent answer, final Set<Long> open, final Map<Long, Integer> ends,
        final Map<Long, Long> quantities)
    {
        final long id = answer.orderId();
        switch (answer.type())
        {
            case EventType.OWN_ACCEPTED ->
            {
                assertTrue(open.add(id), "accepted twice: " + id);
                quantities.put(id, answer.quantity());
            }
            case EventType.OWN_FILL ->
            {
                final long left = quantities.merge(id, -answer.quantity(), Long::sum);
                assertTrue(left >= 0, "filled twice: " + id);
                if (left == 0)
                {
                    open.remove(id);
                    ends.merge(id, 1, Integer::sum);
                }
            }
            case EventType.OWN_CANCELLED ->
            {
                open.remove(id);
                ends.merge(id, 1, Integer::sum);
            }
            default ->
            {
                // Cancels of safe mode, and rejects.
            }
        }
    }

    private RecordReport record(final String tape, final GatewaySetup gateway, final RecordLayout layout)
        throws CaptureException
    {
        return record(tape, gateway, layout, EVENTS);
    }

    private RecordReport record(
        final String tape, final GatewaySetup gateway, final RecordLayout layout, final int events)
        throws CaptureException
    {
        final Definitions definitions = new Definitions();
        final Durability durability =
            gateway.writeAhead() == WriteAhead.DURABLE ? Durability.EVERY_BATCH : Durability.PAGE_CACHE;
        try (Capture session = DemoSession.open(events, 1, definitions))
        {
            return new RecordSession(definitions, session, context(), TradingSetup.EXAMPLE, gateway)
                .run(directory.resolve(tape), layout, OnBadInput.DISCARD,
                    TapeConfig.defaults().withDurability(durability));
        }
    }

    private ReplayReport replay(final String tape)
    {
        return new ReplaySession(context()).run(Tape.open(directory.resolve(tape)), TapeRange.ALL);
    }

    private static GatewaySetup setup(final Venue venue, final WriteAhead writeAhead)
    {
        return new GatewaySetup(venue, writeAhead);
    }

    private SessionContext context()
    {
        return QuietContext.context(notes::add);
    }

    private static void assertSameRun(final RunSummary expected, final RunSummary actual)
    {
        assertEquals(expected.hashes(), actual.hashes());
        assertEquals(expected.counts(), actual.counts());
    }

    /** Throws at an event. */
    private static final class Failing implements EventHandler
    {
        private final int at;
        private int count;

        Failing(final int at)
        {
            this.at = at;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (count++ == at)
            {
                throw new IllegalStateException("halted by the test");
            }
        }
    }

    /** A venue that is not there, and hears of no cancel. */
    private static final class Silent implements RecordParts
    {
        @Override
        public Gateway gateway(
            final Venue venue, final Definitions definitions, final SourceDefinition source,
            final EventPublisher answers)
        {
            final Gateway loopback = RecordParts.REAL.gateway(venue, definitions, source, answers);
            return new Gateway()
            {
                @Override
                public void send(final OrderBookEvent order, final OrderBookEvent detail)
                {
                    loopback.send(order, detail);
                }

                @Override
                public void cancel(final OrderBookEvent cancel)
                {
                    // Nobody hears it.
                }
            };
        }

        @Override
        public long answerLimitNs()
        {
            return 1_000_000;
        }
    }

    /** Cannot be read to its end. */
    private static final class BadCapture extends CaptureBehind
    {
        private int count;

        BadCapture(final Capture capture)
        {
            super(capture);
        }

        @Override
        public boolean next(final EventBatch batch) throws CaptureException
        {
            if (++count == 100)
            {
                Captures.open(List.of(Path.of("gone.csv")), Optional.empty(), new Definitions()).close();
            }
            return super.next(batch);
        }
    }
}
