package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.DemoReport;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.request.DemoRequest;
import io.ringtape.cli.request.RecordRequest;
import io.ringtape.cli.request.ReplayRequest;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.request.Sessions;

/**
 * Refuses every session; stands where the sessions are plugged in until they are there.
 */
final class NoSessions implements Sessions
{
    NoSessions()
    {
    }

    @Override
    public RecordReport record(final RecordRequest request, final SessionContext context)
    {
        throw refused();
    }

    @Override
    public ReplayReport replay(final ReplayRequest request, final SessionContext context)
    {
        throw refused();
    }

    @Override
    public DemoReport demo(final DemoRequest request, final SessionContext context)
    {
        throw refused();
    }

    private static CommandException refused()
    {
        return new CommandException(ExitCode.INTERNAL, "this build has no sessions");
    }
}
