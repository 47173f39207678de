package io.ringtape.cli.session;

import io.ringtape.cli.report.Unjournaled;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeOutageListener;
import io.ringtape.journal.TapeWriter;

/**
 * Keeps why the tape was away first, for the report.
 */
final class Outages implements TapeOutageListener
{
    private volatile String cause = "";

    @Override
    public void onOutage(final long firstSequence, final TapeException failure)
    {
        if (cause.isEmpty())
        {
            cause = String.valueOf(failure.getMessage());
        }
    }

    @Override
    public void onRecovery(final long runId, final long firstSequence)
    {
        // The report names what is missing.
    }

    Unjournaled of(final TapeWriter tape)
    {
        return new Unjournaled(tape.missingRanges(), cause);
    }
}
