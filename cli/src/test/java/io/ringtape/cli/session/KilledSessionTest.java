package io.ringtape.cli.session;

import static io.ringtape.cli.session.QuietContext.context;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.KillScope;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.KillRules;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskLimits;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings that are stopped by hand, by their own events and by a fault: what is on tape, and what a replay says. */
@Timeout(120)
final class KilledSessionTest
{
    private static final long EVENTS = 20_000;
    private static final int STRATEGY = 1;
    private static final int ACCOUNT = 1;
    private static final List<KillScope> SCOPES = List.of(KillScope.ALL, KillScope.account(ACCOUNT),
        KillScope.account(2), KillScope.strategy("example"), KillScope.strategy("other"));
    private static final RecordLayout OWN_THREAD = new RecordLayout(false, Optional.empty(), Optional.empty());

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHaveNoNewOrderOnTapeFromAKillToItsArming(final long seed) throws CaptureException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final int[] looks = new int[1];

        record(directory, TradingSetup.EXAMPLE, (seed & 1) == 0 ? RecordLayout.INLINE : OWN_THREAD, (capture) ->
            new GatedCapture(capture, () ->
            {
                // The tape is there from the second venue event on.
                if (looks[0]++ > 0 && random.nextInt(50) == 0)
                {
                    change(random.nextInt(3) == 0, SCOPES.get(random.nextInt(SCOPES.size())));
                }
                return true;
            }));

