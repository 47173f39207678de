package io.ringtape.order;

/**
 * The fields of an {@link io.ringtape.event.EventType#CONTROL}: one line. It is an input, but for a kill that the order
 * lane decided on itself: that is flagged own, is of all, and has its cause as every own event, see
 * {@link OwnControls}.
 * <table>
 * <caption>Fields of a control event</caption>
 * <tr><th>field</th><th>holds</th></tr>
 * <tr><td>order id</td><td>the action: {@link #KILL}, {@link #ARM}, {@link #LIMITS_CHANGED}, {@link #END}</td></tr>
 * <tr><td>quantity</td><td>the scope: {@link #ALL}, {@link #ACCOUNT}, {@link #STRATEGY}</td></tr>
 * <tr><td>price</td><td>the account, or the strategy's source id; of a kill of all the code of its
 *     {@link KillReason}; else 0</td></tr>
 * <tr><td>instrument</td><td>if own and about one, that one; else 0</td></tr>
 * <tr><td>source sequence</td><td>number of the control in its run, from 1; the version where limits changed; if own
 *     its cause</td></tr>
 * </table>
 * What stops by itself stops everybody: a kill of an account or a strategy is by hand.
 * <p>
 * Thread safety: immutable constants.
 * Allocation: none.
 */
public final class Control
{
    /** No new order of the scope from here on, until it is armed again; cancels go through. */
    public static final int KILL = 1;
    /** A kill of the very same scope ends. */
    public static final int ARM = 2;
    /** The limits of the version apply from here on. */
    public static final int LIMITS_CHANGED = 3;
    /**
     * The run ends, of all: no new order from here on, and each strategy's sender cancels what is open, up to
     * {@link OwnOrders#MOST_CANCELS} orders; where more are open it takes another one of this.
     */
    public static final int END = 4;

    /** Everybody. */
    public static final int ALL = 0;
    /** The strategies of one account. */
    public static final int ACCOUNT = 1;
    /** One strategy. */
    public static final int STRATEGY = 2;

    private Control()
    {
    }
}
