package io.ringtape.cli.settings;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.risk.LimitSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether limits fit the instruments that they are for. A recording that runs takes no others; at its start nobody
 * knows yet which instruments will come, so what did not come is told at its end.
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
public final class LimitsCheck
{
    private static final int MOST_SYMBOLS = 5;

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
                "limits name an instrument that the recording has not: " + from + " instrument=" + unknown.first());
        }
        final TreeSet<String> missing = new TreeSet<>(symbols);
        missing.removeAll(limits.instruments().keySet());
        if (limits.otherInstruments().isEmpty() && !missing.isEmpty())
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
        return left.isEmpty() ? "" : option + " names instruments that did not come: count=" + left.size() +
            " instruments=" + String.join(",", left.stream().limit(MOST_SYMBOLS).toList()) +
            (left.size() > MOST_SYMBOLS ? ",…" : "");
    }
}
