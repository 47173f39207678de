package io.ringtape.cli.tape;

import io.ringtape.book.Books;
import io.ringtape.book.OrderBook;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.BookCounts;
import io.ringtape.cli.report.BookReport;
import io.ringtape.cli.report.BookReport.Book;
import io.ringtape.cli.report.BookReport.Level;
import io.ringtape.cli.report.InstrumentNames;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.VenueEvents;
import io.ringtape.journal.BookSnapshot;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the books of a run from its events, up to a sequence, and compares one with a file row by row.
 * <p>
 * The books are those of the run that holds the sequence, the newest run by default; a run starts with empty books.
 * They start with the newest snapshot at or before the sequence, if there is one of use.
 * <p>
 * Thread safety: none; one thread, one query.
 * Allocation: books for each run.
 */
public final class BookQuery
{
    /** Up to the end of the tape. */
    public static final long END = Long.MAX_VALUE;

    private static final int MOST_SYMBOLS = 10;

    private final OrderBookEvent event = new OrderBookEvent();
    private final Tape tape;
    private final Optional<String> symbol;
    private final int depth;
    private Definitions definitions = new Definitions();
    private @Nullable Books books;
    private @Nullable BookComparison comparison;
    private Optional<Path> comparedFile = Optional.empty();
    private int comparedId = -1;
    private long lastSequence = -1;
    private final Set<String> notices = new LinkedHashSet<>();

    /**
     * A query that has not started.
     *
     * @param tape   to read.
     * @param symbol of the only instrument that is asked for; empty for all.
     * @param depth  most levels a side.
     */
    public BookQuery(final Tape tape, final Optional<String> symbol, final int depth)
    {
        this.tape = tape;
        this.symbol = symbol;
        this.depth = depth;
    }

    /**
     * The books at a sequence; to be called once, and not with {@link #compare}.
     *
     * @param sequence of the last event that the books hold, or {@link #END}.
     * @param progress told how far it has come.
     * @return the books.
     * @throws io.ringtape.journal.TapeException if the tape is damaged, has a gap, or does not hold the sequence.
     * @throws CommandException                  if no instrument has the symbol.
     */
    public BookReport at(final long sequence, final Progress progress)
    {
        if (sequence != END)
        {
            final long start = runStart(tape.runInfos(), sequence);
            read(start, sequence, newest(start, sequence), progress);
        }
        else
        {
            readNewest(progress);
        }
        return report(Optional.empty());
    }

    /**
     * The books at the end of the newest run, and each row of a file held against the book of an instrument after the
     * venue event of the row's number; to be called once, and not with {@link #at}.
     *
     * @param file     of book rows.
     * @param progress told how far it has come.
     * @return the books and the comparison.
     * @throws io.ringtape.journal.TapeException if the tape is damaged or has a gap.
     * @throws CommandException                  if no instrument has the symbol, if several have events and none was
     *                                           named, or if the file cannot be read, holds no rows of a book or
     *                                           another count of them.
     */
    public BookReport compare(final Path file, final Progress progress)
    {
        // Fails before the tape is read if there is no such file or it holds no rows.
        BookRows.open(file).close();
        comparedFile = Optional.of(file);
        try
        {
            final List<RunInfo> runs = tape.runInfos();
            if (!runs.isEmpty())
            {
                readFrom(runs.get(runs.size() - 1), progress);
            }
            final BookComparison compared = comparison;
            if (compared == null)
            {
                throw new CommandException(ExitCode.BAD_INPUT,
                    "newest run holds no venue event to compare with: file=" + file + " journal=" + tape.directory());
            }
            return report(Optional.of(compared.result()));
        }
        finally
        {
            if (comparison != null)
            {
                comparison.close();
            }
        }
    }

    /**
     * One line about snapshots that were passed over and the end of the tape, for the user.
     *
     * @return empty if there is nothing to say.
     */
    public String notice()
    {
        return String.join("; ", notices);
    }

    /** Where the run of a sequence starts; 0 where it has none that is left, so that reading refuses it. */
    static long runStart(final List<RunInfo> runs, final long sequence)
    {
        long start = 0;
        for (final RunInfo run : runs)
        {
            start = run.firstSequence() <= sequence ? run.firstSequence() : start;
        }
        return start;
    }

    // A run without an event, as a kill may leave it, has no books: the one before it is looked at.
    private void readNewest(final Progress progress)
    {
        final List<RunInfo> runs = tape.runInfos();
        boolean found = false;
        for (int i = runs.size() - 1; i >= 0 && !found; i--)
        {
            found = readFrom(runs.get(i), progress);
        }
    }

    private boolean readFrom(final RunInfo run, final Progress progress)
    {
        final Optional<BookSnapshot> snapshot = newest(run.firstSequence(), END);
        try
        {
            read(run.firstSequence(), END, snapshot, progress);
            return true;
        }
        catch (final TapeException e)
        {
            if (e.kind() == TapeException.Kind.OUT_OF_RANGE)
            {
                return false;
            }
            throw e;
        }
    }

    private Optional<BookSnapshot> newest(final long runFirst, final long toSequence)
    {
        // Each row of a file is compared, so there every event counts.
        final Optional<BookSnapshot> found = comparedFile.isPresent() ? Optional.empty() :
            tape.snapshots().newest(runFirst, toSequence, notices::add);
        if (found.isEmpty())
        {
            // A book without the run's start would be another one.
            tape.requireFrom(runFirst);
        }
        return found;
    }

