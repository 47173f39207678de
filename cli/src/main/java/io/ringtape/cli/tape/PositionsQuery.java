package io.ringtape.cli.tape;

import io.ringtape.book.Books;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.InstrumentNames;
import io.ringtape.cli.report.PositionsReport;
import io.ringtape.cli.report.PositionsReport.OpenOrder;
import io.ringtape.cli.report.PositionsTable;
import io.ringtape.cli.settings.NextPositions;
import io.ringtape.cli.settings.RunSettings;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.GatewaySideFile;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.OpenOrders;
import io.ringtape.risk.Holdings;
import io.ringtape.risk.OpeningPositions;
import io.ringtape.risk.RiskGate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of a run through books and the risk gate, and asks the gate what is held and what is open. So
 * positions, average prices, realised profit and fees are those of the recording, however it ended.
 * <p>
 * The mark of a position, and with it what depends on it, is the recording's too where the book at the end can be
 * believed, or could while there was a position. It may be another one where neither is so: the recording's gate keeps
 * a mark when it lets an order pass, this one when the event of the order comes.
 * <p>
 * The run is the one that holds the sequence, the newest run by default, and the one before it where that has no event;
 * then what the newest run was given to start with does not count either.
 * <p>
 * Thread safety: none; one thread, one query.
 * Allocation: books and a gate; an entry for each open order.
 */
public final class PositionsQuery
{
    private final OrderBookEvent event = new OrderBookEvent();
    private final SortedMap<Long, Seen> seen = new TreeMap<>();
    private final Tape tape;
    private Definitions definitions = new Definitions();
    private @Nullable Books books;
    private @Nullable RiskGate gate;
    private OptionalLong runId = OptionalLong.empty();
    private long lastSequence = -1;
    private String notice = "";

    /**
     * A query that has not started.
     *
     * @param tape to read.
     */
    public PositionsQuery(final Tape tape)
    {
        this.tape = tape;
    }

    /**
     * What the events of an order have said.
     *
     * @param state    the furthest of them.
     * @param sequence of the last one.
     */
    private record Seen(String state, long sequence)
    {
    }

    /**
     * Positions and open orders at a sequence; to be called once.
     *
     * @param sequence of the last event that counts, or {@link BookQuery#END}.
     * @param out      file for the positions; empty for none.
     * @param progress told how far it has come.
     * @return the positions.
     * @throws TapeException                              if the tape is damaged, has a gap, or does not hold the
     *                                                    sequence or the start of its run.
     * @throws io.ringtape.cli.error.CommandException if a position cannot be written to a file.
     */
    public PositionsReport at(final long sequence, final Optional<Path> out, final Progress progress)
    {
        return at(tape.runInfos(), sequence, out, progress);
    }

    /** With the runs that the tape had when they were asked for; others may begin meanwhile. */
    PositionsReport at(
        final List<RunInfo> runs, final long sequence, final Optional<Path> out, final Progress progress)
    {
        if (sequence != BookQuery.END)
        {
            read(BookQuery.runStart(runs, sequence), sequence, progress);
        }
        else
        {
            boolean found = false;
            for (int i = runs.size() - 1; i >= 0 && !found; i--)
            {
                found = read(runs.get(i).firstSequence(), sequence, progress);
            }
        }
        final RiskGate risk = gate == null ? gate(definitions) : gate;
        final Holdings holdings = risk.holdings();
        final OpeningPositions opening = RunSettings.positions(definitions);
        out.ifPresent((path) -> NextPositions.write(path, holdings, opening, definitions));
        return new PositionsReport(runId, lastSequence, hasGateway(definitions),
            NextPositions.day(holdings).map((day) -> day.toString()).orElse(Formats.NONE),
            PositionsTable.of(holdings, opening, definitions), orders(risk.openOrders()),
            tape.info().keptEvents().orElse(0), out);
    }

    /**
     * One line about the end of the tape, for the user.
     *
     * @return empty if there is nothing to say.
     */
    public String notice()
    {
        return notice;
    }

