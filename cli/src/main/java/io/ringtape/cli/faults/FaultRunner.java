package io.ringtape.cli.faults;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.platform.FreeSpace;
import io.ringtape.cli.platform.TemporaryDirectory;
import io.ringtape.cli.request.SessionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agrona.concurrent.NanoClock;

/**
 * Runs rows of the fault matrix, one after the other, below a scratch directory that is removed at the end, and notes
 * each as soon as it has ended.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: as the rows have it.
 */
public final class FaultRunner
{
    /** The most that a row takes of the device. */
    static final long SCRATCH_BYTES = 256L << 20;
    private static final long FREE_SHARE = 10;
    /** Enough to see what is wrong; a row that fails in each round would fill the screen. */
    private static final int MAX_LINES = 10;

    private final SessionContext context;
    private final LocalDate date;
    private final Function<Limits, List<FaultRow>> matrix;

    /**
     * A runner of all rows.
     *
     * @param context that it runs in; asked to stop, it ends behind the round at hand.
     * @param date    for the report.
     */
    public FaultRunner(final SessionContext context, final LocalDate date)
    {
        this(context, date, FaultRows::all);
    }

    FaultRunner(
        final SessionContext context, final LocalDate date, final Function<Limits, List<FaultRow>> matrix)
    {
        this.context = context;
        this.date = date;
        this.matrix = matrix;
    }

    /**
     * Runs the rows that are asked for.
     *
     * @param request which rows, and how often.
     * @return what became of them.
     * @throws CommandException if there is no such row, or too little space.
     */
    public FaultReport run(final FaultRequest request)
    {
        final List<FaultRow> rows = chosen(request);
        final List<FaultReport.Result> results = new ArrayList<>();
        final List<FaultReport.Failure> failures = new ArrayList<>();
        final FaultTable table = new FaultTable(rows, request);
        try (TemporaryDirectory scratch = TemporaryDirectory.create(request.directory(), "ringtape-faults-"))
        {
            requireSpace(scratch.path());
            context.note().accept(table.header());
            for (final FaultRow row : rows)
            {
                if (!context.stop().isRequested())
                {
                    final int before = failures.size();
                    final FaultReport.Result result =
                        run(row, request, scratch.path().resolve(row.id()), failures);
                    results.add(result);
                    context.progress().finish();
                    table.lines(result, failures.subList(before, failures.size())).forEach(context.note());
                }
            }
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
        return new FaultReport(
            results, failures, Runtime.version().toString(), date, context.stop().isRequested());
    }

    private List<FaultRow> chosen(final FaultRequest request)
    {
        final List<FaultRow> all = matrix.apply(new Limits(context.clock(), request.strict()));
        final List<String> ids = all.stream().map(FaultRow::id).toList();
        for (final String wanted : request.rows())
        {
            if (!ids.contains(wanted))
            {
                throw new CommandException(ExitCode.USAGE, "--rows knows no such row: row=" + wanted + " rows=" +
                    String.join(",", ids));
            }
        }
        return all.stream().filter((row) -> request.rows().isEmpty() || request.rows().contains(row.id()))
            .collect(Collectors.toList());
    }

    private FaultReport.Result run(
        final FaultRow row, final FaultRequest request, final Path scratch, final List<FaultReport.Failure> failures)
    {
        final NanoClock clock = context.clock();
        final long rounds = request.roundsOf(row);
        final long startNs = clock.nanoTime();
        long failed = 0;
        long round = 0;
        context.progress().start(row.id(), rounds);
        while (round < rounds && !context.stop().isRequested())
        {
            final long seed = request.seed() + round;
            final String wrong = attempt(row, seed, scratch);
            // A signal goes to the children too: what they did not do then is no failure.
            if (!wrong.isEmpty() && !context.stop().isRequested())
            {
                failed++;
                if (failed <= MAX_LINES)
                {
                    failures.add(new FaultReport.Failure(row.id(), round, seed, wrong));
                }
            }
            round++;
            context.progress().update(round, round);
        }
        remove(scratch);
        return new FaultReport.Result(
            row.id(), row.what(), round, failed, request.seed(), clock.nanoTime() - startNs, row.note());
    }

    private String attempt(final FaultRow row, final long seed, final Path scratch)
    {
        try
        {
            Files.createDirectories(scratch);
            row.round(seed, scratch);
            return "";
        }
        catch (final InterruptedException e)
        {
            Thread.currentThread().interrupt();
            context.stop().request();
            return "interrupted";
        }
        catch (final FaultFailure e)
        {
            return oneLine(String.valueOf(e.getMessage()));
        }
        catch (final IOException | RuntimeException | Error e)
        {
            // Whatever a fault brings up that is no verdict of the row is a failure too, and the next round is run.
            return oneLine("unexpected " + e);
        }
    }

    private static String oneLine(final String message)
    {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }

    private static void requireSpace(final Path scratch) throws IOException
    {
        final long freeBytes = FreeSpace.bytes(scratch);
        if (freeBytes / FREE_SHARE < SCRATCH_BYTES)
        {
            throw new CommandException(ExitCode.IO_ERROR, "not enough space, a tenth of what is free must do: " +
                "directory=" + scratch.getParent() + " freeBytes=" + freeBytes + " neededBytes=" + SCRATCH_BYTES);
        }
    }

    private static void remove(final Path directory)
    {
        try
        {
            TemporaryDirectory.delete(directory);
        }
        catch (final IOException e)
        {
            throw new CommandException(
                ExitCode.IO_ERROR, "scratch directory cannot be removed: directory=" + directory, e);
        }
    }
}
