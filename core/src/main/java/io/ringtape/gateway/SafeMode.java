package io.ringtape.gateway;

import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;

/**
 * What a gateway does when its bus has halted: cancels first, then the store. Nothing that throws keeps another order
 * from being cancelled. A cancel that throws has not left, as far as anybody knows: it is tried again while there is
 * time to wait for answers, and goes to the store once it has left.
 */
final class SafeMode
{
    private static final long MIN_NAP_NS = 1_000;
    private static final long MAX_NAP_NS = 50_000;
    /** In all, at even distances within the time for answers: a line may come back. */
    private static final int TRIES = 10;

    private final OrderBookEvent event = new EventBatch(1).append();
    private final EventBatch cancels = new EventBatch(1);
    private final List<Throwable> failures = new ArrayList<>();
    private final Map<Long, Throwable> refusals = new LinkedHashMap<>();
    private final Gateway gateway;
    private final AnswerBox box;
    private final SentOrders sent;
    private final SafeModeStore store;
    private final GatewayCounts counts;
    private boolean isStoring = true;
    private int tries;
    private int keptCancelCount;
    private long keptCount;
    private long appliedCount;

    SafeMode(
        final Gateway gateway, final AnswerBox box, final SentOrders sent, final SafeModeStore store,
        final GatewayCounts counts)
    {
        this.gateway = gateway;
        this.box = box;
        this.sent = sent;
        this.store = store;
        this.counts = counts;
    }

    /**
     * Cancels what is open, and keeps what comes.
     *
     * @param cancel        has source, times and cause of the cancels.
     * @param clock         that the limit is measured with.
     * @param answerLimitNs how long to wait for answers.
     * @return what came of it.
     */
    SafeModeResult cancelAndKeep(
        final OrderBookEvent cancel, final EpochNanoClock clock, final long answerLimitNs)
    {
        final long startNs = clock.nanoTime();
        counts.set(GatewayCount.SAFE_MODE, 1);
        box.unseen((answer) ->
        {
            sent.onAnswer(answer, answer.type());
            appliedCount++;
        });
        final long before = box.waitingCount();
        cancelAll(cancel);
        begin(cancel.sourceId());
        take(before);
        keepCancels();
        // A process that is killed while it waits leaves what was forced: so each answer is, as it comes.
        end();
        final IdleStrategy idle = new BackoffIdleStrategy(1, 1, MIN_NAP_NS, MAX_NAP_NS);
        takeAndEnd();
        long passedNs = 0;
        while (sent.size() > 0 && passedNs < answerLimitNs)
        {
            idle.idle();
            passedNs = clock.nanoTime() - startNs;
            if (!refusals.isEmpty() && tries < TRIES && passedNs >= answerLimitNs / TRIES * tries)
            {
                cancelAll(cancel);
            }
            takeAndEnd();
        }
        box.close();
        takeAndEnd();
        tellRefusals();
        return new SafeModeResult(cancels.count(), keptCount, sent.size(), failures);
    }

    /**
     * Keeps the answers that did not get on the ring of a bus that ended in order.
     *
     * @param sourceId of the gateway.
     * @return what came of it.
     */
    SafeModeResult keep(final int sourceId)
    {
        begin(sourceId);
        take(Long.MAX_VALUE);
        end();
        return new SafeModeResult(0, keptCount, sent.size(), failures);
    }

    private void takeAndEnd()
    {
        final long before = keptCount;
        keepCancels();
        take(Long.MAX_VALUE);
        if (keptCount != before)
        {
            end();
        }
    }

    private void cancelAll(final OrderBookEvent like)
    {
        tries++;
        refusals.clear();
        for (final long id : sent.ids())
        {
            if (sent.isCancelDue(id))
            {
                cancel(id, like);
            }
        }
    }

    private void cancel(final long id, final OrderBookEvent like)
    {
        final OrderBookEvent cancel = sent.writeCancel(id, event.reset(), like);
        if (tries > 1)
        {
            counts.add(GatewayCount.CANCEL_RETRIES);
        }
        try
        {
            gateway.cancel(cancel);
            sent.onCancel(cancel);
            cancels.append().copyFrom(cancel);
        }
        catch (final RuntimeException | Error e)
        {
            refusals.put(id, e);
        }
    }

    private void keepCancels()
    {
        for (; keptCancelCount < cancels.count(); keptCancelCount++)
        {
            keep(cancels.event(keptCancelCount));
        }
    }

    private void tellRefusals()
    {
        refusals.forEach((id, thrown) ->
        {
            if (sent.isCancelDue(id))
            {
                failures.add(new IllegalStateException("cancel did not leave: clientOrderId=" + id + " tries=" +
                    tries + " cause=" + thrown, thrown));
            }
        });
    }

    // What was on its way when the bus halted was applied before the cancels, what was seen on the ring before that.
    private void take(final long limit)
    {
        for (long i = 0; i < limit && box.take(event); i++)
        {
            if (event.sequence() == AnswerBox.UNSEEN && appliedCount-- <= 0)
            {
                sent.onAnswer(event, event.type());
            }
            keep(event);
        }
    }

    private void begin(final int sourceId)
    {
        attempt(() -> store.begin(sourceId, box.baseSequence()));
    }

    private void keep(final OrderBookEvent kept)
    {
        attempt(() ->
        {
            store.append(kept);
            keptCount++;
        });
    }

    private void end()
    {
        attempt(store::force);
    }

    // A store that has failed is left alone: what it has would no longer be the first of what there was.
    private void attempt(final Runnable write)
    {
        if (isStoring)
        {
            try
            {
                write.run();
            }
            catch (final RuntimeException | Error e)
            {
                isStoring = false;
                failures.add(e);
            }
        }
    }
}
