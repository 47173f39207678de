package io.ringtape.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.book.OrderBook;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.event.Definitions;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.OrderSender;
import io.ringtape.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads where a class makes no strategy: each text as a whole. */
@Timeout(20)
final class StrategyLoaderTest
{
    @Test
    void shouldSayThatAClassCannotBeLoaded(@TempDir final Path classes) throws IOException
    {
        Files.createDirectory(classes.resolve("mine"));
        Files.write(classes.resolve("mine").resolve("Broken.class"), new byte[] {1, 2, 3, 4, 0, 0, 0, 0});

        requireRefused(ExitCode.BAD_INPUT, "strategy class cannot be loaded: class=mine.Broken reason=" +
            "java.lang.ClassFormatError: Incompatible magic value 16909060 in class file mine/Broken",
            () -> StrategyLoader.find("mine.Broken", Optional.of(classes), ParameterFile.NONE));
    }

    @Test
    void shouldSayThatAClassHasNoConstructorOfUse()
    {
        final String name = Unmade.class.getName();

        requireRefused(ExitCode.BAD_INPUT, "strategy needs a public constructor with Definitions, or with " +
            "Definitions and StrategyParameters: class=" + name,
            () -> StrategyLoader.find(name, Optional.empty(), ParameterFile.NONE));
    }

    @Test
    void shouldSayWhatAConstructorThrows()
    {
        final String name = Thrower.class.getName();
        final StrategyLoader loader = StrategyLoader.find(name, Optional.empty(), ParameterFile.NONE);

        requireRefused(ExitCode.BAD_INPUT, "strategy cannot be made: class=" + name +
            " reason=java.lang.IllegalStateException: enough", () -> loader.create(new Definitions()));
    }

    @Test
    void shouldSayWhichFileHasAParameterThatIsWrong()
    {
        final ParameterFile unknown = new ParameterFile(Map.of("lot", "3"), "file=params.json");
        final ParameterFile wrong = new ParameterFile(Map.of("lots", "2.5"), "settingsId=0 kind=parameters");
        final String made = "strategy cannot be made: class=io.ringtape.strategy.MarketMaker ";

        requireRefused(ExitCode.BAD_INPUT,
            made + "file=params.json reason=unknown parameter: lot=3 known=lots,max-lots",
            () -> StrategyLoader.find("MarketMaker", Optional.empty(), unknown).create(new Definitions()));
        requireRefused(ExitCode.BAD_INPUT, made + "settingsId=0 kind=parameters reason=" +
            "lots must be a whole number from 1 to 1000000: lots=2.5",
            () -> StrategyLoader.find("MarketMaker", Optional.empty(), wrong).create(new Definitions()));
    }

    @Test
    void shouldSayThatAStrategyHasNoParameters()
    {
        final ParameterFile unknown = new ParameterFile(Map.of("lot", "3"), "file=params.json");
        final String name = Plain.class.getName();

        requireRefused(ExitCode.BAD_INPUT, "strategy cannot be made: class=" + name +
            " file=params.json reason=unknown parameter: lot=3 known=none",
            () -> StrategyLoader.find(name, Optional.empty(), unknown).create(new Definitions()));
    }

    @Test
    void shouldSayThatAClassIsAbstract()
    {
        for (final Class<?> half : List.of(Half.class, Strategy.class))
        {
            requireRefused(ExitCode.BAD_INPUT, "class is abstract: class=" + half.getName(),
                () -> StrategyLoader.find(half.getName(), Optional.empty(), ParameterFile.NONE));
        }
    }

    @Test
    void shouldSayWhatAStaticInitialiserThrows()
    {
        final String name = Unset.class.getName();

        requireRefused(ExitCode.BAD_INPUT, "strategy class cannot be loaded: class=" + name +
            " reason=java.lang.NumberFormatException: For input string: \"many\"",
            () -> StrategyLoader.find(name, Optional.empty(), ParameterFile.NONE));
    }

    @Test
    void shouldSayWhatAStaticInitialiserThrowsThatAConstructorNeeds()
    {
        final String name = Leaning.class.getName();
        final StrategyLoader loader = StrategyLoader.find(name, Optional.empty(), ParameterFile.NONE);

        requireRefused(ExitCode.BAD_INPUT, "strategy cannot be made: class=" + name +
            " reason=java.lang.ArrayIndexOutOfBoundsException: Index 1 out of bounds for length 1",
            () -> loader.create(new Definitions()));
    }

