package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.journal.KillScope;
import io.ringtape.journal.TapeOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Who is stopped by the kill switch of a tape, why, and who has seen it.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param reading what stands beside the tape.
 * @param nowNs   when it was read, ns since the epoch, UTC.
 * @param writer  the live process that records; empty if none does.
 * @param unknown which strategies and accounts are stopped that are none of the newest run's, as a report names them;
 *                empty if that cannot be told.
 * @param warning what a user should know of it; empty if there is nothing.
 */
public record ControlReport(
    ControlFile.Reading reading, long nowNs, Optional<TapeOwner> writer, Optional<List<String>> unknown,
    String warning) implements Report
{
    /** A gateway that looks does so much more often; one of a recording that has ended does not look any more. */
    private static final long LOOKS_NS = 2_000_000_000L;

    /**
     * Makes the list its own.
     */
    public ControlReport
    {
        unknown = unknown.map(List::copyOf);
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.flag("killed", reading.isAnybodyStopped()).flag("recording", writer.isPresent())
            .number("lastChange", lastChange()).number("takenChange", reading.takenNumber()).startArray("scopes");
        for (final Scope scope : reading.scopes())
        {
            json.startObject().text("scope", scope.whom().text()).flag("killed", scope.isKilled())
                .text("reason", scope.reason().text()).number("change", scope.number()).time("time", scope.timeNs())
                .endObject();
        }
        json.endArray();
        writeUnknown(json);
        json.startObject("gateway").flag("looks", isGatewayLooking());
        if (hasGateway())
        {
            json.time("lastLook", reading.beatNs()).seconds("ageSeconds", ageNs());
        }
        else
        {
            json.absent("lastLook").number("ageSeconds", OptionalLong.empty());
        }
        json.number("seenChange", reading.seenNumber()).endObject();
    }

    @Override
    public void writeText(final TextOutput text)
    {
        final String stopped = stopped(reading.scopes());
        text.line(stopped.isEmpty() ? "Nobody is stopped" : "New orders are stopped: " + stopped);
        final List<List<String>> rows = new ArrayList<>();
        for (final Scope scope : reading.scopes())
        {
            rows.add(List.of(scope.whom().text(), scope.isKilled() ? "killed" : "armed", scope.reason().text(),
                Formats.count(scope.number()), Formats.time(scope.timeNs())));
        }
        if (!rows.isEmpty())
        {
            text.table(List.of("scope", "state", "reason", "change", "time"), rows);
        }
        text.pair("recording", writer.map((owner) -> "runs, pid " + owner.pid()).orElse("no recording runs"));
        text.pair("taken", reading.takenNumber() == lastChange() ? "a writer has taken the last change" :
            "no writer has taken change " + Formats.count(lastChange()) + " yet; " + (writer.isPresent() ?
                "the recording will before its next venue event" : "the next one will"));
        text.pair("gateway", gateway()).end();
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }

    /**
     * Who is stopped, in words.
     *
     * @param scopes killed and armed ones.
     * @return for example {@code all, strategy=example}; empty if nobody is.
     */
    public static String stopped(final List<Scope> scopes)
    {
        return scopes.stream().filter(Scope::isKilled).map((scope) -> scope.whom().text()).distinct()
            .collect(Collectors.joining(", "));
    }

    /**
     * Which strategies and accounts are stopped that are none of a run's.
     *
     * @param scopes  killed and armed ones.
     * @param sources of the run.
     * @return for example {@code strategy=exmaple}; empty if there are none.
     */
    public static List<String> unknown(final List<Scope> scopes, final List<SourceDefinition> sources)
    {
        return scopes.stream().filter(Scope::isKilled).map(Scope::whom).filter((whom) -> whom.isUnknownTo(sources))
            .map(KillScope::text).distinct().toList();
    }

    private void writeUnknown(final JsonOutput json)
    {
        if (unknown.isEmpty())
        {
            json.absent("unknown");
            return;
        }
        json.startArray("unknown");
        unknown.get().forEach(json::element);
        json.endArray();
    }

    private String gateway()
    {
        if (!hasGateway())
        {
            return "none has looked";
        }
        final String seen = reading.seenNumber() == lastChange() ? "has seen the last change" :
            "has not seen change " + Formats.count(lastChange()) + " yet";
        return isGatewayLooking() ? "looks, and " + seen :
            "does not look: its last look was " + Formats.duration(ageNs()) + " ago; it " + seen;
    }

    private boolean hasGateway()
    {
        return reading.beatNs() != 0;
    }

    private boolean isGatewayLooking()
    {
        return hasGateway() && writer.isPresent() && ageNs() <= LOOKS_NS;
    }

    private long ageNs()
    {
        return Math.max(0, nowNs - reading.beatNs());
    }

    private long lastChange()
    {
        return reading.scopes().isEmpty() ? 0 : reading.scopes().get(reading.scopes().size() - 1).number();
    }
}
