package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code record} did.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal        directory of the tape.
 * @param run            what was recorded.
 * @param skippedRecords records of the captures that are of a type that makes no events.
 * @param stopped        whether a signal ended it before the end of its input; what came before is whole.
 * @param notice         what was found wrong with the run before and put right, empty if nothing was: a torn tail.
 * @param damage         what was damaged or missing on the tape before, as far as opening it tells; empty if nothing.
 * @param unjournaled    what the bus used while the tape was away.
 * @param orders         how far orders got; empty without a gateway.
 * @param positions      at the end; empty without a gateway.
 */
public record RecordReport(
    Path journal,
    RunSummary run,
    long skippedRecords,
    boolean stopped,
    String notice,
    String damage,
    Unjournaled unjournaled,
    Optional<OrderFlow> orders,
    Optional<PositionsTable> positions)
    implements Report
{
    /**
     * What was recorded without a gateway.
     *
     * @param journal        directory of the tape.
     * @param run            what was recorded.
     * @param skippedRecords records of the captures that are of a type that makes no events.
     * @param stopped        whether a signal ended it before the end of its input.
     * @param notice         what was found wrong with the run before and put right, empty if nothing was.
     * @param damage         what was damaged or missing on the tape before; empty if nothing.
     * @param unjournaled    what the bus used while the tape was away.
     */
    public RecordReport(
        final Path journal, final RunSummary run, final long skippedRecords, final boolean stopped,
        final String notice, final String damage, final Unjournaled unjournaled)
    {
        this(journal, run, skippedRecords, stopped, notice, damage, unjournaled, Optional.empty(),
            Optional.empty());
    }

    /**
     * The same with orders.
     *
     * @param flow  how far they got; empty without a gateway.
     * @param table what they made, of which nothing is told without a gateway.
     * @return a report.
     */
    public RecordReport with(final Optional<OrderFlow> flow, final PositionsTable table)
    {
        return new RecordReport(journal, run, skippedRecords, stopped, notice, damage, unjournaled, flow,
            flow.map((some) -> table));
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        run.writeJson(json);
        unjournaled.writeJson(json);
        orders.ifPresent((flow) -> flow.writeJson(json));
        positions.ifPresent((table) -> table.writeJson(json));
        unknownTicks().writeJson(json);
        json.number("skippedRecords", skippedRecords).flag("stopped", stopped).text("notice", notice)
            .text("damage", damage).text("journal", journal.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line(headline());
        if (!unjournaled.warning().isEmpty())
        {
            text.line(unjournaled.warning());
        }
        if (!notice.isEmpty())
        {
            text.line(notice);
        }
        if (!damage.isEmpty())
        {
            text.line(damaged());
        }
        final String unknownTicks = unknownTicks().line();
        if (!unknownTicks.isEmpty())
        {
            text.line(unknownTicks);
        }
        text.pair("journal", journal.toString());
        if (skippedRecords > 0)
        {
            text.pair("skipped", Formats.count(skippedRecords, "record") + " of other types");
        }
        orders.ifPresent((flow) -> flow.writeText(text));
        run.writeText(text, "recorded");
        positions.ifPresent((table) -> table.writeText(text));
        text.end();
    }

    /**
     * Says in one line what was recorded, and whether a signal ended it.
     *
     * @return for example {@code Recorded 9 events of 1 instrument in 2.0 ms, 4,500 events/s}.
     */
    String headline()
    {
        return (stopped ? "Stopped by a signal; recorded " : "Recorded ") + run.headline();
    }

    private UnknownTicks unknownTicks()
    {
        return UnknownTicks.of(run.books().instruments().stream()
            .filter((instrument) -> !instrument.hasTick()).map(InstrumentSummary::symbol));
    }

    private String damaged()
    {
        return "the tape was not whole before this run, see ringtape verify: " + damage;
    }

    @Override
    public ExitCode exitCode()
    {
        return unjournaled.exitCode();
    }

    @Override
    public String warning()
    {
        final String skipped = skippedRecords == 0 ? "" :
            "records of types that make no events were skipped: skippedRecords=" + skippedRecords;
        return Formats.joined(
            unjournaled.warning(), damage.isEmpty() ? "" : damaged(), run.books().counts().warning(), skipped,
            orders.map(OrderFlow::warning).orElse(""));
    }
}
