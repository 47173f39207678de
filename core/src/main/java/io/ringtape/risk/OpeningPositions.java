package io.ringtape.risk;

import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The positions that a gate starts with, and what was won or lost on their day. Instruments go by their symbols,
 * because each run numbers its own; where several have one symbol, the first of them has the position, and nothing is
 * known of the others: each of their orders is rejected.
 * <p>
 * A position counts from the first event or order of its instrument on; what was won or lost counts from the start, for
 * the account, until the day is over. What is no whole number of the instrument's quantity units, or does not fit, is
 * rounded away from 0, and nothing is known of its profit: from that event or order on each order of the instrument,
 * and each of the account in any instrument, is rejected.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction, and for the first event of an instrument.
 */
public final class OpeningPositions
{
    /** No position, and no day. */
    public static final OpeningPositions NONE = new OpeningPositions(0, new TreeMap<>());

    private final long dayEndNs;
    private final SortedMap<String, SortedMap<Integer, OpeningPosition>> bySymbol;

    private OpeningPositions(final long dayEndNs, final SortedMap<String, SortedMap<Integer, OpeningPosition>> bySymbol)
    {
        this.dayEndNs = dayEndNs;
        this.bySymbol = bySymbol;
    }

    /**
     * Starts without a position.
     *
     * @param day of the positions, in days since the epoch, UTC.
     * @return a builder.
     */
    public static Builder ofDay(final long day)
    {
        return new Builder(Math.multiplyExact(Math.addExact(day, 1), RiskState.DAY_NS));
    }

    /**
     * When the day of the positions is over.
     *
     * @return ns since the epoch, UTC; 0 if there is none.
     */
    public long dayEndNs()
    {
        return dayEndNs;
    }

    /**
     * The positions by symbol and account.
     *
     * @return in the order of the symbols, and in that of the accounts; a copy.
     */
    public SortedMap<String, SortedMap<Integer, OpeningPosition>> positions()
    {
        final SortedMap<String, SortedMap<Integer, OpeningPosition>> copy = new TreeMap<>();
        bySymbol.forEach((symbol, accounts) -> copy.put(symbol, new TreeMap<>(accounts)));
        return copy;
    }

