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
import io.ringtape.cli.settings.ParameterFile;
import io.ringtape.cli.settings.StrategyLoader;
import io.ringtape.event.Definitions;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.risk.LimitSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session is replayed by the strategy, the parameters and the limits that recorded it, and by no others. */
@Timeout(60)
final class TradingSetupTest
{
    private static final int EVENTS = 20_000;

    private final Path directory = Path.of("target", "trading-setup");
    private final Path tape = directory.resolve("tape");

    @BeforeEach
    void clear() throws IOException
    {
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
    }

    @Test
    void shouldMatchWithTheStrategyThatRecorded() throws CaptureException
    {
        final RecordReport recorded = record(marketMaker(1));

        final ReplayReport replayed = replay(marketMaker(1));

        assertTrue(recorded.run().counts().orders() > 0, "orders");
        assertTrue(replayed.matches(), replayed.firstDifference().toString());
        assertEquals(recorded.run().hashes(), replayed.run().hashes());
    }

    @Test
    void shouldNameTheFirstEventThatAnotherParameterChanges() throws CaptureException
    {
        record(marketMaker(1));

        final ReplayReport replayed = replay(marketMaker(2));

        assertFalse(replayed.matches());
        assertEquals("MarketMaker", replayed.firstDifference().orElseThrow().handler());
        assertEquals("quantity", replayed.firstDifference().orElseThrow().field());
        assertEquals(ExitCode.OUTPUTS_DIFFER, replayed.exitCode());
    }

    @Test
    void shouldRejectByTheLimitsThatWereGiven() throws CaptureException
    {
        final TradingSetup nothing = new TradingSetup(
            TradingSetup.EXAMPLE.name(), TradingSetup.EXAMPLE.strategy(), Optional.of(LimitSet.builder(1).build()));
        final RecordReport recorded = record(nothing);

        assertEquals(0, recorded.run().counts().orders());
        assertTrue(recorded.run().counts().rejects() > 0, "rejects");
        assertTrue(replay(nothing).matches(), "same limits");
        assertFalse(replay(TradingSetup.EXAMPLE).matches(), "other limits");
    }

    @Test
    void shouldRefuseAStrategyThatDidNotRecord() throws CaptureException
    {
        record(marketMaker(1));

        final CommandException refusal =
            assertThrows(CommandException.class, () -> replay(TradingSetup.EXAMPLE));

        assertEquals("run was recorded without the strategy that replays it, see --strategy: run=1 " +
            "strategy=ExampleStrategy recorded=MarketMaker", refusal.getMessage());
        assertEquals(ExitCode.BAD_INPUT, refusal.exitCode());
    }

    @Test
    void shouldNameTheDefaultAsItIsToBeGiven() throws CaptureException
    {
        record(TradingSetup.EXAMPLE);

        final CommandException refusal = assertThrows(CommandException.class, () -> replay(marketMaker(1)));

        assertEquals("run was recorded without the strategy that replays it, see --strategy: run=1 " +
            "strategy=MarketMaker recorded=ExampleStrategy", refusal.getMessage());
    }

    private static TradingSetup marketMaker(final int lots)
    {
        final StrategyLoader loader =
            StrategyLoader.find("MarketMaker", Optional.empty(),
                new ParameterFile(Map.of("lots", Integer.toString(lots)), ""));
        return new TradingSetup(loader.name(), loader::create, Optional.empty());
    }

    private RecordReport record(final TradingSetup setup) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (Capture session = DemoSession.open(EVENTS, 1, definitions))
        {
            return new RecordSession(definitions, session, context(), setup, GatewaySetup.NONE)
                .run(tape, RecordLayout.INLINE, OnBadInput.DISCARD);
        }
    }

    private ReplayReport replay(final TradingSetup setup)
    {
        return new ReplaySession(context(), setup).run(Tape.open(tape), TapeRange.ALL);
    }
}
