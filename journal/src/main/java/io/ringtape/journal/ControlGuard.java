package io.ringtape.journal;

import io.ringtape.event.Definitions;
import io.ringtape.gateway.KillGuard;
import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.order.Control;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntHashSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The gateway's look at the kill switch: two words while nothing changes, else all scopes anew. Nobody else of the
 * process has to run for it. Hot path.
 * <p>
 * Thread safety: one thread.
 * Allocation: at a change only.
 */
final class ControlGuard implements KillGuard
{
    private static final long NOTHING_SEEN = -1;

    private final IntHashSet accounts = new IntHashSet();
    private final boolean[] strategies = new boolean[Definitions.MAX_SOURCE_ID + 1];
    private final ControlFile file;
    private final UnsafeBuffer buffer;
    private final Definitions definitions;
    private boolean isAllStopped = true;
    private long seen = NOTHING_SEEN;

    ControlGuard(final ControlFile file, final UnsafeBuffer buffer, final Definitions definitions)
    {
        this.file = file;
        this.buffer = buffer;
        this.definitions = definitions;
    }

    @Override
    public boolean maySend(final int strategy, final int account)
    {
        look();
        return !isAllStopped && strategy >= 0 && strategy < strategies.length && !strategies[strategy] &&
            !accounts.contains(account);
    }

    @Override
    public void beat(final long timeNs)
    {
        look();
        if (!file.isClosed())
        {
            buffer.putLongOrdered(ControlFile.SEEN_AT, seen);
            buffer.putLongOrdered(ControlFile.BEAT_AT, timeNs);
        }
    }

    private void look()
    {
        if (file.isClosed())
        {
            isAllStopped = true;
            return;
        }
        final long number = ControlLines.number(buffer);
        if (number != seen)
        {
            // Until all is read.
            isAllStopped = true;
            take(ControlLines.scopes(buffer));
            seen = number;
        }
    }

    private void take(final List<Scope> scopes)
    {
        accounts.clear();
        Arrays.fill(strategies, false);
        boolean isAll = false;
        for (final Scope scope : scopes)
        {
            if (scope.isKilled())
            {
                isAll |= scope.whom().scope() == Control.ALL;
                stop(scope.whom());
            }
        }
        isAllStopped = isAll;
    }

    private void stop(final KillScope whom)
    {
        if (whom.scope() == Control.ACCOUNT)
        {
            accounts.add(whom.account());
        }
        else if (whom.scope() == Control.STRATEGY)
        {
            for (int id = 0; id < strategies.length; id++)
            {
                // What is not defined here may be the one.
                strategies[id] |= id >= definitions.sourceCount() || whom.isStrategy(definitions.source(id));
            }
        }
    }
}
