package io.ringtape.cli.session;

import io.ringtape.gateway.KillGuard;
import io.ringtape.journal.ControlFile;
import io.ringtape.order.Control;
import java.util.List;

/**
 * The gateway's own look at the kill switch: one mapped word, and who is stopped when that has changed. Hot path.
 * <p>
 * Thread safety: none; the gateway's thread.
 * Allocation: at a change only.
 */
final class ControlGuard implements KillGuard
{
    private final ControlFile file;
    private List<ControlFile.Scope> scopes = List.of();

    ControlGuard(final ControlFile file)
    {
        this.file = file;
    }

    @Override
    public boolean maySend(final int strategy, final int account)
    {
        if (file.hasChanged())
        {
            file.take();
            scopes = file.scopes();
        }
        for (int i = 0; i < scopes.size(); i++)
        {
            final ControlFile.Scope scope = scopes.get(i);
            if (scope.isKilled() && (scope.scope() == Control.ALL ||
                scope.id() == (scope.scope() == Control.ACCOUNT ? account : strategy)))
            {
                return false;
            }
        }
        return true;
    }

    @Override
    public void beat(final long timeNs)
    {
        // The file has no place for it.
    }
}
