package io.ringtape.cli.soak;

import io.ringtape.cli.request.SessionContext;
import java.time.LocalDate;

/**
 * Runs a soak: makes room for the tape, runs the bus, and holds what each handler got against what was published.
 * <p>
 * Thread safety: none; one thread, which is the writer's.
 * Allocation: as the run has it.
 */
public final class SoakRunner
{
    private final SessionContext context;
    private final LocalDate date;

    /**
     * A runner.
     *
     * @param context that it runs in; asked to stop, it closes the bus and judges what there was up to then.
     * @param date    for the report.
     */
    public SoakRunner(final SessionContext context, final LocalDate date)
    {
        this.context = context;
        this.date = date;
    }

    /**
     * Runs it.
     *
     * @param request how long, and which seed.
     * @return what came of it.
     * @throws io.ringtape.cli.error.CommandException if the tape has no room or its directory is there already.
     */
    public SoakReport run(final SoakRequest request)
    {
        try (SoakDirectory directory = SoakDirectory.open(request))
        {
            return new SoakSession(request, context, directory)
                .run(new SoakReport.Setting(Runtime.version().toString(), date));
        }
    }
}
