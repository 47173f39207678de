package io.ringtape.cli.session;

import io.ringtape.bus.Writer;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.settings.LimitsCheck;
import io.ringtape.cli.settings.LimitsFile;
import io.ringtape.cli.settings.SettingsText;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.journal.LimitsExchange;
import io.ringtape.journal.TapeException;
import io.ringtape.order.Control;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskGate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The writer's look at limits that another process hands over, before each venue event. A thread beside it reads and
 * checks them; then the writer adds them to the definitions, so that the recorder puts them on tape ahead of the block
 * that follows, gives them to the gate, and publishes the control event that puts them in force. It has the time of the
 * market there. Hot path.
 * <pre>
 *  writer   sees the number                      defines, adds, publishes
 *  helper                  reads, checks --ready-&gt;                       --answers
 *                          or answers why not
 * </pre>
 * <p>
 * Thread safety: the writer's thread; it owns the helper.
 * Allocation: at a change only.
 */
final class LimitsPoll implements AutoCloseable
{
    private static final long END_LIMIT_S = 10;

    private final EventBatch control = new EventBatch(1);
    private final AtomicReference<@Nullable Change> ready = new AtomicReference<>();
    private final ExecutorService helper = Executors.newSingleThreadExecutor(LimitsPoll::thread);
    private final LimitsExchange exchange;
    private final Definitions definitions;
    private final RiskGate gate;
    private volatile long version;
    private long seen;
    // The helper's own: a look may find what a later number stands for, and would look at it twice.
    private long looked;

    private LimitsPoll(
        final LimitsExchange exchange, final Definitions definitions, final RiskGate gate, final long seen)
    {
        this.exchange = exchange;
        this.definitions = definitions;
        this.gate = gate;
        this.seen = seen;
        version = gate.limitsVersion();
    }

    /** Limits that were checked, and wait for the writer. */
    private record Change(long number, LimitSet limits, SettingsText text)
    {
    }

    /**
     * A look that has seen what was handed over to other recordings.
     *
     * @param exchange    beside the tape; open behind the close of this.
     * @param definitions of the run, which the writer's thread adds to.
     * @param gate        with the limits from the start.
     * @param before      number of the last change before the tape was opened.
     */
    static LimitsPoll open(
        final LimitsExchange exchange, final Definitions definitions, final RiskGate gate, final long before)
    {
        // Handed over since then: to this recording, unless one that was about to end has answered.
        final long number = exchange.number();
        return new LimitsPoll(
            exchange, definitions, gate, exchange.isAnswered(number) ? number : Math.min(before, number));
    }

    /**
     * Publishes what is ready, ahead of the venue event that comes next.
     *
     * @param writer of the bus.
     * @param timeNs of the market.
     */
    void publish(final Writer writer, final long timeNs)
    {
        final long number = exchange.number();
        if (number != seen)
        {
            seen = number;
            helper.execute(() -> look(number));
        }
        if (ready.get() != null)
        {
            take(writer, timeNs);
        }
    }

    @Override
    public void close()
    {
        if (helper.isShutdown())
        {
            return;
        }
        final long number = exchange.number();
        final boolean isUnseen = number != seen;
        // Behind what it looks at still.
        helper.execute(() -> end(number, isUnseen));
        helper.shutdown();
        try
        {
            if (!helper.awaitTermination(END_LIMIT_S, TimeUnit.SECONDS))
            {
                helper.shutdownNow();
            }
        }
        catch (final InterruptedException e)
        {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(final Runnable work)
    {
        final Thread made = new Thread(work, "ringtape-limits");
        made.setDaemon(true);
        return made;
    }

    private void end(final long number, final boolean isUnseen)
    {
        if (isUnseen || ready.get() != null)
        {
            answer(() -> exchange.answerEnd(number));
        }
    }

    private void look(final long number)
    {
        try
        {
            exchange.request().ifPresentOrElse(this::check,
                () -> answer(number, "what was handed over makes no sense: change=" + number));
        }
        catch (final TapeException e)
        {
            answer(number, String.valueOf(e.getMessage()));
        }
    }

    private void check(final LimitsExchange.Request request)
    {
        if (request.number() <= looked)
        {
            return;
        }
        looked = request.number();
        try
        {
            final SettingsText text = new SettingsText(request.text(), "change=" + request.number());
            final LimitSet limits = LimitsFile.parse(text);
            LimitsCheck.require(limits, version, LimitsCheck.symbols(definitions), text.from());
            // One that is not taken yet is replaced, as what was handed over is.
            ready.set(new Change(request.number(), limits, text));
        }
        catch (final CommandException | IllegalArgumentException e)
        {
            answer(request.number(), String.valueOf(e.getMessage()));
        }
    }

    private void answer(final long number, final String refusal)
    {
        answer(() -> exchange.answer(number, refusal));
    }

    private static void answer(final Runnable write)
    {
        try
        {
            write.run();
        }
        catch (final TapeException e)
        {
            // Who waits for it says so, and the tape tells what is in force.
            return;
        }
    }

    private void take(final Writer writer, final long timeNs)
    {
        final Change change = ready.getAndSet(null);
        if (change == null)
        {
            return;
        }
        final LimitSet limits = change.limits();
        try
        {
            LimitsCheck.require(limits, version, LimitsCheck.symbols(definitions), change.text().from());
            definitions.add(change.text().definition(
                definitions.settingsCount(), SettingsDefinition.Kind.LIMITS_CHANGE, limits.version()));
        }
        catch (final CommandException | IllegalArgumentException e)
        {
            helper.execute(() -> answer(change.number(), String.valueOf(e.getMessage())));
            return;
        }
        gate.add(limits);
        control.clear();
        control.append().type(EventType.CONTROL).eventTimeNs(timeNs).receiveTimeNs(timeNs)
            .orderId(Control.LIMITS_CHANGED).quantity(Control.ALL).price(0).sourceSequence(limits.version());
        writer.publishInStep(control);
        version = limits.version();
        helper.execute(() -> answer(change.number(), ""));
    }
}
