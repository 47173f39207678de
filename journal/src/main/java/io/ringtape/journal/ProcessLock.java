package io.ringtape.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Locks a file for this process. The system frees all locks of a process on a file as soon as the process closes any
 * channel of it; so who calls sees to it that nobody of this class loader holds a lock on the file, and a channel that
 * found one of another class loader stays open, and is used again for the next attempt on the same file.
 */
final class ProcessLock
{
    private static final Map<Key, FileChannel> STRANDED = new ConcurrentHashMap<>();

    private ProcessLock()
    {
    }

    /** The file itself, and not its path, which may lead to another one later; and what it was opened for. */
    private record Key(Object file, OpenOption option)
    {
        static Key of(final Path file, final OpenOption option) throws IOException
        {
            return new Key(TapeFiles.key(file), option);
        }
    }

    /**
     * Takes a lock on all of a file, at once or not at all.
     *
     * @param file     that is there.
     * @param option   to open it with, for reading or for writing.
     * @param isShared whether others may share the lock.
     * @return the lock, which is freed by closing its channel; null if another process holds one.
     * @throws IOException                  if the file cannot be opened or locked.
     * @throws OverlappingFileLockException if another class loader of this process holds a lock.
     */
    static @Nullable FileLock tryLock(final Path file, final OpenOption option, final boolean isShared)
        throws IOException
    {
        final Key key = Key.of(file, option);
        final FileChannel left = STRANDED.remove(key);
        final FileChannel channel = left == null ? TapeFiles.open(file, option) : left;
        boolean mustClose = true;
        try
        {
            final FileLock got = channel.tryLock(0, Long.MAX_VALUE, isShared);
            mustClose = got == null;
            return got;
        }
        catch (final OverlappingFileLockException e)
        {
            mustClose = false;
            STRANDED.put(key, channel);
            throw e;
        }
        finally
        {
            if (mustClose)
            {
                channel.close();
            }
        }
    }
}
