package io.ringtape.cli.request;

import io.ringtape.event.Definitions;
import io.ringtape.event.SourceDefinition;
import java.util.Optional;

/**
 * Which venue answers the orders of a recording, and when they may leave. The tape names the venue, so that a replay
 * builds the same gate by itself.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param venue      that answers.
 * @param writeAhead what an order waits for.
 */
public record GatewaySetup(Venue venue, WriteAhead writeAhead)
{
    /** Orders end on tape. */
    public static final GatewaySetup NONE = new GatewaySetup(Venue.NONE, WriteAhead.OFF);

    /** Who answers. */
    public enum Venue
    {
        /** Nobody. */
        NONE("none"),
        /** A gateway that accepts every order and fills none. */
        LOOPBACK("loopback"),
        /** The simulated venue of backtests: paper trading. */
        SIMULATED("simulated");

        private final String text;

        Venue(final String text)
        {
            this.text = text;
        }

        /**
         * The name, as options have it and as its source has on tape.
         *
         * @return for example {@code loopback}.
         */
        public String text()
        {
            return text;
        }
    }

    /** What an order must have passed before it leaves. */
    public enum WriteAhead
    {
        /** Nothing: it may be out and not on tape when the process dies. */
        OFF("off"),
        /** It survives the process. */
        JOURNALED("journaled"),
        /** It survives the machine. */
        DURABLE("durable");

        private final String text;

        WriteAhead(final String text)
        {
            this.text = text;
        }

        /**
         * The name, as options have it.
         *
         * @return for example {@code journaled}.
         */
        public String text()
        {
            return text;
        }
    }

    /**
     * Whether there is a gateway.
     *
     * @return false if orders end on tape.
     */
    public boolean isPresent()
    {
        return venue != Venue.NONE;
    }

    /**
     * Finds the source of the gateway of a run. That of events which an earlier run's gateway left is none: it answers
     * nothing in this run.
     *
     * @param definitions of the run.
     * @return empty if it had none.
     */
    public static Optional<SourceDefinition> source(final Definitions definitions)
    {
        for (int id = 0; id < definitions.sourceCount(); id++)
        {
            final SourceDefinition source = definitions.source(id);
            if (source.kind() == SourceDefinition.Kind.GATEWAY && (source.name().equals(Venue.LOOPBACK.text) ||
                source.name().equals(Venue.SIMULATED.text)))
            {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    /**
     * Adds the source of the gateway to a run that is about to be recorded.
     *
     * @param definitions of the run.
     */
    public void define(final Definitions definitions)
    {
        if (isPresent())
        {
            definitions.add(new SourceDefinition(
                definitions.sourceCount(), SourceDefinition.Kind.GATEWAY, venue.text, 0, 0, 0));
        }
    }
}
