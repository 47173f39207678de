package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import io.ringtape.order.Control;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The kill switch beside a tape, for other processes: who is stopped, in a mapped file that the writer polls.
 * <pre>
 *  0 i64 magic    8 i64 number of the last change    16 i64 number of the last change that a writer took
 * 40 i64 number of the last change of limits, see {@link LimitsExchange}
 * 64 + 32 k, a scope: i32 scope, i32 1 killed or 0 armed, i64 account or strategy, i64 number of change, i64 time ns
 * </pre>
 * A kill stays until it is armed again, over runs too: a writer takes what stands there when it starts. Where there is
 * no room for another scope, a kill stops everybody; a scope that makes no sense counts as everybody killed.
 * <p>
 * Thread safety: any process may change it; the writer's thread takes changes.
 * Allocation: {@link #hasChanged()} none.
 */
public final class ControlFile implements AutoCloseable
{
    static final String NAME = "control";

    private static final long MAGIC = 0x31304C5254435452L;
    private static final int BYTES = 4096;
    private static final int NUMBER_AT = 8;
    private static final int TAKEN_AT = 16;
    private static final int LIMITS_AT = 40;
    private static final int SCOPES_AT = 64;
    private static final int SCOPE_BYTES = 32;
    private static final int STATE = 4;
    private static final int ID = 8;
    private static final int CHANGE = 16;
    private static final int TIME = 24;
    private static final int KILLED = 1;
    private static final int ARMED = 0;
    private static final int NONE = -1;
    private static final long NOTHING_TAKEN = -1;

    private final Path file;
    private final FileChannel channel;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private long taken = NOTHING_TAKEN;
    private boolean closed;

    private ControlFile(final Path file, final FileChannel channel, final MappedByteBuffer mapped)
    {
        this.file = file;
        this.channel = channel;
        this.mapped = mapped;
        buffer = new UnsafeBuffer(mapped);
    }

    /**
     * A scope, and whether it is stopped.
     *
     * @param scope    {@link Control#ALL}, {@link Control#ACCOUNT} or {@link Control#STRATEGY}.
     * @param id       account or source id of the strategy; 0 for all.
     * @param isKilled whether it is stopped.
     * @param number   of the change that made it so.
     * @param timeNs   of that change, ns since the epoch, UTC.
     */
    public record Scope(int scope, long id, boolean isKilled, long number, long timeNs)
    {
    }

    /**
     * What stands in the file.
     *
     * @param scopes      that were ever stopped, in the order of their changes.
     * @param takenNumber of the last change that a writer took; 0 if none did.
     */
    public record Reading(List<Scope> scopes, long takenNumber)
    {
        /**
         * Makes the list its own.
         */
        public Reading
        {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * Opens the file of a tape; it is made if it is not there.
     *
     * @param directory of the tape.
     * @return the file, to be closed.
     * @throws TapeException if it cannot be made or is no such file.
     */
    public static ControlFile open(final Path directory)
    {
        final Path file = directory.resolve(NAME);
        TapeFiles.requireNoLink(file, Kind.UNREADABLE);
        try
        {
            if (!Files.exists(file))
            {
                make(file);
            }
            final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try
            {
                return new ControlFile(file, channel, map(file, channel, FileChannel.MapMode.READ_WRITE));
            }
            catch (final IOException | TapeException e)
            {
                channel.close();
                throw e;
            }
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot open", file, e);
        }
    }

    /**
     * Reads who is stopped, without changing anything.
     *
     * @param directory of the tape.
     * @return all scopes that were ever stopped, in the order of their changes, and what a writer took; nobody where
     *     there is no file.
     * @throws TapeException if the file cannot be read or is no such file.
     */
    public static Reading read(final Path directory)
    {
        final Path file = directory.resolve(NAME);
        TapeFiles.requireNoLink(file, Kind.UNREADABLE);
        if (!Files.exists(file))
        {
            return new Reading(List.of(), 0);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            final MappedByteBuffer mapped = map(file, channel, FileChannel.MapMode.READ_ONLY);
            final UnsafeBuffer bytes = new UnsafeBuffer(mapped);
            final Reading reading = new Reading(scopes(bytes), bytes.getLongVolatile(TAKEN_AT));
            IoUtil.unmap(mapped);
            return reading;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", file, e);
        }
    }

    /**
     * Stops a scope, or arms it again.
     *
     * @param isKilled whether to stop it.
     * @param scope    {@link Control#ALL}, {@link Control#ACCOUNT} or {@link Control#STRATEGY}.
     * @param id       account or source id of the strategy; 0 for all.
     * @param timeNs   now, ns since the epoch, UTC.
     * @return what stands there now: everybody, where there was no room for one more scope; empty if a scope was to be
     *     armed that was never stopped.
     * @throws TapeException if the file cannot be locked.
     */
    public Optional<Scope> change(final boolean isKilled, final int scope, final long id, final long timeNs)
    {
        requireOpen();
        try (FileLock lock = channel.lock())
        {
            final int known = find(scope, id);
            if (known == NONE && !isKilled)
            {
                return Optional.empty();
            }
            final int own = known == NONE ? findFree() : known;
            final boolean isAll = own == NONE;
            final int at = isAll ? SCOPES_AT : own;
            final long number = buffer.getLong(NUMBER_AT) + 1;
            buffer.putInt(at, isAll ? Control.ALL : scope);
            buffer.putInt(at + STATE, isKilled ? KILLED : ARMED);
            buffer.putLong(at + ID, isAll ? 0 : id);
            buffer.putLong(at + TIME, timeNs);
            buffer.putLongOrdered(at + CHANGE, number);
            // Behind all that it announces.
            buffer.putLongVolatile(NUMBER_AT, number);
            mapped.force();
            final Scope changed = scopeAt(buffer, at);
            lock.release();
            return Optional.of(changed);
        }
        catch (final OverlappingFileLockException e)
        {
            throw new TapeException(Kind.IN_USE, "kill switch is being changed: file=" + file, e);
        }
        catch (final IOException e)
        {
            throw new TapeException(Kind.IO, "kill switch cannot be locked: file=" + file, e);
        }
    }

    /**
     * All scopes that were ever stopped.
     *
     * @return in the order of their last changes.
     */
    public List<Scope> scopes()
    {
        requireOpen();
        return scopes(buffer);
    }

    private static List<Scope> scopes(final UnsafeBuffer buffer)
    {
        final List<Scope> scopes = new ArrayList<>();
        for (int at = SCOPES_AT; at < BYTES; at += SCOPE_BYTES)
        {
            // 0 is a scope that was never used, or that is being written.
            if (buffer.getLongVolatile(at + CHANGE) != 0)
            {
                scopes.add(scopeAt(buffer, at));
            }
        }
        scopes.sort(Comparator.comparingLong(Scope::number));
        return scopes;
    }

    /**
     * The last change that a writer took.
     *
     * @return 0 if none did.
     */
    public long takenNumber()
    {
        requireOpen();
        return buffer.getLongVolatile(TAKEN_AT);
    }

    /**
     * Whether there is a change that {@link #take()} has not given yet. Hot path.
     *
     * @return true until it is taken.
     */
    public boolean hasChanged()
    {
        return !closed && buffer.getLongVolatile(NUMBER_AT) != taken;
    }

    /**
     * Takes the changes since the last call, the newest of each scope; at the first call all that is stopped. They
     * count as taken for others from {@link #acknowledge()} on.
     *
     * @return in the order of the changes.
     */
    public List<Scope> take()
    {
        final long before = taken;
        final long number = buffer.getLongVolatile(NUMBER_AT);
        final List<Scope> changed = scopes().stream()
            .filter((scope) -> scope.number() > before && (before != NOTHING_TAKEN || scope.isKilled())).toList();
        taken = number;
        return changed;
    }

    /** Says that what was taken is in force. */
    public void acknowledge()
    {
        requireOpen();
        buffer.putLongVolatile(TAKEN_AT, taken);
    }

    /** Number of the last change of limits; 0 before the first, and once it is closed. Hot path. */
    long limitsNumber()
    {
        return closed ? 0 : buffer.getLongVolatile(LIMITS_AT);
    }

    /**
     * Gives a change of limits its number, and tells the recording of it.
     *
     * @param handOver puts the change where the recording finds it, before that is told.
     * @return the number, from 1.
     * @throws TapeException if the file cannot be locked.
     */
    long announceLimits(final LongConsumer handOver)
    {
        requireOpen();
        try (FileLock lock = channel.lock())
        {
            final long number = buffer.getLongVolatile(LIMITS_AT) + 1;
            handOver.accept(number);
            buffer.putLongVolatile(LIMITS_AT, number);
            mapped.force();
            lock.release();
            return number;
        }
        catch (final OverlappingFileLockException e)
        {
            throw new TapeException(Kind.IN_USE, "limits are being changed: file=" + file, e);
        }
        catch (final IOException e)
        {
            throw new TapeException(Kind.IO, "limits cannot be locked: file=" + file, e);
        }
    }

    @Override
    public void close()
    {
        if (closed)
        {
            return;
        }
        // A look at what is not mapped would end the process.
        closed = true;
        IoUtil.unmap(mapped);
        try
        {
            channel.close();
        }
        catch (final IOException e)
        {
            throw new TapeException(Kind.IO, "kill switch cannot be closed: file=" + file, e);
        }
    }

    private void requireOpen()
    {
        if (closed)
        {
            throw new IllegalStateException("kill switch is closed: file=" + file);
        }
    }

    private int find(final int scope, final long id)
    {
        for (int at = SCOPES_AT; at < BYTES; at += SCOPE_BYTES)
        {
            // The first is everybody's, also before it was ever used.
            if ((buffer.getLong(at + CHANGE) > 0 || at == SCOPES_AT) && buffer.getInt(at) == scope &&
                buffer.getLong(at + ID) == id)
            {
                return at;
            }
        }
        return NONE;
    }

    private int findFree()
    {
        for (int at = SCOPES_AT + SCOPE_BYTES; at < BYTES; at += SCOPE_BYTES)
        {
            if (buffer.getLong(at + CHANGE) <= 0)
            {
                return at;
            }
        }
        return NONE;
    }

    private static Scope scopeAt(final UnsafeBuffer buffer, final int at)
    {
        final int scope = buffer.getInt(at);
        final int state = buffer.getInt(at + STATE);
        final long number = buffer.getLong(at + CHANGE);
        final long timeNs = buffer.getLong(at + TIME);
        final boolean isKnown = number > 0 &&
            scope >= Control.ALL && scope <= Control.STRATEGY && (state == KILLED || state == ARMED);
        return isKnown ? new Scope(scope, buffer.getLong(at + ID), state == KILLED, number, timeNs) :
            new Scope(Control.ALL, 0, true, Math.max(1, Math.max(number, buffer.getLong(NUMBER_AT))), timeNs);
    }

    private static MappedByteBuffer map(
        final Path file, final FileChannel channel, final FileChannel.MapMode mode) throws IOException
    {
        if (channel.size() != BYTES)
        {
            throw new TapeException(
                Kind.UNREADABLE, "file is no kill switch: file=" + file + " bytes=" + channel.size());
        }
        final MappedByteBuffer mapped = channel.map(mode, 0, BYTES);
        if (mapped.order(ByteOrder.LITTLE_ENDIAN).getLong(0) != MAGIC)
        {
            IoUtil.unmap(mapped);
            throw new TapeException(Kind.UNREADABLE, "file is no kill switch, its start is another: file=" + file);
        }
        return mapped;
    }

    // Whole under its name, or not there: another process may be at it too.
    private static void make(final Path file) throws IOException
    {
        final Path made = file.resolveSibling(
            NAME + "." + UUID.randomUUID() + RunDirectory.TEMPORARY_SUFFIX);
        Permissions.createFile(made);
        try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE))
        {
            final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, MAGIC);
            while (bytes.hasRemaining())
            {
                channel.write(bytes);
            }
            channel.force(true);
            Files.createLink(file, made);
        }
        catch (final FileAlreadyExistsException e)
        {
            // The other process was first, and its file is as good.
            return;
        }
        finally
        {
            Files.deleteIfExists(made);
        }
    }
}
