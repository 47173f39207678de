package io.ringtape.event;

import java.util.Objects;

/**
 * What a source id means: a line of a venue's feed, a strategy and its account, or a session with a venue.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param sourceId  dense from 0 in order of definition, 0 to 255.
 * @param kind      feed, strategy or gateway.
 * @param name      the venue of a feed or gateway, or the name of a strategy; not empty.
 * @param publisher the venue's publisher id of a feed, or the account of a strategy; of a gateway whose orders are
 *                  those of an earlier run, the account that they count for; 0 where there is none.
 * @param channel   the venue's channel; 0 where there is none.
 * @param line      which of the redundant copies of the channel, from 0.
 */
public record SourceDefinition(int sourceId, Kind kind, String name, int publisher, int channel, int line)
{
    /**
     * What makes the events of a source.
     */
    public enum Kind
    {
        /** A line of a venue's feed. */
        FEED(1),
        /** A strategy of this process. */
        STRATEGY(2),
        /** A session with a venue, which answers own orders. */
        GATEWAY(3);

        private final int code;

        Kind(final int code)
        {
            this.code = code;
        }

        /**
         * The stable code on tape.
         *
         * @return 1 to 3.
         */
        public int code()
        {
            return code;
        }

        /**
         * The kind of a code.
         *
         * @param code as on tape.
         * @return the kind.
         * @throws IllegalArgumentException if the code is unknown.
         */
        public static Kind ofCode(final int code)
        {
            return switch (code)
            {
                case 1 -> FEED;
                case 2 -> STRATEGY;
                case 3 -> GATEWAY;
                default -> throw new IllegalArgumentException("unknown source kind: code=" + code);
            };
        }
    }

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if a field is out of its range; the message names it.
     */
    public SourceDefinition
    {
        Objects.requireNonNull(kind, "kind");
        if (name.isEmpty())
        {
            throw new IllegalArgumentException("name must not be empty: sourceId=" + sourceId);
        }
        if (sourceId < 0 || sourceId > Definitions.MAX_SOURCE_ID)
        {
            throw new IllegalArgumentException(
                "sourceId must be 0 to " + Definitions.MAX_SOURCE_ID + ": sourceId=" + sourceId);
        }
    }
}
