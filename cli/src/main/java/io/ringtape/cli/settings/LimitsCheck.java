package io.ringtape.cli.settings;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.event.Definitions;
import io.ringtape.risk.LimitSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether limits fit the instruments that they are for. A recording that runs takes no others; at its start nobody
 * knows yet which instruments will come, so what did not come, or came and has no limits, is told at its end.
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
public final class LimitsCheck
{
    private LimitsCheck()
    {
    }

    /**
     * Refuses limits that a recording cannot take.
     *
     * @param limits  to be put in force.
     * @param inForce version of the limits in force; 0 for defaults.
     * @param symbols of the instruments that the recording has met.
     * @param from    names where the limits are from in messages.
     * @throws CommandException if their version is not above the one in force, they name an instrument that was not
     *     met, or one that was met has none.
     */
    public static void require(
        final LimitSet limits, final long inForce, final Set<String> symbols, final String from)
    {
        if (limits.version() <= inForce)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "version must be above the one in force: " + from +
                " version=" + limits.version() + " inForce=" + inForce);
        }
        final TreeSet<String> unknown = new TreeSet<>(limits.instruments().keySet());
        unknown.removeAll(symbols);
        if (!unknown.isEmpty())
        {
            throw new CommandException(ExitCode.BAD_INPUT,
                "limits name an instrument that the recording has not met yet: " + from + " instrument=" +
                unknown.first());
        }
        final SortedSet<String> missing = missing(limits, symbols);
        if (!missing.isEmpty())
        {
            throw new CommandException(ExitCode.BAD_INPUT,
                "instrument has no limits: " + from + " instrument=" + missing.first());
        }
    }

    /**
     * What to tell of instruments that a file names and that did not come.
     *
     * @param option of the file.
     * @param named  by it.
     * @param came   symbols of all instruments that did.
     * @return one line; empty if all came.
     */
    public static String unmet(final String option, final Set<String> named, final Set<String> came)
    {
        final TreeSet<String> left = new TreeSet<>(named);
        left.removeAll(came);
        return Formats.instruments(option + " names instruments that did not come", left);
    }

    /**
     * What to tell of those that a session has and the limits leave out, so that all their orders are rejected.
     *
     * @param limits  from the start.
     * @param came    symbols of all instruments that did.
     * @param account of the strategy.
     * @return one line; empty if none is left out.
     */
    public static String left(final LimitSet limits, final Set<String> came, final int account)
    {
        final String instruments = Formats.instruments(
            "--limits leaves out instruments, whose orders are all rejected", missing(limits, came));
        return limits.of(account).isPresent() ? instruments :
            Formats.joined(instruments,
                "--limits leaves out the strategy's account, whose orders are all rejected: account=" + account);
    }

    /**
     * The instruments that have come.
     *
     * @param definitions of a run.
     * @return their symbols.
     */
    public static SortedSet<String> symbols(final Definitions definitions)
    {
        final SortedSet<String> symbols = new TreeSet<>();
        for (int id = 0; id < definitions.instrumentCount(); id++)
        {
            symbols.add(definitions.instrument(id).symbol());
        }
        return symbols;
    }

    private static SortedSet<String> missing(final LimitSet limits, final Set<String> came)
    {
        final TreeSet<String> missing = new TreeSet<>(limits.otherInstruments().isEmpty() ? came : Set.of());
        missing.removeAll(limits.instruments().keySet());
        return missing;
    }
}
