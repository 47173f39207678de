package io.ringtape.bus;

/** All orders of a number of moves, by their numbers from 0. */
final class MoveOrders
{
    private final String moves;
    private final int length;

    /** Makes a move. */
    interface Mover
    {
        void move(char move);
    }

    MoveOrders(final String moves, final int length)
    {
        this.moves = moves;
        this.length = length;
    }

    long count()
    {
        return Math.round(Math.pow(moves.length(), length));
    }

    void play(final long order, final Mover mover)
    {
        long rest = order;
        for (int i = 0; i < length; i++)
        {
            mover.move(moves.charAt((int)(rest % moves.length())));
            rest /= moves.length();
        }
    }
}
