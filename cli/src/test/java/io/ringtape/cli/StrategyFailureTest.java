package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.book.OrderBook;
import io.ringtape.cli.capture.CaptureFiles;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.event.Definitions;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import io.ringtape.order.OrderSender;
import io.ringtape.strategy.Strategy;
import io.ringtape.strategy.StrategyParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A strategy that throws at an event ends each command that runs it with the same code and the same line. */
@Timeout(30)
final class StrategyFailureTest
{
    static final String THROWER = Thrower.class.getName();

    private static final int MBO_SCHEMA = 0;

    private final TestTapes tapes = new TestTapes(StrategyFailureTest.class);

    @Test
    void shouldEndARecordingAndKeepWhatCameBefore() throws IOException
    {
        assertFails("sequence=2", "record", "--params", params(2), capture());

        assertEquals(TapeStatus.OK, TapeVerifier.verify(tapes.directory()).status());
    }

    @Test
    void shouldEndAReplay() throws IOException
    {
        run(0, "record", "--params", params(Integer.MAX_VALUE), capture());

        assertFails("sequence=2", "replay", "--params", params(2));
    }

    @Test
    void shouldEndABacktest() throws IOException
    {
        run(0, "record", "--params", params(Integer.MAX_VALUE), capture());

        assertFails("tapeSequence=2", "backtest", "--params", params(2));
    }

    @Test
    void shouldEndABacktestWhereAStrategyCallsItselfWithoutEnd() throws IOException
    {
        run(0, "record", "--params", params(Integer.MAX_VALUE), capture());

        assertEquals("ringtape: strategy failed: class=" + THROWER +
            " tapeSequence=3 type=order-add reason=java.lang.StackOverflowError\n",
            run(65, "backtest", "--params", params(3, "deep")));
    }

    @Test
    void shouldSayThatABacktestRanOutOfMemory() throws IOException
    {
        run(0, "record", "--params", params(Integer.MAX_VALUE), capture());

        assertEquals("ringtape: internal error: java.lang.OutOfMemoryError: enough\n",
            run(70, "backtest", "--params", params(3, "full")));
    }

    @Test
    void shouldSayWhatAStaticInitialiserThrowsAtAnEvent() throws IOException
    {
        run(0, "record", "--params", params(Integer.MAX_VALUE), capture());

        final String text = run(65, "backtest", "--params", params(3, "late"));
        final String again = run(65, "replay", "--params", params(3, "late"));

        assertEquals("ringtape: strategy failed: class=" + THROWER + " tapeSequence=3 type=order-add reason=" +
            "java.lang.NumberFormatException: For input string: \"many\"\n", text);
        // An initialiser runs once; from then on the JVM has no such class.
        assertEquals("ringtape: strategy failed: class=" + THROWER + " sequence=3 type=order-add reason=" +
            "java.lang.NoClassDefFoundError: Could not initialize class " + Table.class.getName() + "\n", again);
    }

    @Test
    void shouldEndARecordingAtAnyErrorThatIsNotTheJvms() throws IOException
    {
        assertEquals("ringtape: strategy failed: class=" + THROWER + " sequence=3 type=order-add reason=" +
            "java.lang.Error: odd\n", run(65, "record", "--params", params(3, "odd"), capture()));
    }

    @Test
    void shouldEndABacktestAndAReplayAtAnyErrorThatIsNotTheJvms() throws IOException
    {
        run(0, "record", "--params", params(Integer.MAX_VALUE), capture());

        assertEquals("ringtape: strategy failed: class=" + THROWER + " tapeSequence=3 type=order-add reason=" +
            "java.lang.Error: odd\n", run(65, "backtest", "--params", params(3, "odd")));
        assertEquals("ringtape: strategy failed: class=" + THROWER + " sequence=3 type=order-add reason=" +
            "java.lang.Error: odd\n", run(65, "replay", "--params", params(3, "odd")));
    }

    private void assertFails(final String place, final String command, final String... args)
    {
        assertEquals("ringtape: strategy failed: class=" + THROWER + " " + place +
            " type=order-add reason=java.lang.IllegalStateException: enough\n", run(65, command, args));
    }

    private String run(final int exitCode, final String command, final String... args)
    {
        final TestConsole console = new TestConsole();
        final String[] all = new String[args.length + 5];
        all[0] = command;
        all[1] = "--journal";
        all[2] = tapes.directory().toString();
        all[3] = "--strategy";
        all[4] = THROWER;
        System.arraycopy(args, 0, all, 5, args.length);

        assertEquals(exitCode, new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(all),
            console.err());
        return console.err();
    }

    private String capture() throws IOException
    {
        return Files.write(tapes.directory().resolveSibling("a.dbn"), CaptureFiles.dbn(MBO_SCHEMA, 5, 1)).toString();
    }

    private String params(final int at) throws IOException
    {
        final Path file = tapes.directory().resolveSibling("params-" + at + ".json");
        return Files.writeString(file, "{\"at\": " + at + "}").toString();
    }

    /** The sequence, and what happens there other than an exception. */
    private String params(final int at, final String what) throws IOException
    {
        final Path file = tapes.directory().resolveSibling("params-" + what + ".json");
        return Files.writeString(file, "{\"at\": " + at + ", \"" + what + "\": 1}").toString();
    }

    /** Cannot be set up. */
    private static final class Table
    {
        static final int PRICE = Integer.parseInt("many");

        private Table()
        {
        }
    }

    /** Throws at one sequence. */
    public static final class Thrower implements Strategy
    {
        private final long at;
        private final boolean deep;
        private final boolean full;
        private final boolean late;
        private final boolean odd;

        /**
         * Sends nothing.
         *
         * @param definitions of no use.
         * @param parameters  {@code at}: the sequence; {@code deep}: calls itself there without end; {@code full}: has
         *                    no memory there; {@code odd}: throws an error; {@code late}: needs a class that cannot be
         *                    set up.
         */
        public Thrower(final Definitions definitions, final StrategyParameters parameters)
        {
            at = parameters.number("at", 0, Integer.MAX_VALUE, 0);
            deep = parameters.number("deep", 0, 1, 0) == 1;
            full = parameters.number("full", 0, 1, 0) == 1;
            late = parameters.number("late", 0, 1, 0) == 1;
            odd = parameters.number("odd", 0, 1, 0) == 1;
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            if (event.sequence() == at)
            {
                if (deep)
                {
                    onEvent(event, book, sender);
                }
                if (full)
                {
                    throw new OutOfMemoryError("enough");
                }
                if (odd)
                {
                    throw new Error("odd");
                }
                if (late)
                {
                    sender.newLimit(book.instrumentId(), 1, Table.PRICE, 1);
                }
                throw new IllegalStateException("enough");
            }
        }
    }
}
