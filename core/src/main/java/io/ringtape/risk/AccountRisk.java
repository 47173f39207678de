package io.ringtape.risk;

import io.ringtape.event.InstrumentDefinition;
import io.ringtape.order.Saturated;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the gate knows of one account: limits, notional of its open orders, what it has of each instrument, message
 * bucket. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction, and on the first order or fill of an instrument.
 */
final class AccountRisk
{
    private static final OpenPosition NOTHING = new OpenPosition();

    @Nullable AccountLimits limits;
    MessageBucket messages;
    /** What was won before the run, on the day that it begins with, in instruments that it has not met yet. */
    long waitingNano;
    private final int account;
    private @Nullable AccountInstrument[] byInstrument = new @Nullable AccountInstrument[0];
    private int[] traded = new int[4];
    private int tradedCount;
    private long openNotional;
    private int openCount;

    AccountRisk(final int account, final @Nullable AccountLimits limits)
    {
        this.account = account;
        this.limits = limits;
        messages = limits == null ?
            new MessageBucket(0, 0) : new MessageBucket(limits.messagesPerSecond(), limits.messageBurst());
    }

    int account()
    {
        return account;
    }

    void change(final @Nullable AccountLimits newLimits, final long nowNs)
    {
        limits = newLimits;
        messages = newLimits == null ? messages.changed(0, 0, nowNs) :
            messages.changed(newLimits.messagesPerSecond(), newLimits.messageBurst(), nowNs);
    }

    void open(final long notional)
    {
        openNotional = Saturated.add(openNotional, notional);
        openCount++;
    }

    void reduce(final long before, final long left)
    {
        openNotional -= before - left;
    }

    /** A sum that was held at its end is right again when nothing is open. */
    void release(final long notional)
    {
        openCount--;
        openNotional = openCount == 0 ? 0 : openNotional - notional;
    }

    long openNotional()
    {
        return openNotional;
    }

    /**
     * The position in an instrument if an order and all open orders of its side and this account were filled.
     *
     * @param instrumentId of the order.
     * @param side         of the order.
     * @param quantity     of the order.
     * @return above 0 long, below 0 short; held at the ends of 64 bits.
     */
    long worstPosition(final int instrumentId, final int side, final long quantity)
    {
        final AccountInstrument known = find(instrumentId);
        return (known == null ? NOTHING : known.held).worst(side, quantity);
    }

    AccountInstrument of(final InstrumentDefinition definition)
    {
        final int instrumentId = definition.instrumentId();
        final AccountInstrument known = find(instrumentId);
        if (known != null)
        {
            return known;
        }
        if (instrumentId >= byInstrument.length)
        {
            byInstrument = Arrays.copyOf(byInstrument, Math.max(instrumentId + 1, 2 * byInstrument.length));
        }
        if (tradedCount == traded.length)
        {
            traded = Arrays.copyOf(traded, 2 * tradedCount);
        }
        traded[tradedCount++] = instrumentId;
        final AccountInstrument made = new AccountInstrument(definition);
        byInstrument[instrumentId] = made;
        return made;
    }

    int tradedCount()
    {
        return tradedCount;
    }

    int traded(final int index)
    {
        return traded[index];
    }

    /** What the account has of an instrument, or null if it never had an order, a fill or an opening position of it. */
    @Nullable AccountInstrument find(final int instrumentId)
    {
        return instrumentId < byInstrument.length ? byInstrument[instrumentId] : null;
    }

    int stateBytes()
    {
        return 2 * Integer.BYTES + MessageBucket.STATE_BYTES + 2 * Long.BYTES +
            tradedCount * (Integer.BYTES + AccountInstrument.STATE_BYTES);
    }

    void store(final ByteBuffer target)
    {
        target.putInt(account);
        messages.store(target);
        target.putLong(openNotional).putLong(openCount).putInt(tradedCount);
        for (int i = 0; i < tradedCount; i++)
        {
            target.putInt(traded[i]);
            Objects.requireNonNull(byInstrument[traded[i]], "traded").store(target);
        }
    }

    /** Behind the account's number. What positions at the start gave it meanwhile is among what it stored. */
    void load(final ByteBuffer source, final IntFunction<InstrumentDefinition> definitions)
    {
        messages.load(source);
        openNotional = source.getLong();
        openCount = (int)source.getLong();
        byInstrument = new @Nullable AccountInstrument[0];
        tradedCount = 0;
        for (int left = source.getInt(); left > 0; left--)
        {
            of(definitions.apply(source.getInt())).load(source);
        }
    }
}