    private void read(
        final long runFirst, final long toSequence, final Optional<BookSnapshot> snapshot, final Progress progress)
    {
        final long from = snapshot.map(BookSnapshot::sequence).orElse(runFirst);
        final TapeProgress shown = TapeProgress.ofSequences(
            progress, comparedFile.isPresent() ? "comparing" : "reading", tape, from, toSequence);
        try (TapeReader reader = tape.read(TapeRange.sequences(from, toSequence), RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                definitions = reader.definitions();
                final Books applied = books == null ? start(snapshot) : books;
                books = applied;
                for (int i = 0; i < reader.count(); i++)
                {
                    apply(applied, reader.event(i, event));
                }
                shown.accept(lastSequence);
            }
            final String end = TapeEnds.notice(reader.end());
            if (!end.isEmpty())
            {
                notices.add(end);
            }
        }
    }

    private Books start(final Optional<BookSnapshot> snapshot)
    {
        final Books started = new Books(definitions);
        snapshot.ifPresent((found) ->
        {
            found.restore(started);
            lastSequence = found.sequence();
        });
        return started;
    }

    private void apply(final Books applied, final OrderBookEvent next)
    {
        if (next.sequence() == lastSequence)
        {
            // The one that a snapshot stands behind.
            return;
        }
        lastSequence = next.sequence();
        if (next.type() != EventType.VOID)
        {
            applied.onEvent(next);
            if (comparedFile.isPresent() && VenueEvents.isEnd(next.type(), next.flags()))
            {
                compareEnd(comparedFile.get(), applied);
            }
        }
    }

    private void compareEnd(final Path file, final Books applied)
    {
        final int id = event.instrumentId();
        BookComparison running = comparison;
        if (running == null)
        {
            comparedId = symbol.isPresent() ? onlyIdOf(symbol.get()) : id;
            running = BookComparison.open(file, definitions.instrument(comparedId));
            comparison = running;
        }
        if (id == comparedId)
        {
            running.onEventEnd(event.sourceSequence(), applied.book(id));
        }
        else if (symbol.isEmpty())
        {
            throw new CommandException(ExitCode.USAGE,
                "newest run holds several instruments, name one with --symbol: symbols=" + symbols());
        }
    }

    /** Instruments are asked for by their names, and by their symbols, which several may share. */
    private List<Integer> idsOf(final String wanted)
    {
        final InstrumentNames names = names();
        final List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < definitions.instrumentCount(); id++)
        {
            final String known = definitions.instrument(id).symbol();
            if (known.equals(wanted) || names.name(known, id).equals(wanted))
            {
                ids.add(id);
            }
        }
        if (ids.isEmpty())
        {
            throw new CommandException(ExitCode.BAD_INPUT,
                "no instrument of the run has this symbol: --symbol=" + wanted + " symbols=" + symbols());
        }
        return ids;
    }

    private int onlyIdOf(final String wanted)
    {
        final List<Integer> ids = idsOf(wanted);
        if (ids.size() > 1)
        {
            throw new CommandException(ExitCode.USAGE,
                "newest run holds several instruments of this symbol, name one with --symbol: --symbol=" + wanted +
                    " symbols=" + symbols());
        }
        return ids.get(0);
    }

    private InstrumentNames names()
    {
        final List<String> symbols = new ArrayList<>();
        for (int id = 0; id < definitions.instrumentCount(); id++)
        {
            symbols.add(definitions.instrument(id).symbol());
        }
        return new InstrumentNames(symbols);
    }

    private String symbols()
    {
        final InstrumentNames names = names();
        final List<String> known = new ArrayList<>();
        for (int id = 0; id < Math.min(MOST_SYMBOLS, definitions.instrumentCount()); id++)
        {
            known.add(names.name(definitions.instrument(id).symbol(), id));
        }
        return String.join(",", known) + (definitions.instrumentCount() > MOST_SYMBOLS ? ",…" : "");
    }

    private BookReport report(final Optional<BookReport.Comparison> compared)
    {
        final Books shown = books == null ? new Books(definitions) : books;
        final InstrumentNames names = names();
        final List<Integer> asked = symbol.isPresent() ? idsOf(symbol.get()) :
            IntStream.range(0, definitions.instrumentCount()).boxed().toList();
        final List<Book> found = new ArrayList<>();
        for (final int id : asked)
        {
            final InstrumentDefinition instrument = definitions.instrument(id);
            final OrderBook book = shown.book(id);
            found.add(new Book(id, instrument.symbol(), names.name(instrument.symbol(), id), lastSequence,
                levels(instrument, book, Side.BID), levels(instrument, book, Side.ASK)));
        }
        return new BookReport(found, BookCounts.of(shown), compared);
    }

    private List<Level> levels(final InstrumentDefinition instrument, final OrderBook book, final int side)
    {
        final List<Level> levels = new ArrayList<>();
        for (int level = 0; level < Math.min(depth, book.levelCount(side)); level++)
        {
            final OptionalLong orders = book.kind() == BookKind.MBO ?
                OptionalLong.of(book.orderCount(side, level)) : OptionalLong.empty();
            levels.add(new Level(Formats.price(book.price(side, level), instrument.priceExponent()),
                Formats.quantity(book.quantity(side, level), instrument.quantityExponent()), orders));
        }
        return levels;
    }
}
