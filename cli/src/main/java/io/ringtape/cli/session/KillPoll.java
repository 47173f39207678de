package io.ringtape.cli.session;

import io.ringtape.bus.Writer;
import io.ringtape.cli.report.ControlReport;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.KillGuard;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.KillOnTrouble;
import io.ringtape.journal.KillScope;
import io.ringtape.journal.LimitsExchange;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The writer's look at the kill switch, before each venue event: what another process changed becomes a control event,
 * from which on the risk gate rejects. It has the time of the market there, so that no clock enters a recording. What
 * the order lane stopped by itself, which is on the ring already, is latched beside the tape. Hot path.
 * <p>
 * Thread safety: the writer's thread.
 * Allocation: at a change only.
 */
final class KillPoll implements AutoCloseable
{
    private final EventBatch control = new EventBatch(1);
    private final Path journal;
    private final ControlFile file;
    private final Definitions definitions;
    private final Outbox outbox;
    private final EpochNanoClock clock;
    private long timeNs;
    private long number;
    private long latchedNumber;

    private KillPoll(
        final Path journal, final Definitions definitions, final Outbox outbox, final EpochNanoClock clock)
    {
        this.journal = journal;
        this.definitions = definitions;
        this.outbox = outbox;
        this.clock = clock;
        file = ControlFile.open(journal);
    }

    /**
     * Opens the kill switch of a tape.
     *
     * @param journal     directory of the tape.
     * @param definitions that have the sources of all strategies.
     * @param outbox      that the order lane's own kills pass.
     * @param clock       of what is latched; it enters no event.
     * @return to be closed behind the bus.
     */
    static KillPoll open(
        final Path journal, final Definitions definitions, final Outbox outbox, final EpochNanoClock clock)
    {
        return new KillPoll(journal, definitions, outbox, clock);
    }

    /** Who is stopped before anything is published, in a line for a person; empty if nobody is. */
    String notice()
    {
        final String stopped = ControlReport.stopped(file.reading().scopes());
        return stopped.isEmpty() ? "" : "New orders are stopped: " + stopped + "; see ringtape status.";
    }

    /** Strategies and accounts that are stopped and that this run has not, in a line for a person; or empty. */
    String unknown()
    {
        final List<String> unknown = ControlReport.unknown(file.reading().scopes(),
            IntStream.range(0, definitions.sourceCount()).mapToObj(definitions::source).toList());
        return unknown.isEmpty() ? "" :
            "No strategy of this run has the name or account that is stopped: " + String.join(", ", unknown);
    }

    /** Where limits are handed over, on the same mapping; to be used until this is closed. */
    LimitsExchange limits()
    {
        return LimitsExchange.over(journal, file);
    }

    /** What a gateway's thread asks; it stops everybody once this is closed. */
    KillGuard guard()
    {
        return file.killGuard(definitions);
    }

    /** What stops everybody when a lane fails or stands still. */
    KillOnTrouble onTrouble(final Set<String> lanes)
    {
        return new KillOnTrouble(file, lanes, clock);
    }

    /** Stops everybody, the next run too, where this one fails outside of the bus; it waits for nothing. */
    void fail()
    {
        file.stopAll(KillReason.FAULT, clock.nanoTime());
    }

    /** Says that the run ends, behind the venue event whose time was taken: who trades cancels what is open. */
    void end(final Writer writer)
    {
        publish(writer, Control.END, Control.ALL, 0);
    }

    /** Publishes what has changed, ahead of the venue event whose time was taken. */
    void publish(final Writer writer)
    {
        latch();
        if (file.hasChanged())
        {
            publishChanges(writer);
        }
    }

    /** Latches a kill of the order lane, so that the next run starts with it. It comes last, as on the ring. */
    void latch()
    {
        final int code = outbox.takeKill();
        if (code != Outbox.NO_KILL)
        {
            latchedNumber = file.change(true, KillScope.ALL, KillReason.ofCode(code), clock.nanoTime())
                .map(ControlFile.Scope::number).orElse(latchedNumber);
        }
    }

    /** Takes the time of the venue event that comes next: the latest receive time in it that is no bad one. */
    void next(final EventBatch batch)
    {
        final int count = batch.count();
        for (int i = 0; i < count; i++)
        {
            final OrderBookEvent event = batch.event(i);
            if (EventType.bringsTime(event.type(), event.flags()))
            {
                timeNs = Math.max(timeNs, event.receiveTimeNs());
            }
        }
    }

    /** The time of the market, as far as it was taken. */
    long timeNs()
    {
        return timeNs;
    }

    @Override
    public void close()
    {
        file.close();
    }

    private void publishChanges(final Writer writer)
    {
        final List<ControlFile.Scope> changed = file.take(clock);
        for (final ControlFile.Scope scope : changed)
        {
            final KillScope whom = scope.whom();
            if (whom.scope() != Control.STRATEGY)
            {
                if (scope.number() != latchedNumber)
                {
                    publish(writer, action(scope), whom.scope(), idOf(scope));
                }
                continue;
            }
            // A strategy that does not run has nothing to stop.
            for (int id = 0; id < definitions.sourceCount(); id++)
            {
                final SourceDefinition source = definitions.source(id);
                if (whom.isStrategy(source))
                {
                    publish(writer, action(scope), Control.STRATEGY, id);
                }
            }
        }
        file.acknowledge();
    }

    private static int action(final ControlFile.Scope scope)
    {
        return scope.isKilled() ? Control.KILL : Control.ARM;
    }

    // A kill of everybody says why: all others are by hand.
    private static int idOf(final ControlFile.Scope scope)
    {
        return scope.whom().scope() == Control.ALL && scope.isKilled() ?
            scope.reason().code() : scope.whom().account();
    }

    private void publish(final Writer writer, final int action, final int scope, final int id)
    {
        control.clear();
        control.append().type(EventType.CONTROL).eventTimeNs(timeNs).receiveTimeNs(timeNs)
            .orderId(action).quantity(scope).price(id).sourceSequence(++number);
        writer.publishInStep(control);
    }
}
