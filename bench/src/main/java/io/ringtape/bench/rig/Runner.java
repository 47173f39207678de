package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Row;

/**
 * A peer that is warm and waits for its turns.
 * <p>
 * Thread safety: one thread owns a runner.
 * Allocation: as the peer.
 */
public interface Runner extends AutoCloseable
{
    /**
     * Runs one turn.
     *
     * @return what an event cost, in the unit of the row's measure.
     */
    double turn();

    @Override
    void close();

    /** Makes runners. */
    @FunctionalInterface
    interface Factory
    {
        /**
         * Makes a peer ready.
         *
         * @param row  of the peer.
         * @param peer index in the row.
         * @return a warm runner.
         */
        Runner open(Row row, int peer);
    }
}