        final Tally tally = new Tally();
        read(tally);
        assertTrue(tally.controls > 20, "controls=" + tally.controls);
        assertTrue(tally.orders > 0, "orders=" + tally.orders);
        assertTrue(replay(TradingSetup.EXAMPLE).matches(), "seed=" + seed);
    }

    @Test
    void shouldStopAtAGapAndSayWhereAndStartStopped() throws CaptureException
    {
        final TradingSetup setup = setup(new KillRules(true, KillRules.NEVER_STALE));
        final RecordReport usual = record(directory.resolve("usual"), setup, RecordLayout.INLINE, (capture) -> capture);

        final RecordReport stopped = record(directory, setup, RecordLayout.INLINE, KilledSessionTest::withGap);

        final Tally tally = new Tally();
        read(tally);
        assertEquals(1, tally.ownKills);
        assertEquals(KillReason.GAP.code(), tally.lastReason);
        assertEquals(EventType.GAP, tally.causeType);
        assertEquals(0, tally.controls - tally.ownKills);
        assertTrue(tally.orders > 0 && tally.orders < usual.run().counts().orders(), "orders=" + tally.orders);
        assertEquals(tally.orders, stopped.run().counts().orders());
        assertMatches(setup);
        assertStopped(KillReason.GAP);

        assertEquals(0, record(directory, setup, RecordLayout.INLINE, (capture) -> capture).run().counts().orders());
        assertMatches(setup);
        final Tally next = new Tally();
        read(next);
        assertEquals(KillReason.GAP.code(), next.lastInputReason);
        change(false, KillScope.ALL);
        assertEquals(usual.run().counts().orders(),
            record(directory, setup, RecordLayout.INLINE, (capture) -> capture).run().counts().orders());
    }

    @ParameterizedTest
    @EnumSource(KillReason.class)
    void shouldHaveOnTapeWhyEverybodyWasStopped(final KillReason reason) throws CaptureException
    {
        final int[] looks = new int[1];
        final Tally tally = new Tally();

        record(directory, TradingSetup.EXAMPLE, RecordLayout.INLINE, (capture) -> new GatedCapture(capture, () ->
        {
            looks[0]++;
            if (looks[0] == 2_000)
            {
                change(true, KillScope.ALL, reason);
            }
            return true;
        }));

        read(tally);
        assertEquals(1, tally.controls);
        assertEquals(reason.code(), tally.lastInputReason);
        assertTrue(replay(TradingSetup.EXAMPLE).matches(), reason.text());
    }

    @Test
    void shouldStopAtOldDataTheSameWhateverTheThreadsDo() throws CaptureException
    {
        final TradingSetup setup = setup(new KillRules(false, 500_000));

        final RecordReport inline = record(directory, setup, RecordLayout.INLINE, (capture) -> capture);
        final Tally tally = new Tally();
        read(tally);
        assertEquals(1, tally.ownKills);
        assertEquals(KillReason.STALE.code(), tally.lastReason);
        assertMatches(setup);
        assertStopped(KillReason.STALE);

        final RecordReport own =
            record(directory.resolve("own"), setup, OWN_THREAD, (capture) -> capture);
        assertEquals(inline.run().hashes(), own.run().hashes());
        assertTrue(inline.run().counts().orders() > 0, "orders");
    }

    @Test
    void shouldGoOnWhenItIsArmedAndStopAtTheNextGap() throws CaptureException
    {
        final TradingSetup setup = setup(new KillRules(true, KillRules.NEVER_STALE));
        final int[] looks = new int[1];

        record(directory, setup, RecordLayout.INLINE, (capture) ->
            new GatedCapture(new Gapped(capture, 3_000), () ->
            {
                if (++looks[0] % 3_000 == 1_500 && looks[0] > 3_000)
                {
                    change(false, KillScope.ALL);
                }
                return true;
            }));

        final Tally tally = new Tally();
        read(tally);
        assertTrue(tally.ownKills >= 2, "ownKills=" + tally.ownKills);
        assertTrue(tally.controls - tally.ownKills >= 1, "arms");
        assertMatches(setup);
    }

    @Test
    void shouldSeeThatAReplayHasOtherRules() throws CaptureException
    {
        record(directory, setup(new KillRules(true, KillRules.NEVER_STALE)), RecordLayout.INLINE,
            KilledSessionTest::withGap);

        final ReplayReport replayed = replay(setup(KillRules.OFF));

        assertFalse(replayed.matches());
        assertEquals("risk", replayed.firstDifference().orElseThrow().handler());
        assertEquals("control", replayed.firstDifference().orElseThrow().recorded());
        assertEquals("none", replayed.firstDifference().orElseThrow().replayed());
        assertEquals(ExitCode.OUTPUTS_DIFFER, replayed.exitCode());
    }

    @Test
    void shouldStartStoppedBehindAFault() throws CaptureException
    {
        final RecordLayout failing = new RecordLayout(true, Optional.of((event) ->
        {
            if (event.sequence() == 500)
            {
                throw new IllegalStateException("handler failed");
            }
        }), Optional.empty());

        final CommandException stop = assertThrows(CommandException.class,
            () -> record(directory, TradingSetup.EXAMPLE, failing, (capture) -> capture));

        assertEquals("recording stopped: lane=order handler=order-probe phase=EVENT sequence=500 applied=HALT cause=" +
            "java.lang.IllegalStateException: handler failed", stop.getMessage());
        assertStopped(KillReason.FAULT);
        assertEquals(0, record(directory, TradingSetup.EXAMPLE, RecordLayout.INLINE, (capture) -> capture)
            .run().counts().orders());
        final Tally tally = new Tally();
        read(tally);
        assertEquals(KillReason.FAULT.code(), tally.lastInputReason);
        change(false, KillScope.ALL);
        assertTrue(record(directory, TradingSetup.EXAMPLE, RecordLayout.INLINE, (capture) -> capture)
            .run().counts().orders() > 0, "armed");
    }

    private void assertMatches(final TradingSetup setup)
    {
        final ReplayReport replayed = replay(setup);
        assertTrue(replayed.matches(), () -> replayed.firstDifference().toString());
    }

    private void assertStopped(final KillReason reason)
    {
        final ControlFile.Scope scope = ControlFile.read(directory.resolve("tape")).scopes().get(0);
        assertEquals(KillScope.ALL, scope.whom());
        assertTrue(scope.isKilled());
        assertEquals(reason, scope.reason());
    }

    private void change(final boolean isKilled, final KillScope whom)
    {
        change(isKilled, whom, KillReason.HAND);
    }

    private void change(final boolean isKilled, final KillScope whom, final KillReason reason)
    {
        try (ControlFile file = ControlFile.open(directory.resolve("tape")))
        {
            file.change(isKilled, whom, reason, 1);
        }
    }

    private void read(final Consumer<OrderBookEvent> tally)
    {
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = Tape.open(directory.resolve("tape")).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    tally.accept(event);
                }
            }
        }
    }

    /** Fails at a new order of the strategy while it, its account or everybody is stopped. */
    private static final class Tally implements Consumer<OrderBookEvent>
    {
        private final Set<String> stopped = new HashSet<>();
        private int controls;
        private int ownKills;
        private int orders;
        private long lastReason = -1;
        private long lastInputReason = -1;
        private long lastGap = -1;
        private int causeType;

        @Override
        public void accept(final OrderBookEvent event)
        {
            if (event.type() == EventType.GAP)
            {
                lastGap = event.sequence();
            }
            else if (event.type() == EventType.CONTROL)
            {
                onControl(event);
            }
            else if (event.type() == EventType.OWN_NEW)
            {
                orders++;
                assertFalse(stopped.contains("0:0") || stopped.contains(Control.ACCOUNT + ":" + ACCOUNT) ||
                    stopped.contains(Control.STRATEGY + ":" + STRATEGY), () -> "order at " + event + " of " + stopped);
            }
        }

        private void onControl(final OrderBookEvent event)
        {
            controls++;
            if (event.has(EventFlags.OWN))
            {
                ownKills++;
                lastReason = event.price();
                causeType = event.sourceSequence() == lastGap ? EventType.GAP : 0;
            }
            else if (event.orderId() == Control.KILL && event.quantity() == Control.ALL)
            {
                lastInputReason = event.price();
            }
            final String scope =
                event.quantity() + ":" + (event.quantity() == Control.ALL ? 0 : event.price());
            if (event.orderId() == Control.KILL)
            {
                stopped.add(scope);
            }
            else
            {
                stopped.remove(scope);
            }
        }
    }

    private static Capture withGap(final Capture capture)
    {
        return new Gapped(capture, 5_000);
    }

    private static TradingSetup setup(final KillRules rules)
    {
        final RiskLimits wide = RiskLimits.builder().maxOrderQuantity(Long.MAX_VALUE).maxNotional(Long.MAX_VALUE)
            .maxPosition(Long.MAX_VALUE).collarBps(10_000).maxReferenceAgeNs(5_000_000_000L).messagesPerSecond(1_000)
            .messageBurst(1_000).maxDailyLoss(Long.MAX_VALUE).build();
        return new TradingSetup(TradingSetup.EXAMPLE.name(), TradingSetup.EXAMPLE.strategy(),
            Optional.of(LimitSet.builder(1).otherInstruments(wide)
                .otherAccounts(new AccountLimits(Long.MAX_VALUE, Long.MAX_VALUE, 1_000_000, 1_000_000))
                .killRules(rules).build()));
    }

    /** Makes a capture of the demo's. */
    @FunctionalInterface
    private interface Captures
    {
        Capture of(Capture capture);
    }

    private static RecordReport record(
        final Path parent, final TradingSetup setup, final RecordLayout layout, final Captures captures)
        throws CaptureException
    {
        final Definitions definitions = new Definitions();
        parent.toFile().mkdirs();
        try (DemoSession session = DemoSession.open(EVENTS, 1, definitions))
        {
            return new RecordSession(definitions, captures.of(session), context(), setup, GatewaySetup.NONE)
                .run(parent.resolve("tape"), layout, OnBadInput.DISCARD);
        }
    }

    private ReplayReport replay(final TradingSetup setup)
    {
        return new ReplaySession(context(), setup).run(Tape.open(directory.resolve("tape")), TapeRange.ALL);
    }
}
