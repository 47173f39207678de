package io.ringtape.cli.faults;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A row as a value.
 */
record Row(String id, String what, long fullRounds, String note, Round body) implements FaultRow
{
    Row(final String id, final String what, final long fullRounds, final Round body)
    {
        this(id, what, fullRounds, "", body);
    }

    @Override
    public void round(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        body.run(seed, scratch);
    }

    /** What a round does. */
    @FunctionalInterface
    interface Round
    {
        void run(long seed, Path scratch) throws IOException, InterruptedException;
    }
}
