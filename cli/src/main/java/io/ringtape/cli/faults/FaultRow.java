package io.ringtape.cli.faults;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A row of the fault matrix.
 */
interface FaultRow
{
    /** Which row, for example {@code F11}. */
    String id();

    /** What goes wrong, in a few words. */
    String what();

    /** How many rounds a full run has. */
    long fullRounds();

    /** What of the row cannot be tried here, or empty. */
    String note();

    /**
     * Does the damage once and looks at what comes of it. The same seed does the same damage; moments of processes and
     * threads are as the machine has them.
     *
     * @param seed    of the round.
     * @param scratch directory of the row, kept between its rounds.
     * @throws FaultFailure         if what must happen did not.
     * @throws IOException          if the round itself could not be done.
     * @throws InterruptedException if the round was to end.
     */
    void round(long seed, Path scratch) throws IOException, InterruptedException;
}
