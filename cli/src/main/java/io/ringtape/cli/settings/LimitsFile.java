package io.ringtape.cli.settings;

import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.KillRules;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskLimits;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Limits of the risk gate, checked as a whole.
 * <pre>
 * {
 *   "version": 1,
 *   "instruments": {
 *     "AMZN": {"max-order-quantity": 100, "max-notional": 50000, "max-position": 500, "max-account-position": 300,
 *              "price-collar-bps": 200, "reference-age-ms": 5000, "message-rate": 10, "message-burst": 20,
 *              "daily-loss": 10000},
 *     "*":    { ... }
 *   },
 *   "accounts": {"1": {"open-notional": 1000000, "daily-loss": 20000, "message-rate": 100, "message-burst": 200}},
 *   "kill-on": ["gap", "stale"], "stale-ms": 5000
 * }
 * </pre>
 * Each check of an entry must be there, but for {@code max-account-position}: without it each account may have all of
 * {@code max-position}. {@code *} stands for all that are not named, and what is not named without it has no limits, so
 * that its orders are rejected. Amounts are decimals in units and in the currency. Nothing kills unless {@code kill-on}
 * says so, see {@link KillRules}.
 * <p>
 * Thread safety: stateless.
 * Allocation: for the whole text.
 */
public final class LimitsFile
{
    private static final String OTHERS = "*";
    private static final String KILL_ON = "kill-on";
    private static final String STALE_MS = "stale-ms";
    private static final String GAP = "gap";
    private static final String STALE = "stale";
    private static final String MAX_POSITION = "max-position";
    private static final String MAX_ORDER_QUANTITY = "max-order-quantity";
    private static final String MAX_NOTIONAL = "max-notional";
    private static final String MAX_ACCOUNT_POSITION = "max-account-position";
    private static final String PRICE_COLLAR_BPS = "price-collar-bps";
    private static final String REFERENCE_AGE_MS = "reference-age-ms";
    private static final String MESSAGE_RATE = "message-rate";
    private static final String MESSAGE_BURST = "message-burst";
    private static final String DAILY_LOSS = "daily-loss";
    private static final String OPEN_NOTIONAL = "open-notional";
    private static final Set<String> OF_INSTRUMENT = Set.of(MAX_ORDER_QUANTITY, MAX_NOTIONAL, MAX_POSITION,
        MAX_ACCOUNT_POSITION, PRICE_COLLAR_BPS, REFERENCE_AGE_MS, MESSAGE_RATE, MESSAGE_BURST, DAILY_LOSS);
    private static final Set<String> OF_ACCOUNT = Set.of(OPEN_NOTIONAL, DAILY_LOSS, MESSAGE_RATE, MESSAGE_BURST);

    private LimitsFile()
    {
    }

    /**
     * Takes a text apart.
     *
     * @param text of a file or a tape.
     * @return its limits.
     * @throws io.ringtape.cli.error.CommandException if it is wrong; the message names file and check.
     */
    public static LimitSet parse(final SettingsText text)
    {
        final SettingsFile file = SettingsFile.parse(text);
        file.requireNames(Set.of("version", "instruments", "accounts", KILL_ON, STALE_MS));
        final LimitSet.Builder set = LimitSet.builder(version(file)).killRules(killRules(file));
        for (final Map.Entry<String, Map<String, String>> entry : file.section("instruments").entrySet())
        {
            final RiskLimits limits = instrument(
                new Fields(file, "instrument=" + entry.getKey(), "check", entry.getValue(), OF_INSTRUMENT));
            if (entry.getKey().equals(OTHERS))
            {
                set.otherInstruments(limits);
            }
            else
            {
                set.instrument(entry.getKey(), limits);
            }
        }
        for (final Map.Entry<String, Map<String, String>> entry : file.section("accounts").entrySet())
        {
            final AccountLimits limits =
                account(new Fields(file, "account=" + entry.getKey(), "check", entry.getValue(), OF_ACCOUNT));
            if (entry.getKey().equals(OTHERS))
            {
                set.otherAccounts(limits);
            }
            else
            {
                set.account(number(file, entry.getKey()), limits);
            }
        }
        return set.build();
    }

    private static KillRules killRules(final SettingsFile file)
    {
        final Set<String> reasons = new TreeSet<>();
        for (final String reason : file.texts(KILL_ON))
        {
            if (!reason.equals(GAP) && !reason.equals(STALE))
            {
                throw file.wrong("kill-on must be gap or stale", "kill-on=" + reason);
            }
            if (!reasons.add(reason))
            {
                throw file.wrong("kill-on has a reason twice", "kill-on=" + reason);
            }
        }
        final String staleMs = file.text(STALE_MS);
        if (reasons.contains(STALE) == staleMs.isEmpty())
        {
            throw file.wrong("kill-on stale and stale-ms need each other",
                "kill-on=" + String.join(",", reasons) + " stale-ms=" + staleMs);
        }
        return new KillRules(reasons.contains(GAP),
            staleMs.isEmpty() ? KillRules.NEVER_STALE : staleNs(file, staleMs));
    }

    private static long staleNs(final SettingsFile file, final String staleMs)
    {
        final long staleNs =
            new Fields(file, "kill-on=stale", STALE_MS, Map.of(STALE_MS, staleMs), Set.of(STALE_MS))
                .milliseconds(STALE_MS);
        if (staleNs == KillRules.NEVER_STALE)
        {
            throw file.wrong("stale-ms must be above 0", "stale-ms=" + staleMs);
        }
        return staleNs;
    }

    private static RiskLimits instrument(final Fields fields)
    {
        final long position = fields.nano(MAX_POSITION);
        return RiskLimits.builder()
            .maxOrderQuantity(fields.nano(MAX_ORDER_QUANTITY))
            .maxNotional(fields.nano(MAX_NOTIONAL))
            .maxPosition(position)
            .maxAccountPosition(fields.nanoOr(MAX_ACCOUNT_POSITION, position))
            .collarBps(fields.number(PRICE_COLLAR_BPS, RiskLimits.MAX_COLLAR_BPS))
            .maxReferenceAgeNs(fields.milliseconds(REFERENCE_AGE_MS))
            .messagesPerSecond(fields.number(MESSAGE_RATE, RiskLimits.MAX_MESSAGES))
            .messageBurst(fields.number(MESSAGE_BURST, RiskLimits.MAX_MESSAGES))
            .maxDailyLoss(fields.nano(DAILY_LOSS))
            .build();
    }

    private static AccountLimits account(final Fields fields)
    {
        return new AccountLimits(fields.nano(OPEN_NOTIONAL), fields.nano(DAILY_LOSS),
            fields.number(MESSAGE_RATE, RiskLimits.MAX_MESSAGES),
            fields.number(MESSAGE_BURST, RiskLimits.MAX_MESSAGES));
    }

    private static long version(final SettingsFile file)
    {
        final String text = file.text("version");
        if (!text.matches("[1-9]\\d{0,17}"))
        {
            throw file.wrong("version must be a whole number above 0", "version=" + text);
        }
        return Long.parseLong(text);
    }

    private static int number(final SettingsFile file, final String account)
    {
        if (!account.matches("0|[1-9]\\d{0,8}"))
        {
            throw file.wrong("account must be a number or *", "account=" + account);
        }
        return Integer.parseInt(account);
    }
}
