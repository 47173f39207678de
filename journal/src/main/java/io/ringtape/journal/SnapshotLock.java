package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * One maker at a time of snapshots of a tape, in whatever process. Their directory is made for it, and taken away
 * behind it where it holds no snapshot.
 */
final class SnapshotLock implements AutoCloseable
{
    /** To come into a directory that makers take away which made nothing. */
    private static final int MOST_TRIES = 10;

    private final Tape tape;
    private final TapeLock lock;

    private SnapshotLock(final Tape tape, final TapeLock lock)
    {
        this.tape = tape;
        this.lock = lock;
    }

    /**
     * Takes it, at once or not at all.
     *
     * @param tape that snapshots are to be made of.
     * @return the lock, to be closed.
     * @throws IOException   if the directory cannot be made.
     * @throws TapeException if another maker has it.
     */
    static SnapshotLock acquire(final Tape tape) throws IOException
    {
        final Path directory = SnapshotFile.directory(tape.directory());
        for (int i = 1; true; i++)
        {
            try
            {
                Permissions.createDirectory(directory);
            }
            catch (final FileAlreadyExistsException e)
            {
                // Snapshots are there, or another maker has just come; the lock tells.
                TapeFiles.requireNoLink(directory, Kind.UNREADABLE);
            }
            try
            {
                return new SnapshotLock(tape, lock(tape, directory));
            }
            catch (final TapeException e)
            {
                // Another maker may have taken the directory away, as it made nothing.
                if (e.kind() != Kind.CANNOT_CREATE || i == MOST_TRIES)
                {
                    throw e;
                }
            }
        }
    }

    private static TapeLock lock(final Tape tape, final Path directory) throws IOException
    {
        boolean isLocked = false;
        try
        {
            final TapeLock lock = TapeLock.acquire(
                directory, tape.bootId(), () -> SnapshotFile.removeUnused(tape.directory()));
            isLocked = true;
            return lock;
        }
        finally
        {
            if (!isLocked)
            {
                SnapshotFile.removeEmpty(directory);
            }
        }
    }

    @Override
    public void close()
    {
        try (lock)
        {
            SnapshotFile.removeUnused(tape.directory());
        }
    }
}
