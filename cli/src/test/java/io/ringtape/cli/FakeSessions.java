package io.ringtape.cli;

import io.ringtape.cli.report.DemoReport;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.report.ReplayReport.Comparison;
import io.ringtape.cli.report.Reports;
import io.ringtape.cli.report.Unjournaled;
import io.ringtape.cli.report.VerifyReport;
import io.ringtape.cli.request.DemoRequest;
import io.ringtape.cli.request.RecordRequest;
import io.ringtape.cli.request.ReplayRequest;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.request.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what it is asked for, and answers with an example or a failure. */
final class FakeSessions implements Sessions
{
    private static final Path TAPE = Path.of("t");

    private final List<String> requests = new ArrayList<>();
    private @Nullable Throwable failure;

    void fail(final Throwable newFailure)
    {
        failure = newFailure;
    }

    List<String> requests()
    {
        return requests;
    }

    @Override
    public RecordReport record(final RecordRequest request, final SessionContext context)
    {
        accept(request.toString());
        context.note().accept("a note");
        return new RecordReport(TAPE, Reports.RUN, 0, context.stop().isRequested(), "", "", Unjournaled.NOTHING);
    }

    @Override
    public ReplayReport replay(final ReplayRequest request, final SessionContext context)
    {
        accept(request.toString());
        return new ReplayReport(TAPE, Reports.RUN, Comparison.WITH_HASHES, List.of(), Optional.empty(), "");
    }

    @Override
    public DemoReport demo(final DemoRequest request, final SessionContext context)
    {
        accept(request.toString());
        return new DemoReport(new RecordReport(TAPE, Reports.RUN, 0, false, "", "", Unjournaled.NOTHING),
            new ReplayReport(TAPE, Reports.RUN, Comparison.WITH_HASHES, List.of(), Optional.empty(), ""),
            new VerifyReport(TAPE, VerifyReport.Status.OK, 1, 0, 0, ""), true);
    }

    private void accept(final String request)
    {
        requests.add(request);
        if (failure != null)
        {
            throwUnchecked(failure);
        }
    }

    private static void throwUnchecked(final Throwable failure)
    {
        if (failure instanceof RuntimeException e)
        {
            throw e;
        }
        throw (Error)failure;
    }
}
