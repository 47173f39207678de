package io.ringtape.cli.backtest;

import io.ringtape.backtest.LatencyTable;
import io.ringtape.backtest.OrderLatencies;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.FileOutput;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.cli.report.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a tape's own orders took.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param latencies that were found.
 * @param table     of them.
 * @param file      that was written; empty for none.
 */
public record LatenciesReport(OrderLatencies latencies, LatencyTable table, Optional<Path> file) implements Report
{
    /**
     * Writes the table, if asked to.
     *
     * @param latencies that were found.
     * @param file      that is there afterwards; empty for none.
     * @return the report.
     * @throws CommandException if no order of the tape was accepted, so that there is no table.
     */
    public static LatenciesReport write(final OrderLatencies latencies, final Optional<Path> file)
    {
        final LatencyTable table = latencies.roundTrips().orElseThrow(() -> new CommandException(ExitCode.BAD_INPUT,
            "no own order was accepted: accepted=0 unanswered=" + latencies.unanswered()));
        file.ifPresent((path) ->
        {
            try (FileOutput out = FileOutput.open(path))
            {
                final byte[] bytes = (String.join("\n", table.lines()) + "\n").getBytes(StandardCharsets.UTF_8);
                out.write(bytes, 0, bytes.length);
                out.complete();
            }
        });
        return new LatenciesReport(latencies, table, file);
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.number("accepted", latencies.accepted()).number("unanswered", latencies.unanswered())
            .startObject("roundTripsNs");
        for (final String line : table.lines())
        {
            final int space = line.indexOf(' ');
            json.number("p" + line.substring(0, space), Long.parseLong(line.substring(space + 1)));
        }
        json.endObject();
        file.ifPresent((path) -> json.text("file", path.toString()));
    }

    @Override
    public void writeText(final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final String line : table.lines())
        {
            final int space = line.indexOf(' ');
            rows.add(List.of(line.substring(0, space), Formats.count(Long.parseLong(line.substring(space + 1)))));
        }
        text.line(Formats.count(latencies.accepted(), "order") + " accepted, " +
            Formats.count(latencies.unanswered()) + " not answered");
        text.table(List.of("percent", "round trip ns"), rows);
        file.ifPresent((path) -> text.pair("file", path.toString()));
        text.end();
    }

    @Override
    public String warning()
    {
        return table.at(LatencyTable.WHOLE) == 0 ? "all round trips are 0 ns: the gateways of record answer at the " +
            "time of the market, so this tape does not say how long a venue takes" : "";
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }
}
