package io.ringtape.risk;

import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The positions that a gate starts with, and what was won or lost on their day. Instruments go by their symbols,
 * because each run numbers its own; where several have one symbol, the first of them has the position.
 * <p>
 * A position counts from the first event or order of its instrument on; what was won or lost counts from the start, for
 * the account, until the day is over. What is no whole number of the instrument's quantity units, or does not fit, is
 * rounded away from 0, and nothing is known of its profit: each order of the instrument is rejected.
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

    /** What an account won on the day, over all instruments. */
    long dayRealisedNano(final int account)
    {
        long sum = 0;
        for (final SortedMap<Integer, OpeningPosition> accounts : bySymbol.values())
        {
            final OpeningPosition position = accounts.get(account);
            sum += position == null ? 0 : position.dayRealisedNano();
        }
        return sum;
    }

    /** Gives an instrument that is met what its accounts have of it. */
    void open(final InstrumentRisk risk, final RiskState state, final Definitions definitions)
    {
        final SortedMap<Integer, OpeningPosition> accounts = bySymbol.get(risk.definition.symbol());
        if (accounts == null || isNamesake(risk.definition, definitions))
        {
            return;
        }
        accounts.forEach((account, position) -> open(risk, state.account(account), position));
    }

    private static void open(final InstrumentRisk risk, final AccountRisk account, final OpeningPosition position)
    {
        final InstrumentDefinition definition = risk.definition;
        final BigDecimal exact = position.quantity().scaleByPowerOfTen(-definition.quantityExponent());
        final long quantity = held(exact.setScale(0, RoundingMode.UP).toBigInteger());
        final long price = position.averagePrice().map((value) -> price(value, definition)).orElse(0L);
        final boolean isKnown = exact.compareTo(BigDecimal.valueOf(quantity)) == 0 && isPrice(price);
        final AccountInstrument share = account.of(definition);
        risk.held.take(quantity);
        share.held.take(quantity);
        risk.profit.open(quantity, price, position.dayRealisedNano(), isKnown);
        share.profit.open(quantity, price, position.dayRealisedNano(), isKnown);
        account.waitingNano -= position.dayRealisedNano();
        if (quantity != 0)
        {
            risk.markPrice = position.mark().map((value) -> price(value, definition))
                .filter(OpeningPositions::isPrice).orElse(price);
        }
    }

    private static boolean isNamesake(final InstrumentDefinition definition, final Definitions definitions)
    {
        for (int id = 0; id < definition.instrumentId(); id++)
        {
            if (definitions.instrument(id).symbol().equals(definition.symbol()))
            {
                return true;
            }
        }
        return false;
    }

    // An average price may be finer than the instrument's prices are.
    private static long price(final BigDecimal value, final InstrumentDefinition definition)
    {
        return held(value.scaleByPowerOfTen(-definition.priceExponent()).setScale(0, RoundingMode.HALF_EVEN)
            .toBigInteger());
    }

    private static boolean isPrice(final long price)
    {
        return price != Long.MAX_VALUE && price != -Long.MAX_VALUE;
    }

    private static long held(final BigInteger value)
    {
        return value.bitLength() < Long.SIZE && value.longValue() != OrderBookEvent.NULL_PRICE ? value.longValue() :
            value.signum() * Long.MAX_VALUE;
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
        private final SortedMap<Integer, Long> closed = new TreeMap<>();

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
                closed.merge(account, position.dayRealisedNano(), Math::addExact);
            }
            catch (final ArithmeticException e)
            {
                throw new IllegalArgumentException("day-realised of the account does not fit", e);
            }
            accounts.put(account, position);
            return this;
        }

        /**
         * Makes the positions.
         *
         * @return what was added.
         */
        public OpeningPositions build()
        {
            return new OpeningPositions(dayEndNs, bySymbol);
        }
    }
}