    // A run without an event, as a kill may leave it, has no positions: the one before it is looked at.
    private boolean read(final long runFirst, final long toSequence, final Progress progress)
    {
        tape.requireFrom(runFirst);
        final TapeProgress shown = TapeProgress.ofSequences(progress, "reading", tape, runFirst, toSequence);
        try (TapeReader reader = tape.read(TapeRange.sequences(runFirst, toSequence), RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                final long found = reader.run().runId();
                if (found != runId.orElse(found))
                {
                    // Began meanwhile: its events are another gate's.
                    return true;
                }
                runId = OptionalLong.of(found);
                apply(reader);
                shown.accept(lastSequence);
            }
            notice = TapeEnds.notice(reader.end());
            return runId.isPresent();
        }
        catch (final TapeException e)
        {
            if (e.kind() == TapeException.Kind.OUT_OF_RANGE && toSequence == BookQuery.END)
            {
                return false;
            }
            throw e;
        }
    }

    private void apply(final TapeReader reader)
    {
        definitions = reader.definitions();
        final Books applied = books == null ? new Books(definitions) : books;
        books = applied;
        final RiskGate risk = gate == null ? gate(definitions) : gate;
        gate = risk;
        for (int i = 0; i < reader.count(); i++)
        {
            lastSequence = reader.event(i, event).sequence();
            if (event.type() != EventType.VOID)
            {
                applied.onEvent(event);
                risk.onEvent(event);
                follow(risk.openOrders());
            }
        }
    }

    private RiskGate gate(final Definitions of)
    {
        final Books looked = books == null ? new Books(of) : books;
        final RiskGate.Builder builder =
            RiskGate.builder(of, looked::book).opening(RunSettings.positions(of));
        return (hasGateway(of) ? builder.venueAnswers() : builder).build();
    }

    private void follow(final OpenOrders open)
    {
        final int type = event.type();
        if (type < EventType.OWN_NEW || type > EventType.OWN_CANCELLED)
        {
            return;
        }
        final long id = event.orderId();
        final int slot = open.find(id);
        if (slot == OpenOrders.NO_SLOT)
        {
            seen.remove(id);
            return;
        }
        final Seen before = seen.get(id);
        final String state = open.isCancelPending(slot) ? "cancel-sent" : switch (type)
        {
            case EventType.OWN_NEW -> "new";
            case EventType.OWN_FILL -> "part-filled";
            case EventType.OWN_ACCEPTED -> "accepted";
            default -> before == null ? "new" : before.state();
        };
        seen.put(id, new Seen(state, event.sequence()));
    }

    private List<OpenOrder> orders(final OpenOrders open)
    {
        final InstrumentNames names = PositionsTable.names(definitions);
        return LongStream.of(open.ids()).mapToObj((id) -> order(open, id, names)).toList();
    }

    private OpenOrder order(final OpenOrders open, final long id, final InstrumentNames names)
    {
        final int slot = open.find(id);
        final InstrumentDefinition instrument = definitions.instrument(open.instrumentId(slot));
        final int strategyId = ClientOrderIds.strategy(id);
        final Optional<SourceDefinition> strategy = strategyId < definitions.sourceCount() ?
            Optional.of(definitions.source(strategyId)) : Optional.empty();
        final Seen last = seen.getOrDefault(id, new Seen("new", -1));
        return new OpenOrder(id, strategy.map(SourceDefinition::name).orElse(Formats.NONE),
            strategy.map(SourceDefinition::publisher).orElse(0),
            names.name(instrument.symbol(), instrument.instrumentId()),
            open.side(slot) == Side.BID ? "buy" : "sell", Formats.price(open.price(slot), instrument.priceExponent()),
            Formats.quantity(open.quantity(slot), instrument.quantityExponent()), last.state(), last.sequence());
    }

    /** Whether a venue had the orders of a run; one of a bus of its own may have any name. */
    private static boolean hasGateway(final Definitions definitions)
    {
        return IntStream.range(0, definitions.sourceCount()).mapToObj(definitions::source)
            .anyMatch((source) -> source.kind() == SourceDefinition.Kind.GATEWAY &&
                !source.name().equals(GatewaySideFile.SOURCE_NAME));
    }
}
