package io.ringtape.cli.faults;

/**
 * What a venue answered about an order.
 *
 * @param type     of the own event.
 * @param id       of the order.
 * @param quantity filled, open, or gone.
 * @param left     open behind a fill; {@link #NOTHING} where it is none.
 */
record Answer(int type, long id, long quantity, long left)
{
    static final long NOTHING = -1;
}
