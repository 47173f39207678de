package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One writer for a tape: a lock file that the system frees when the process dies, and the owner's name beside it.
 */
final class TapeLock implements AutoCloseable
{
    static final String NAME = "lock";

    /** Tapes that this process holds. Asked first, because opening the lock file again would lose the lock. */
    private static final Map<Path, TapeLock> HELD = new ConcurrentHashMap<>();

    private final Path directory;
    private @Nullable FileLock lock;

    private TapeLock(final Path directory)
    {
        this.directory = directory;
    }

    /**
     * Takes the lock, at once or not at all.
     *
     * @param tape   its directory.
     * @param bootId of the machine.
     * @return the lock.
     * @throws TapeException if another writer holds the tape, or the file cannot be made.
     */
    static TapeLock acquire(final Path tape, final BootId bootId)
    {
        return acquire(tape, bootId, () ->
        {
            // The directory was there before.
        });
    }

    /**
     * The same for who may have made the tape just now.
     *
     * @param tape     its directory.
     * @param bootId   of the machine.
     * @param takeBack run under the lock where the owner's name cannot be written: nobody else has come in yet.
     * @return the lock.
     * @throws TapeException if another writer holds the tape, or the file cannot be made.
     */
    static TapeLock acquire(final Path tape, final BootId bootId, final Runnable takeBack)
    {
        try
        {
            final Path directory = tape.toRealPath();
            final TapeLock taken = new TapeLock(directory);
            if (HELD.putIfAbsent(directory, taken) != null)
            {
                throw inUse(tape);
            }
            try
            {
                taken.lock(tape, bootId, takeBack);
            }
            catch (final IOException | RuntimeException e)
            {
                HELD.remove(directory, taken);
                throw e;
            }
            return taken;
        }
        catch (final IOException e)
        {
            throw new TapeException(Kind.CANNOT_CREATE,
                "cannot lock the tape: directory=" + tape + ": " + Tape.reason(e), e);
        }
    }

    /**
     * Makes the file that is locked.
     *
     * @param tape its directory.
     * @return false if it was there.
     * @throws IOException if it cannot be made.
     */
    static boolean makeFile(final Path tape) throws IOException
    {
        try
        {
            Permissions.createFile(tape.resolve(NAME));
            return true;
        }
        catch (final FileAlreadyExistsException e)
        {
            return false;
        }
    }

    /**
     * Takes the lock and lets go of it, to see that there are locks. Whoever has it meanwhile has shown that.
     *
     * @param tape its directory, with the file.
     * @throws IOException if the file cannot be locked by anybody.
     */
    static void tryOut(final Path tape) throws IOException
    {
        final Path directory = tape.toRealPath();
        final TapeLock tried = new TapeLock(directory);
        if (HELD.putIfAbsent(directory, tried) != null)
        {
            return;
        }
        try
        {
            final FileLock got = ProcessLock.tryLock(directory.resolve(NAME), StandardOpenOption.WRITE, false);
            if (got != null)
            {
                got.acquiredBy().close();
            }
        }
        catch (final OverlappingFileLockException e)
        {
            // Another class loader's.
            return;
        }
        finally
        {
            HELD.remove(directory, tried);
        }
    }

    private void lock(final Path tape, final BootId bootId, final Runnable takeBack) throws IOException
    {
        makeFile(directory);
        final FileLock got = tryLock(directory.resolve(NAME), tape);
        boolean owned = false;
        try
        {
            final TapeOwner self = TapeOwner.self(bootId);
            final Optional<TapeOwner> live = TapeOwner.find(directory, bootId);
            if (live.isPresent() && !live.get().equals(self))
            {
                // Somebody took the lock file away under its holder; the holder still writes.
                throw inUse(tape);
            }
            sign(self, takeBack);
            owned = true;
        }
        finally
        {
            if (!owned)
            {
                got.acquiredBy().close();
            }
        }
        lock = got;
    }

    private void sign(final TapeOwner self, final Runnable takeBack) throws IOException
    {
        boolean isSigned = false;
        try
        {
            self.write(directory);
            isSigned = true;
        }
        finally
        {
            if (!isSigned)
            {
                takeBack.run();
            }
        }
    }

    private static FileLock tryLock(final Path file, final Path tape) throws IOException
    {
        try
        {
            final FileLock got = ProcessLock.tryLock(file, StandardOpenOption.WRITE, false);
            if (got != null)
            {
                return got;
            }
        }
        catch (final OverlappingFileLockException e)
        {
            throw inUse(tape);
        }
        throw inUse(tape);
    }

    private static TapeException inUse(final Path tape)
    {
        final String owner = TapeOwner.read(tape)
            .map(TapeOwner::text)
            .orElse("pid=unknown");
        return new TapeException(Kind.IN_USE, "tape is in use: directory=" + tape + " " + owner);
    }

    @Override
    public void close()
    {
        final FileLock held = lock;
        if (held == null)
        {
            return;
        }
        lock = null;
        final Channel opened = held.acquiredBy();
        try (opened; held)
        {
            // A tape that was taken back may have another one in its place, with another owner.
            final long self = ProcessHandle.current().pid();
            if (TapeOwner.read(directory).filter((owner) -> owner.pid() != self).isEmpty())
            {
                Files.deleteIfExists(directory.resolve(TapeOwner.NAME));
            }
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot unlock", directory, e);
        }
        finally
        {
            HELD.remove(directory, this);
        }
    }
}
