package io.ringtape.bench.report;

import io.ringtape.bench.rig.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What of a stored result is compared: the ratios, and where they were measured.
 * <p>
 * Thread safety: immutable.
 * Allocation: not for hot paths.
 *
 * @param file       that it was read from.
 * @param date       of the run.
 * @param incomplete how much of the run it has; empty if all.
 * @param machine    that it ran on.
 * @param plan       rounds, forks, times and band, as they were planned; empty where an older result does not say.
 * @param ratios     one of each row and peer.
 */
public record StoredResult(
    Path file, String date, Optional<String> incomplete, Machine machine, Optional<String> plan, List<Ratio> ratios)
{
    /**
     * Reads what {@link Report#json()} wrote.
     *
     * @param file of the object.
     * @return its ratios.
     * @throws io.ringtape.cli.error.CommandException if the file is not there or holds something else.
     */
    public static StoredResult read(final Path file)
    {
        final JsonTree tree = JsonTree.read(file);
        final List<Ratio> ratios = new ArrayList<>();
        for (final JsonTree row : tree.at("rows").elements())
        {
            ratios.add(new Ratio(row.at("id").text(), row.at("peer").text(), row.at("goalRelation").text(),
                row.at("goal").number(), row.at("ratio").number(), row.at("low").number(), row.at("high").number()));
        }
        return new StoredResult(file, tree.at("date").text(), tree.find("incomplete").map(JsonTree::text),
            machine(tree), tree.find("plan").map(StoredResult::plan), List.copyOf(ratios));
    }

    private static String plan(final JsonTree plan)
    {
        return plan.names().stream().map((name) -> name + "=" + plan.at(name).number())
            .collect(Collectors.joining(" "));
    }

    /** Whether two results are known to be made of other rounds, or to drop other ones. */
    boolean isOfOtherPlan(final StoredResult other)
    {
        return plan.isPresent() && other.plan.isPresent() && !plan.equals(other.plan);
    }

    /** The machine of a result; one from before memory and file system were told has none. */
    static Machine machine(final JsonTree tree)
    {
        final JsonTree machine = tree.at("machine");
        return new Machine(machine.at("processor").text(), (int)machine.at("processors").number(),
            machine.find("memoryBytes").map((bytes) -> (long)bytes.number()).orElse(Machine.UNKNOWN_BYTES),
            machine.at("system").text(), machine.find("fileSystem").map(JsonTree::text).orElse(Machine.UNKNOWN),
            tree.at("jdk").text(), List.of(tree.at("flags").text().split(" ")));
    }

    /**
     * Ours beside one peer.
     *
     * @param id       of the row.
     * @param peer     that ours is held against.
     * @param relation {@code >=} where more is better, else {@code <=}.
     * @param goal     NaN if there is none.
     * @param ratio    NaN if it could not be measured.
     * @param low      end of the interval.
     * @param high     end of the interval.
     */
    public record Ratio(
        String id, String peer, String relation, double goal, double ratio, double low, double high)
    {
        boolean isMeasured()
        {
            return !Double.isNaN(ratio);
        }

        boolean isMoreBetter()
        {
            return ">=".equals(relation);
        }

        String text()
        {
            return Numbers.interval(ratio, low, high);
        }
    }
}
