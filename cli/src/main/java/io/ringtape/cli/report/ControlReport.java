package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.order.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who is stopped by the kill switch of a tape.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param scopes      that were ever stopped, in the order of their changes.
 * @param takenNumber of the last change that a writer took.
 */
public record ControlReport(List<Scope> scopes, long takenNumber) implements Report
{
    /**
     * Makes the list its own.
     */
    public ControlReport
    {
        scopes = List.copyOf(scopes);
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.flag("killed", scopes.stream().anyMatch(Scope::isKilled)).number("lastChange", lastChange())
            .number("takenChange", takenNumber).startArray("scopes");
        for (final Scope scope : scopes)
        {
            json.startObject().text("scope", text(scope.scope(), scope.id())).flag("killed", scope.isKilled())
                .number("change", scope.number()).time("time", scope.timeNs()).endObject();
        }
        json.endArray();
    }

    @Override
    public void writeText(final TextOutput text)
    {
        final String stopped = scopes.stream().filter(Scope::isKilled)
            .map((scope) -> text(scope.scope(), scope.id())).collect(Collectors.joining(", "));
        text.line(stopped.isEmpty() ? "Nobody is stopped" : "New orders are stopped: " + stopped);
        final List<List<String>> rows = new ArrayList<>();
        for (final Scope scope : scopes)
        {
            rows.add(List.of(text(scope.scope(), scope.id()), scope.isKilled() ? "killed" : "armed",
                Formats.count(scope.number()), Formats.time(scope.timeNs())));
        }
        if (!rows.isEmpty())
        {
            text.table(List.of("scope", "state", "change", "time"), rows);
        }
        text.pair("taken", takenNumber == lastChange() ? "a writer has taken the last change" :
            "no writer has taken change " + Formats.count(lastChange()) + " yet; the next one will").end();
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }

    /**
     * A scope in words.
     *
     * @param scope a constant of {@link Control}.
     * @param id    account or strategy.
     * @return for example {@code strategy=1}.
     */
    public static String text(final int scope, final long id)
    {
        return scope == Control.ALL ? "all" : (scope == Control.ACCOUNT ? "account=" : "strategy=") + id;
    }

    private long lastChange()
    {
        return scopes.isEmpty() ? 0 : scopes.get(scopes.size() - 1).number();
    }
}
