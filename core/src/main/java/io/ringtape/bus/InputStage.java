package io.ringtape.bus;

/**
 * The fixed order in which the writer polls its inputs; within a stage the order of declaration counts.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum InputStage
{
    /** Kill, re-arm, limits, attachment: ahead of everything. */
    CONTROL,
    /** What gateways, handlers and other threads hand over: the usual stage of an inbox. */
    INBOUND,
    /** Feed lines: the usual stage of an input. */
    FEED
}