    /**
     * Whether an instrument has the symbol of a position that an earlier one has.
     *
     * @param definition  of the instrument.
     * @param definitions of the run.
     * @return true if its orders are all rejected for it.
     */
    public boolean isNamesake(final InstrumentDefinition definition, final Definitions definitions)
    {
        if (bySymbol.containsKey(definition.symbol()))
        {
            for (int id = 0; id < definition.instrumentId(); id++)
            {
                if (definitions.instrument(id).symbol().equals(definition.symbol()))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The accounts whose position cannot be counted in an instrument's units.
     *
     * @param definition of the first instrument of its symbol.
     * @return those whose orders are all rejected for it, ascending; empty if there is none.
     */
    public List<Integer> uncounted(final InstrumentDefinition definition)
    {
        final SortedMap<Integer, OpeningPosition> accounts = of(definition);
        final List<Integer> uncounted = new ArrayList<>();
        accounts.forEach((account, position) ->
        {
            if (!CountedPosition.of(position, mark(accounts), definition, false).isKnown())
            {
                uncounted.add(account);
            }
        });
        return uncounted;
    }

    /**
     * What an account holds, exactly: a gate counts in units of the instrument, and what is no whole number of them, or
     * does not fit, is rounded there.
     *
     * @param holding     of a gate that started with these positions.
     * @param definitions of its run.
     * @return above 0 long, below 0 short, as the positions have it.
     */
    public BigDecimal exactQuantity(final Holding holding, final Definitions definitions)
    {
        final InstrumentDefinition definition = holding.instrument();
        final BigDecimal held = decimal(holding.quantity(), definition);
        final OpeningPosition position =
            isNamesake(definition, definitions) ? null : of(definition).get(holding.account());
        return position == null ? held : held.add(position.quantity())
            .subtract(decimal(CountedPosition.quantity(position, definition), definition));
    }

    /** What an account won on the day, over all instruments. */
    long dayNano(final int account)
    {
        long sum = 0;
        for (final SortedMap<Integer, OpeningPosition> accounts : bySymbol.values())
        {
            final OpeningPosition position = accounts.get(account);
            sum += position == null ? 0 : position.dayNano();
        }
        return sum;
    }

    /** Gives an instrument that is met what its accounts have of it. */
    void open(final InstrumentRisk risk, final RiskState state, final Definitions definitions, final boolean isDayOver)
    {
        if (isNamesake(risk.definition, definitions))
        {
            risk.profit.fillUnknown();
            return;
        }
        final SortedMap<Integer, OpeningPosition> accounts = of(risk.definition);
        accounts.forEach((account, position) -> open(risk, state.account(account), position,
            CountedPosition.of(position, mark(accounts), risk.definition, isDayOver)));
    }

    private static void open(
        final InstrumentRisk risk, final AccountRisk account, final OpeningPosition position,
        final CountedPosition counted)
    {
        final AccountInstrument share = account.of(risk.definition);
        risk.held.take(counted.quantity());
        share.held.take(counted.quantity());
        risk.profit.open(counted);
        share.profit.open(counted);
        account.waitingNano -= position.dayNano();
        if (counted.quantity() != 0)
        {
            risk.holders++;
            risk.markPrice = counted.mark();
        }
    }

    private SortedMap<Integer, OpeningPosition> of(final InstrumentDefinition definition)
    {
        return bySymbol.getOrDefault(definition.symbol(), Collections.emptySortedMap());
    }

    private static BigDecimal decimal(final long quantity, final InstrumentDefinition definition)
    {
        return BigDecimal.valueOf(quantity, -definition.quantityExponent());
    }

    // Where none is given one account holds at most.
    private static Optional<BigDecimal> mark(final SortedMap<Integer, OpeningPosition> accounts)
    {
        return accounts.values().stream().flatMap((position) -> position.mark().stream()).findFirst().or(() ->
            accounts.values().stream().flatMap((position) -> position.averagePrice().stream()).findFirst());
    }

    /**
     * Collects positions.
     * <p>
     * Thread safety: none.
     * Allocation: on use.
     */
    public static final class Builder
    {
        private final long dayEndNs;
        private final SortedMap<String, SortedMap<Integer, OpeningPosition>> bySymbol = new TreeMap<>();
        private final SortedMap<Integer, Long> won = new TreeMap<>();

        private Builder(final long dayEndNs)
        {
            this.dayEndNs = dayEndNs;
        }

        /**
         * Adds a position.
         *
         * @param account  that has it.
         * @param symbol   of the instrument.
         * @param position of account and instrument.
         * @return this.
         * @throws IllegalArgumentException if account and symbol have one already, accounts differ in the mark of the
         *                                  symbol, or what the account won on the day does not fit into 64 bits.
         */
        public Builder add(final int account, final String symbol, final OpeningPosition position)
        {
            final SortedMap<Integer, OpeningPosition> accounts =
                bySymbol.computeIfAbsent(symbol, (unknown) -> new TreeMap<>());
            if (accounts.containsKey(account))
            {
                throw new IllegalArgumentException("position stands twice");
            }
            for (final OpeningPosition other : accounts.values())
            {
                if (other.mark().isPresent() && position.mark().isPresent() &&
                    other.mark().get().compareTo(position.mark().get()) != 0)
                {
                    throw new IllegalArgumentException("mark must be the same in all accounts");
                }
            }
            try
            {
                won.merge(account, position.dayNano(), Math::addExact);
            }
            catch (final ArithmeticException e)
            {
                throw new IllegalArgumentException("day-profit of the account does not fit", e);
            }
            accounts.put(account, position);
            return this;
        }

        /**
         * Makes the positions.
         *
         * @return what was added, but for what is flat and won nothing.
         * @throws IllegalArgumentException if several accounts hold a symbol and none has its mark.
         */
        public OpeningPositions build()
        {
            bySymbol.values().forEach((accounts) -> accounts.values().removeIf(OpeningPosition::isNothing));
            bySymbol.values().removeIf((accounts) -> accounts.isEmpty());
            bySymbol.forEach(Builder::requireMark);
            return new OpeningPositions(dayEndNs, bySymbol);
        }

        private static void requireMark(final String symbol, final SortedMap<Integer, OpeningPosition> accounts)
        {
            if (accounts.values().stream().filter((position) -> position.quantity().signum() != 0).count() > 1 &&
                accounts.values().stream().allMatch((position) -> position.mark().isEmpty()))
            {
                throw new IllegalArgumentException("several accounts hold " + symbol + " and none has a mark");
            }
        }
    }
}
