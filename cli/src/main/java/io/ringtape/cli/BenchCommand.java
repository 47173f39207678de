package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Unmatched;

/**
 * The benchmarks have a jar of their own, which the launcher starts; here they only have their line in the help.
 */
@CommandLine.Command(name = "bench",
    description = "Measure ringtape beside its peers and the bare machine, round by round.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape bench --quick --out results",
        "",
        "The launcher of a checkout runs it from a jar of its own; ./ringtape bench --help lists its options."})
final class BenchCommand extends Command
{
    @Unmatched
    private final List<String> others = new ArrayList<>();

    /** Made by {@link Main}. */
    BenchCommand()
    {
    }

    @Override
    ExitCode run()
    {
        throw new CommandException(ExitCode.USAGE,
            "bench is not in this jar, run it from a checkout: ./ringtape bench" + options());
    }

    private String options()
    {
        return others.isEmpty() ? "" : " " + String.join(" ", others);
    }
}
