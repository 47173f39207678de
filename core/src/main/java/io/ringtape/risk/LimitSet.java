package io.ringtape.risk;

import io.ringtape.event.FixedPoint;
import io.ringtape.event.InstrumentDefinition;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All limits of one version: instruments by symbol, accounts by number, and when the gate kills by itself. What is not
 * named, and has no entry for the others, has no limits, and all its orders are rejected.
 * <p>
 * Amounts stand in 10^-9 of a unit or of the currency, whatever the instrument's exponents are, and are scaled to an
 * instrument when the gate first meets it; what is lost there makes a limit lower, never higher.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction and when asked.
 */
public final class LimitSet
{
    private static final int DECIMALS = 9;

    private final long version;
    private final Map<String, RiskLimits> instruments;
    private final Map<Integer, AccountLimits> accounts;
    private final Optional<RiskLimits> otherInstruments;
    private final Optional<AccountLimits> otherAccounts;
    private final KillRules killRules;

    private LimitSet(final Builder builder)
    {
        version = builder.version;
        instruments = new TreeMap<>(builder.instruments);
        accounts = new TreeMap<>(builder.accounts);
        otherInstruments = builder.otherInstruments;
        otherAccounts = builder.otherAccounts;
        killRules = builder.killRules;
    }

    /**
     * Starts a set.
     *
     * @param version that a {@link io.ringtape.order.Control#LIMITS_CHANGED} names, 1 or more.
     * @return a builder with no limits.
     * @throws IllegalArgumentException if the version is below 1.
     */
    public static Builder builder(final long version)
    {
        if (version < 1)
        {
            throw new IllegalArgumentException("version must be 1 or more: version=" + version);
        }
        return new Builder(version);
    }

    /**
     * The version.
     *
     * @return 1 or more.
     */
    public long version()
    {
        return version;
    }

    /**
     * The limits by symbol.
     *
     * @return amounts in 10^-9, in the order of the symbols; a copy.
     */
    public Map<String, RiskLimits> instruments()
    {
        return new TreeMap<>(instruments);
    }

    /**
     * The limits by account.
     *
     * @return in the order of the accounts; a copy.
     */
    public Map<Integer, AccountLimits> accounts()
    {
        return new TreeMap<>(accounts);
    }

    /**
     * The limits of instruments that are not named.
     *
     * @return amounts in 10^-9; empty if their orders are rejected.
     */
    public Optional<RiskLimits> otherInstruments()
    {
        return otherInstruments;
    }

    /**
     * The limits of accounts that are not named.
     *
     * @return empty if their orders are rejected.
     */
    public Optional<AccountLimits> otherAccounts()
    {
        return otherAccounts;
    }

    /**
     * When the gate stops everybody by itself.
     *
     * @return {@link KillRules#OFF} unless told.
     */
    public KillRules killRules()
    {
        return killRules;
    }

    /**
     * The limits of an instrument in its own units.
     *
     * @param definition of the instrument.
     * @return empty if it has none.
     */
    public Optional<RiskLimits> of(final InstrumentDefinition definition)
    {
        return Optional.ofNullable(instruments.get(definition.symbol())).or(() -> otherInstruments)
            .map((limits) -> scaled(limits, definition));
    }

    /**
     * The limits of an account.
     *
     * @param account any.
     * @return empty if it has none.
     */
    public Optional<AccountLimits> of(final int account)
    {
        return Optional.ofNullable(accounts.get(account)).or(() -> otherAccounts);
    }

    private static RiskLimits scaled(final RiskLimits limits, final InstrumentDefinition definition)
    {
        return limits.toBuilder()
            .maxOrderQuantity(scaled(limits.maxOrderQuantity(), definition.quantityExponent()))
            .maxNotional(scaled(limits.maxNotional(), definition.priceExponent()))
            .maxPosition(scaled(limits.maxPosition(), definition.quantityExponent()))
            .maxAccountPosition(scaled(limits.maxAccountPosition(), definition.quantityExponent()))
            .build();
    }

    private static long scaled(final long value, final int exponent)
    {
        if (exponent >= -DECIMALS)
        {
            return value / FixedPoint.powerOfTen(DECIMALS + exponent);
        }
        final long factor = FixedPoint.powerOfTen(-exponent - DECIMALS);
        return Math.multiplyHigh(value, factor) == 0 && value * factor >= 0 ? value * factor : Long.MAX_VALUE;
    }

    /**
     * Collects limits.
     * <p>
     * Thread safety: none.
     * Allocation: on use.
     */
    public static final class Builder
    {
        private final long version;
        private final Map<String, RiskLimits> instruments = new TreeMap<>();
        private final Map<Integer, AccountLimits> accounts = new TreeMap<>();
        private Optional<RiskLimits> otherInstruments = Optional.empty();
        private Optional<AccountLimits> otherAccounts = Optional.empty();
        private KillRules killRules = KillRules.OFF;

        private Builder(final long version)
        {
            this.version = version;
        }

        /**
         * Sets the limits of an instrument.
         *
         * @param symbol of the instrument.
         * @param limits amounts in 10^-9.
         * @return this.
         * @throws IllegalArgumentException if the symbol has limits already.
         */
        public Builder instrument(final String symbol, final RiskLimits limits)
        {
            if (instruments.putIfAbsent(symbol, limits) != null)
            {
                throw new IllegalArgumentException("limits are set already: symbol=" + symbol);
            }
            return this;
        }

        /**
         * Sets the limits of an account.
         *
         * @param account of strategies.
         * @param limits  of the account.
         * @return this.
         * @throws IllegalArgumentException if the account has limits already.
         */
        public Builder account(final int account, final AccountLimits limits)
        {
            if (accounts.putIfAbsent(account, limits) != null)
            {
                throw new IllegalArgumentException("limits are set already: account=" + account);
            }
            return this;
        }

        /**
         * Sets the limits of all instruments that are not named.
         *
         * @param limits amounts in 10^-9.
         * @return this.
         */
        public Builder otherInstruments(final RiskLimits limits)
        {
            otherInstruments = Optional.of(limits);
            return this;
        }

        /**
         * Sets the limits of all accounts that are not named.
         *
         * @param limits of each.
         * @return this.
         */
        public Builder otherAccounts(final AccountLimits limits)
        {
            otherAccounts = Optional.of(limits);
            return this;
        }

        /**
         * Sets when the gate stops everybody by itself.
         *
         * @param rules of the whole gate.
         * @return this.
         */
        public Builder killRules(final KillRules rules)
        {
            killRules = Objects.requireNonNull(rules, "rules");
            return this;
        }

        /**
         * Makes the set.
         *
         * @return the limits.
         */
        public LimitSet build()
        {
            return new LimitSet(this);
        }
    }
}
