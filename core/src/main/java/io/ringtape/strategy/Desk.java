package io.ringtape.strategy;

/** What the {@link ExampleStrategy} remembers of one instrument. */
final class Desk
{
    /** In place of an order's id. */
    static final long NO_ORDER = -1;

    final long lot;
    long orderId = NO_ORDER;
    int side;
    long price;
    long sentTimeNs;
    int eventsToRest;

    Desk(final long lot)
    {
        this.lot = lot;
    }
}
