package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The readers of a tape that this process has open. While there is one, the process holds a shared lock on a file of
 * the tape; who removes files takes the same lock for itself, or none. As for the writer's lock, a process opens the
 * file once: to close it again would free the lock.
 * <p>
 * Where no lock can be had, as in a directory that is read-only and has no such file, a reader goes without: nothing
 * can be removed there either.
 * <p>
 * Thread safety: any thread.
 * Allocation: on the first reader of a tape, and a hold for each.
 */
final class TapeReaders
{
    static final String NAME = "readers";

    /** By the file itself, which the lock keeps what it is: under its name that of another tape may come to stand. */
    private static final Map<FileIdentity, TapeReaders> OF_TAPES = new ConcurrentHashMap<>();

    private final Path file;
    private @Nullable FileLock lock;
    private int readers;
    private boolean isRemoving;

    /** What keeps others off until it is closed. */
    static final class Hold implements AutoCloseable
    {
        private @Nullable Runnable release;

        private Hold(final Runnable release)
        {
            this.release = release;
        }

        @Override
        public void close()
        {
            final Runnable known = release;
            if (known != null)
            {
                release = null;
                known.run();
            }
        }
    }

    private TapeReaders(final Path file)
    {
        this.file = file;
    }

    private static TapeReaders of(final Path tape) throws IOException
    {
        final Path file = tape.toRealPath().resolve(NAME);
        makeIfPossible(file);
        return OF_TAPES.computeIfAbsent(FileIdentity.of(file), (known) -> new TapeReaders(known.file()));
    }

    private static void makeIfPossible(final Path file)
    {
        try
        {
            make(file);
        }
        catch (final IOException e)
        {
            // See the class.
            return;
        }
    }

    /**
     * Makes the file, so that readers need change nothing.
     *
     * @param tape its directory.
     * @throws IOException if it cannot be made.
     */
    static void makeFile(final Path tape) throws IOException
    {
        make(tape.resolve(NAME));
    }

    private static void make(final Path file) throws IOException
    {
        if (!Files.exists(file))
        {
            try
            {
                Permissions.createFile(file);
            }
            catch (final FileAlreadyExistsException e)
            {
                // Another reader was faster; a link is refused when it is opened.
                return;
            }
        }
    }

    /**
     * Keeps the files of a tape.
     *
     * @param tape its directory.
     * @return to be closed with the reader.
     * @throws TapeException if files are being removed.
     */
    static Hold read(final Path tape)
    {
        try
        {
            final TapeReaders known = of(tape);
            known.add(tape);
            return new Hold(known::leave);
        }
        catch (final IOException e)
        {
            // There is no such directory any more: the reader is told by what it opens.
            return new Hold(TapeReaders::doNothing);
        }
    }

    private static void doNothing()
    {
        // Nothing is held.
    }

    private synchronized void add(final Path tape)
    {
        if (isRemoving)
        {
            throw removing(tape);
        }
        if (readers == 0)
        {
            share(tape);
        }
        readers++;
    }

    private void share(final Path tape)
    {
        try
        {
            if (!lock(StandardOpenOption.READ, true))
            {
                throw removing(tape);
            }
        }
        catch (final OverlappingFileLockException e)
        {
            // The lock is the process's: another class loader of it reads, or removes.
            lock = null;
        }
        catch (final IOException e)
        {
            // See the class.
            lock = null;
        }
    }

    /**
     * Keeps readers off a tape, at once or not at all.
     *
     * @param tape its directory; the caller holds the writer's lock.
     * @return to be closed when the files are removed.
     * @throws IOException   if the file cannot be locked.
     * @throws TapeException if the tape is being read.
     */
    static Hold keepOff(final Path tape) throws IOException
    {
        final TapeReaders known = of(tape);
        known.exclude(tape);
        return new Hold(known::admit);
    }

    private synchronized void exclude(final Path tape) throws IOException
    {
        if (isRemoving || readers > 0)
        {
            throw reading(tape);
        }
        make(file);
        try
        {
            if (!lock(StandardOpenOption.WRITE, false))
            {
                throw reading(tape);
            }
        }
        catch (final OverlappingFileLockException e)
        {
            throw reading(tape);
        }
        isRemoving = true;
    }

    private boolean lock(final OpenOption option, final boolean isShared) throws IOException
    {
        lock = ProcessLock.tryLock(file, option, isShared);
        return lock != null;
    }

    private synchronized void leave()
    {
        readers--;
        if (readers == 0)
        {
            unlock();
        }
    }

    private synchronized void admit()
    {
        isRemoving = false;
        unlock();
    }

    private void unlock()
    {
        final FileLock held = lock;
        lock = null;
        if (held != null)
        {
            try
            {
                // Frees the lock.
                held.acquiredBy().close();
            }
            catch (final IOException e)
            {
                throw Tape.failed("cannot unlock", file, e);
            }
        }
    }

    private static TapeException reading(final Path tape)
    {
        return new TapeException(Kind.IN_USE, "tape is being read: directory=" + tape);
    }

    private static TapeException removing(final Path tape)
    {
        return new TapeException(Kind.IN_USE, "files of the tape are being removed: directory=" + tape);
    }
}
