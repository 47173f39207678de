package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * One change at a time of a part of the mapped {@link ControlFile}, over processes, and on the device when it is done.
 * <p>
 * Thread safety: any thread; a second one of the process is refused while the first is at it.
 */
final class ControlLock
{
    private final FileIdentity identity;
    private final Path file;
    private final FileChannel channel;
    private final MappedByteBuffer mapped;
    private final long at;
    private final long bytes;
    private final String name;
    private final String beingChanged;

    private ControlLock(
        final FileIdentity identity, final FileChannel channel, final MappedByteBuffer mapped, final long at,
        final long bytes, final String name, final String beingChanged)
    {
        this.identity = identity;
        this.file = identity.file();
        this.channel = channel;
        this.mapped = mapped;
        this.at = at;
        this.bytes = bytes;
        this.name = name;
        this.beingChanged = beingChanged;
    }

    /** The lock of who is stopped. */
    static ControlLock ofScopes(
        final FileIdentity file, final FileChannel channel, final MappedByteBuffer mapped)
    {
        return new ControlLock(file, channel, mapped, 0, ControlFormat.BYTES, "kill switch", "kill switch is");
    }

    /** The lock of limits, a place of its own behind the file: a kill never waits for who hands limits over. */
    static ControlLock ofLimits(
        final FileIdentity file, final FileChannel channel, final MappedByteBuffer mapped)
    {
        return new ControlLock(file, channel, mapped, 1L << 20, 1, "limits", "limits are");
    }

    /**
     * Makes a change, and waits for other processes that are at one.
     *
     * @param change to make.
     * @return what it returned.
     * @throws TapeException if the file cannot be locked or forced, another thread of the process has it, or it is the
     *     tape's no more.
     */
    <T> T change(final Supplier<T> change)
    {
        // A thread that was interrupted may still stop everybody: its channel would be closed under it.
        final boolean isInterrupted = Thread.interrupted();
        try (FileLock lock = channel.lock(at, bytes, false))
        {
            requireThere();
            final T changed = change.get();
            mapped.force();
            lock.release();
            return changed;
        }
        catch (final OverlappingFileLockException e)
        {
            throw new TapeException(Kind.IN_USE, beingChanged + " being changed: file=" + file, e);
        }
        catch (final UncheckedIOException e)
        {
            throw new TapeException(Kind.IO, name + " cannot be forced: file=" + file, e);
        }
        catch (final IOException e)
        {
            throw new TapeException(Kind.IO, name + " cannot be locked: file=" + file, e);
        }
        finally
        {
            restore(isInterrupted);
        }
    }

    /**
     * Makes a change where nobody else is at one at this moment.
     *
     * @param change to make.
     * @return false if somebody is, or the file cannot be locked.
     */
    boolean tryChange(final Runnable change)
    {
        final boolean isInterrupted = Thread.interrupted();
        try (FileLock lock = channel.tryLock(at, bytes, false))
        {
            if (lock == null)
            {
                return false;
            }
            change.run();
            mapped.force();
            return true;
        }
        catch (final OverlappingFileLockException | IOException | UncheckedIOException e)
        {
            return false;
        }
        finally
        {
            restore(isInterrupted);
        }
    }

    private void requireThere()
    {
        if (!identity.isThere())
        {
            throw takenBack(file);
        }
    }

    static TapeException takenBack(final Path file)
    {
        return new TapeException(Kind.MISSING, "tape was taken back, with its kill switch: file=" + file);
    }

    private static void restore(final boolean isInterrupted)
    {
        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
    }
}
