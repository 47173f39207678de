package io.ringtape.journal;

import io.ringtape.event.SourceDefinition;
import io.ringtape.order.Control;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whom a kill stops. A strategy is named, because its source id may be another one in each run.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param scope    {@link Control#ALL}, {@link Control#ACCOUNT} or {@link Control#STRATEGY}.
 * @param account  of that scope, 0 or more; 0 for the others.
 * @param strategy name of the strategy's source, of that scope; empty for the others.
 */
public record KillScope(int scope, int account, String strategy)
{
    /** Everybody. */
    public static final KillScope ALL = new KillScope(Control.ALL, 0, "");
    /** The most bytes that the name of a strategy may have as UTF-8. */
    public static final int MAX_NAME_BYTES = 87;

    /**
     * Checks that the fields are those of the scope.
     *
     * @throws IllegalArgumentException if they are not; the message names the field.
     */
    public KillScope
    {
        if (scope < Control.ALL || scope > Control.STRATEGY)
        {
            throw new IllegalArgumentException("scope is unknown: scope=" + scope);
        }
        if (account < 0 || (account > 0 && scope != Control.ACCOUNT))
        {
            throw new IllegalArgumentException("account must be 0 or more, and 0 in another scope: scope=" + scope +
                " account=" + account);
        }
        final int bytes = strategy.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME_BYTES || (bytes > 0) != (scope == Control.STRATEGY))
        {
            throw new IllegalArgumentException("strategy must have a name of 1 to " + MAX_NAME_BYTES +
                " bytes, and none in another scope: scope=" + scope + " strategy=" + strategy);
        }
    }

    /**
     * The strategies of an account.
     *
     * @param account 0 or more.
     * @return the scope.
     */
    public static KillScope account(final int account)
    {
        return new KillScope(Control.ACCOUNT, account, "");
    }

    /**
     * One strategy.
     *
     * @param name of its source, as {@code ringtape info} prints it.
     * @return the scope.
     */
    public static KillScope strategy(final String name)
    {
        return new KillScope(Control.STRATEGY, 0, name);
    }

    /**
     * Whether this is the strategy of a source.
     *
     * @param source of a run.
     * @return false for another scope.
     */
    public boolean isStrategy(final SourceDefinition source)
    {
        return scope == Control.STRATEGY && source.kind() == SourceDefinition.Kind.STRATEGY &&
            source.name().equals(strategy);
    }

    /**
     * Whether this stops nobody of a run: it names a strategy or an account, and the run has no strategy of it.
     *
     * @param sources of the run.
     * @return false for everybody.
     */
    public boolean isUnknownTo(final List<SourceDefinition> sources)
    {
        return scope != Control.ALL && sources.stream().noneMatch((source) ->
            isStrategy(source) || (scope == Control.ACCOUNT && source.kind() == SourceDefinition.Kind.STRATEGY &&
            source.publisher() == account));
    }

    /**
     * The scope, as commands print it.
     *
     * @return for example {@code strategy=example}.
     */
    public String text()
    {
        return switch (scope)
        {
            case Control.ACCOUNT -> "account=" + account;
            case Control.STRATEGY -> "strategy=" + strategy;
            default -> "all";
        };
    }
}
