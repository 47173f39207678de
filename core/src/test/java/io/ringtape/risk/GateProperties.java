package io.ringtape.risk;

/** How many random orders the gate is asked: {@code -Dringtape.gate.orders=10000000} for a long run. */
final class GateProperties
{
    private static final long ORDERS = 100_000;

    private GateProperties()
    {
    }

    static long orders()
    {
        return Long.getLong("ringtape.gate.orders", ORDERS);
    }
}
