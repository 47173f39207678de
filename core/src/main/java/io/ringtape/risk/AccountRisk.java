package io.ringtape.risk;

import io.ringtape.event.InstrumentDefinition;
import io.ringtape.order.Saturated;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the gate knows of one account: limits, notional of its open orders, positions, message bucket. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction, and on the first fill of an instrument.
 */
final class AccountRisk
{
    @Nullable AccountLimits limits;
    MessageBucket messages;
    private final int account;
    private @Nullable DayProfit[] byInstrument = new @Nullable DayProfit[0];
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

    DayProfit profit(final InstrumentDefinition definition)
    {
        final int instrumentId = definition.instrumentId();
        if (instrumentId >= byInstrument.length)
        {
            byInstrument = Arrays.copyOf(byInstrument, Math.max(instrumentId + 1, 2 * byInstrument.length));
        }
        final DayProfit known = byInstrument[instrumentId];
        if (known != null)
        {
            return known;
        }
        if (tradedCount == traded.length)
        {
            traded = Arrays.copyOf(traded, 2 * tradedCount);
        }
        traded[tradedCount++] = instrumentId;
        final DayProfit made = new DayProfit(definition);
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

    @Nullable DayProfit profit(final int instrumentId)
    {
        return byInstrument[instrumentId];
    }

    int stateBytes()
    {
        return 2 * Integer.BYTES + MessageBucket.STATE_BYTES + 2 * Long.BYTES +
            tradedCount * (Integer.BYTES + DayProfit.STATE_BYTES);
    }

    void store(final ByteBuffer target)
    {
        target.putInt(account);
        messages.store(target);
        target.putLong(openNotional).putLong(openCount).putInt(tradedCount);
        for (int i = 0; i < tradedCount; i++)
        {
            target.putInt(traded[i]);
            Objects.requireNonNull(byInstrument[traded[i]], "profit").store(target);
        }
    }

    /** Behind the account's number. */
    void load(final ByteBuffer source, final IntFunction<InstrumentDefinition> definitions)
    {
        messages.load(source);
        openNotional = source.getLong();
        openCount = (int)source.getLong();
        for (int left = source.getInt(); left > 0; left--)
        {
            profit(definitions.apply(source.getInt())).load(source);
        }
    }
}
