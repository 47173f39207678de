package io.ringtape.cli;

import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.tape.EventDump;
import io.ringtape.journal.TapeRetention;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads values of options; picocli puts the option's name before what these say.
 */
final class Counts
{
    private Counts()
    {
    }

    private static long parse(final String text, final long least, final long most)
    {
        final long value;
        try
        {
            value = Long.parseLong(text);
        }
        catch (final NumberFormatException e)
        {
            throw new TypeConversionException("must be a whole number: " + text);
        }
        if (value < least || value > most)
        {
            throw new TypeConversionException("must be " + (most == Long.MAX_VALUE ? least + " or more" :
                least + " to " + most) + ": " + text);
        }
        return value;
    }

    /** Whole numbers from one to another. */
    private abstract static class LongRange implements ITypeConverter<Long>
    {
        private final long least;
        private final long most;

        LongRange(final long least, final long most)
        {
            this.least = least;
            this.most = most;
        }

        @Override
        public final Long convert(final String text)
        {
            return parse(text, least, most);
        }
    }

    /** Whole numbers from one to another that fit an int. */
    private abstract static class IntRange implements ITypeConverter<Integer>
    {
        private final int least;
        private final int most;

        IntRange(final int least, final int most)
        {
            this.least = least;
            this.most = most;
        }

        @Override
        public final Integer convert(final String text)
        {
            return (int)parse(text, least, most);
        }
    }

    /** A sequence: 0 or more. */
    static final class Sequence extends LongRange
    {
        /** Made by picocli. */
        Sequence()
        {
            super(0, Long.MAX_VALUE);
        }
    }

    /** A count of things that makes no sense at 0. */
    static final class Positive extends LongRange
    {
        /** Made by picocli. */
        Positive()
        {
            super(1, Long.MAX_VALUE);
        }
    }

    /** Events of a demo. */
    static final class DemoEvents extends LongRange
    {
        /** Made by picocli. */
        DemoEvents()
        {
            super(1, DemoSession.MAX_EVENTS);
        }
    }

    /** A file or directory; an empty name, as an unset variable leaves it, would mean the working directory. */
    static final class FileName implements ITypeConverter<Path>
    {
        /** Made by picocli. */
        FileName()
        {
        }

        @Override
        public Path convert(final String text)
        {
            if (text.isEmpty())
            {
                throw new TypeConversionException("must not be empty");
            }
            try
            {
                return Path.of(text);
            }
            catch (final InvalidPathException e)
            {
                throw new TypeConversionException("is no name of a file: " + e.getReason());
            }
        }
    }

    /** Days to keep. */
    static final class Days extends IntRange
    {
        /** Made by picocli. */
        Days()
        {
            super(1, TapeRetention.MAX_DAYS);
        }
    }

    /** How many of something stay; 0 for all. */
    static final class Kept extends IntRange
    {
        /** Made by picocli. */
        Kept()
        {
            super(0, Integer.MAX_VALUE);
        }
    }

    /** How events are printed. */
    static final class DumpFormat implements ITypeConverter<EventDump.Format>
    {
        /** Made by picocli. */
        DumpFormat()
        {
        }

        @Override
        public EventDump.Format convert(final String text)
        {
            return switch (text)
            {
                case "text" -> EventDump.Format.TEXT;
                case "csv" -> EventDump.Format.CSV;
                case "json" -> EventDump.Format.JSON;
                default -> throw new TypeConversionException("must be text, csv or json: " + text);
            };
        }
    }

    /** What a message takes one way, in ns: at most an hour. */
    static final class Latency implements ITypeConverter<Long>
    {
        private static final long MOST = 3_600_000_000_000L;

        /** Made by picocli. */
        Latency()
        {
        }

        @Override
        public Long convert(final String text)
        {
            return parse(text, 0, MOST);
        }
    }

    /** Levels of a book. */
    static final class Depth extends IntRange
    {
        private static final int MOST = 65_534;

        /** Made by picocli. */
        Depth()
        {
            super(1, MOST);
        }
    }
}