    @Test
    void shouldSayWhichErrorAStaticInitialiserThrows()
    {
        final String name = Unfit.class.getName();

        requireRefused(ExitCode.BAD_INPUT, "strategy class cannot be loaded: class=" + name +
            " reason=java.lang.Error: no table", () -> StrategyLoader.find(name, Optional.empty(), ParameterFile.NONE));
        requireRefused(ExitCode.BAD_INPUT, "strategy class cannot be loaded: class=" + name +
            " reason=java.lang.NoClassDefFoundError: Could not initialize class " + name,
            () -> StrategyLoader.find(name, Optional.empty(), ParameterFile.NONE));
    }

    @Test
    void shouldNotTakeAJvmWithoutMemoryForAStrategyThatCannotBeMade()
    {
        final StrategyLoader loader = StrategyLoader.find(Hungry.class.getName(), Optional.empty(), ParameterFile.NONE);

        assertEquals("enough", assertThrows(
            OutOfMemoryError.class, () -> loader.create(new Definitions())).getMessage());
        assertEquals("too much", assertThrows(OutOfMemoryError.class,
            () -> StrategyLoader.find(Starved.class.getName(), Optional.empty(), ParameterFile.NONE)).getMessage());
    }

    private static void requireRefused(final ExitCode exitCode, final String text, final Executable call)
    {
        final CommandException e = assertThrows(CommandException.class, call);

        assertEquals(text, e.getMessage());
        assertEquals(exitCode, e.exitCode());
    }

    /** Has no constructor that a loader knows. */
    public static final class Unmade implements Strategy
    {
        /** Needs nothing. */
        public Unmade()
        {
            // A loader gives definitions.
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            throw new UnsupportedOperationException();
        }
    }

    /** Has no parameters. */
    public static final class Plain implements Strategy
    {
        /**
         * Keeps nothing.
         *
         * @param definitions of no use.
         */
        public Plain(final Definitions definitions)
        {
            // Another class would keep them.
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            throw new UnsupportedOperationException();
        }
    }

    /** Cannot be made. */
    public static final class Thrower implements Strategy
    {
        /**
         * Throws.
         *
         * @param definitions of no use.
         */
        public Thrower(final Definitions definitions)
        {
            throw new IllegalStateException("enough");
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            throw new UnsupportedOperationException();
        }
    }

    /** Has a static field that cannot be set. */
    public static final class Unset implements Strategy
    {
        private static final int LOTS = Integer.parseInt("many");

        /**
         * Keeps nothing.
         *
         * @param definitions of no use.
         */
        public Unset(final Definitions definitions)
        {
            // Another class would keep them.
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            throw new UnsupportedOperationException("lots=" + LOTS);
        }
    }

    /** Has a static field that an error keeps from being set. */
    public static final class Unfit implements Strategy
    {
        private static final int LOTS = lots(0);

        /**
         * Keeps nothing.
         *
         * @param definitions of no use.
         */
        public Unfit(final Definitions definitions)
        {
            // Another class would keep them.
        }

        private static int lots(final int rows)
        {
            if (rows == 0)
            {
                throw new Error("no table");
            }
            return rows;
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            throw new UnsupportedOperationException("lots=" + LOTS);
        }
    }

    /** Has no memory when it is made. */
    public static final class Hungry implements Strategy
    {
        /**
         * Throws.
         *
         * @param definitions of no use.
         */
        public Hungry(final Definitions definitions)
        {
            throw new OutOfMemoryError("enough");
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            throw new UnsupportedOperationException();
        }
    }

    /** Has no memory when it is loaded. */
    public static final class Starved implements Strategy
    {
        private static final int LOTS = lots(0);

        /**
         * Keeps nothing.
         *
         * @param definitions of no use.
         */
        public Starved(final Definitions definitions)
        {
            // Another class would keep them.
        }

        private static int lots(final int rows)
        {
            if (rows == 0)
            {
                throw new OutOfMemoryError("too much");
            }
            return rows;
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            throw new UnsupportedOperationException("lots=" + LOTS);
        }
    }

    /** Needs a class that cannot be set up. */
    public static final class Leaning implements Strategy
    {
        private final int lots;

        /**
         * Throws.
         *
         * @param definitions of no use.
         */
        public Leaning(final Definitions definitions)
        {
            lots = Table.SECOND;
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            throw new UnsupportedOperationException("lots=" + lots);
        }
    }

    /** Cannot be set up. */
    private static final class Table
    {
        private static final int SECOND = second(1);

        private Table()
        {
        }

        private static int second(final int... numbers)
        {
            return numbers[1];
        }
    }

    /** Has what a loader needs, and is none the less of no use. */
    public abstract static class Half implements Strategy
    {
        /**
         * Keeps nothing.
         *
         * @param definitions of no use.
         */
        public Half(final Definitions definitions)
        {
            // Another class would keep them.
        }
    }
}
