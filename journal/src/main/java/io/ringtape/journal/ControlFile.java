package io.ringtape.journal;

import io.ringtape.event.Definitions;
import io.ringtape.gateway.KillGuard;
import io.ringtape.journal.TapeException.Kind;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The kill switch beside a tape, for other processes: who is stopped, in a mapped file that the writer polls, and a
 * gateway too.
 * <pre>
 *  0 i64 magic    8 i64 number of the last change    16 i64 number of the last change that a writer took
 * 24 i64 time of the gateway's last look, ns    32 i64 number of the last change that the gateway saw
 * 40 i64 number of the last change of limits, see {@link LimitsExchange}
 * 48 i64 reason of a stop of everybody that has no line yet, or 0    56 i64 time of that stop, ns
 * 64 + 128 k, a scope: i32 scope, i16 1 killed or 0 armed, i16 reason, i64 account, i64 number of change, i64 time ns,
 *    u8 bytes of the strategy's name, the name, at 120 i32 lines in use, i32 CRC-32C
 * </pre>
 * A kill stays until it is armed again, over runs too: a writer takes what stands there when it starts. Where there is
 * no room for another scope, a kill stops everybody; a scope that makes no sense counts as everybody killed, until
 * everybody is armed. A stop without a line is the next change, until who has the lock makes it one.
 * <p>
 * Thread safety: any process and any thread may change it; the writer's thread takes changes and closes it.
 * Allocation: {@link #hasChanged()} none.
 */
public final class ControlFile implements AutoCloseable
{
    static final String NAME = "control";
    static final int NUMBER_AT = 8;
    static final int TAKEN_AT = 16;
    static final int BEAT_AT = 24;
    static final int SEEN_AT = 32;

    private static final long NOTHING_TAKEN = -1;
    /** Looks, a nap apart, at whether who changes the file has done. */
    private static final int LOCK_TRIES = 100;
    private static final long LOCK_NAP_NS = 500_000;

    private final Path file;
    private final FileChannel channel;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private final ControlLock lock;
    private final LimitsNumber limits;
    private long taken = NOTHING_TAKEN;
    private boolean staysMapped;
    private volatile boolean closed;

    ControlFile(final FileIdentity identity, final FileChannel channel, final MappedByteBuffer mapped)
    {
        file = identity.file();
        this.channel = channel;
        this.mapped = mapped;
        buffer = new UnsafeBuffer(mapped);
        lock = ControlLock.ofScopes(identity, channel, mapped);
        limits = new LimitsNumber(buffer, ControlLock.ofLimits(identity, channel, mapped));
    }

    /**
     * A scope, and whether it is stopped.
     *
     * @param whom     it is about.
     * @param isKilled whether it is stopped.
     * @param reason   of the change that made it so.
     * @param number   of that change.
     * @param timeNs   of that change, ns since the epoch, UTC.
     */
    public record Scope(KillScope whom, boolean isKilled, KillReason reason, long number, long timeNs)
    {
    }

    /**
     * What stands in the file.
     *
     * @param scopes      that were ever stopped, in the order of their changes.
     * @param takenNumber of the last change that a writer took; 0 if none did.
     * @param beatNs      when a gateway last looked, ns since the epoch, UTC; 0 if none ever did.
     * @param seenNumber  of the last change that the gateway saw; 0 if it saw none.
     */
    public record Reading(List<Scope> scopes, long takenNumber, long beatNs, long seenNumber)
    {
        /** What stands in no file. */
        public static final Reading NOTHING = new Reading(List.of(), 0, 0, 0);

        /**
         * Makes the list its own.
         */
        public Reading
        {
            scopes = List.copyOf(scopes);
        }

        /**
         * Whether anybody is stopped.
         *
         * @return true from a kill until it is armed again.
         */
        public boolean isAnybodyStopped()
        {
            return scopes.stream().anyMatch(Scope::isKilled);
        }

        static Reading of(final UnsafeBuffer bytes)
        {
            return new Reading(ControlLines.scopes(bytes), bytes.getLongVolatile(TAKEN_AT),
                bytes.getLongVolatile(BEAT_AT), bytes.getLongVolatile(SEEN_AT));
        }
    }

    /**
     * Opens the file of a tape; it is made if it is not there.
     *
     * @param directory of the tape.
     * @return the file, to be closed.
     * @throws TapeException if it cannot be made, is no such file, or the tape is taken back at this moment.
     */
    public static ControlFile open(final Path directory)
    {
        final Path file = directory.resolve(NAME);
        TapeFiles.requireNoLink(file, Kind.UNREADABLE);
        try
        {
            if (!Files.exists(file))
            {
                TapeFiles.make(file, (made, channel) ->
                {
                    TapeFiles.writeAll(channel, ControlFormat.empty());
                    channel.force(true);
                });
            }
            // Before it is opened: a change is of this file, or refused.
            final FileIdentity identity = FileIdentity.of(file);
            final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try
            {
                return new ControlFile(
                    identity, channel, ControlFormat.map(file, channel, FileChannel.MapMode.READ_WRITE));
            }
            catch (final IOException | TapeException e)
            {
                channel.close();
                throw e;
            }
        }
        catch (final NoSuchFileException e)
        {
            throw ControlLock.takenBack(file);
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
            return Reading.NOTHING;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            final MappedByteBuffer mapped = ControlFormat.map(file, channel, FileChannel.MapMode.READ_ONLY);
            final Reading reading = Reading.of(new UnsafeBuffer(mapped));
            IoUtil.unmap(mapped);
            return reading;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", file, e);
        }
    }

    /**
     * Puts the kill switch of a tape beside its copy, without the gateway's looks.
     *
     * @param from   directory of the tape.
     * @param to     directory of the copy, which has none; where that of the tape cannot be read, everybody is stopped.
     * @param timeNs of that stop, ns since the epoch, UTC.
     * @throws TapeException if it cannot be written.
     */
    static void copy(final Path from, final Path to, final long timeNs)
    {
        if (!Files.exists(from.resolve(NAME), LinkOption.NOFOLLOW_LINKS))
        {
            return;
        }
        try (ControlFile copy = open(to))
        {
            copy.fill(from, timeNs);
        }
    }

    private void fill(final Path from, final long timeNs)
    {
        try
        {
            ControlLines.fill(buffer, read(from).scopes());
            mapped.force();
        }
        catch (final TapeException e)
        {
            change(true, KillScope.ALL, KillReason.UNREADABLE, timeNs);
        }
    }

    /**
     * Whether somebody is stopped, or may be.
     *
     * @param directory of a tape.
     * @return true if there is a kill, or a file that cannot be read.
     */
    static boolean isInForce(final Path directory)
    {
        try
        {
            return read(directory).isAnybodyStopped();
        }
        catch (final TapeException e)
        {
            return true;
        }
    }

    /**
     * Stops a scope, or arms it again.
     *
     * @param isKilled whether to stop it.
     * @param whom     to stop or arm.
     * @param reason   for it.
     * @param timeNs   now, ns since the epoch, UTC.
     * @return what stands there now: everybody, where there was no room for one more scope; empty if a scope was to be
     *     armed that was never stopped.
     * @throws TapeException if the file cannot be locked, or the tape was taken back, and the file with it.
     */
    public synchronized Optional<Scope> change(
        final boolean isKilled, final KillScope whom, final KillReason reason, final long timeNs)
    {
        requireOpen();
        return lock.change(() -> changeLocked(isKilled, whom, reason, timeNs));
    }

    /**
     * Does what must not be done while somebody is stopped, with nobody being stopped meanwhile.
     *
     * @return whether nobody is stopped, and it was done.
     */
    synchronized boolean unlessStopped(final BooleanSupplier action)
    {
        requireOpen();
        return lock.change(() -> !reading().isAnybodyStopped() && action.getAsBoolean());
    }

    private Optional<Scope> changeLocked(
        final boolean isKilled, final KillScope whom, final KillReason reason, final long timeNs)
    {
        // What cannot be read counts as everybody stopped.
        final boolean isSound = ControlLines.find(buffer).isSound();
        if (!isKilled && whom.scope() == Control.ALL)
        {
            ControlLines.clearUnreadable(buffer);
        }
        else
        {
            ControlLines.latchUnreadable(buffer, timeNs);
        }
        ControlLines.latch(buffer);
        final int known = ControlLines.find(buffer, whom);
        if (!isKilled && (known == ControlLines.NONE || (isSound && !ControlLines.isUsed(buffer, known))))
        {
            return Optional.empty();
        }
        final int own = known == ControlLines.NONE ? ControlLines.findFree(buffer) : known;
        final boolean hasRoom = own != ControlLines.NONE;
        final Scope changed = new Scope(
            hasRoom ? whom : KillScope.ALL, isKilled, reason, ControlLines.nextNumber(buffer), timeNs);
        ControlLines.write(buffer, hasRoom ? own : ControlLines.ALL_AT, changed);
        return Optional.of(changed);
    }

    /**
     * Stops everybody at once, by a word that counts as a change: whoever changes the file, and whatever its device
     * does, nothing is waited for. To be made a line by {@link #latch()}, or by the next change of any process. It may
     * be called behind the close, once this was promised by {@link #stayMapped()}.
     *
     * @param reason of the stop.
     * @param timeNs of the stop, ns since the epoch, UTC.
     */
    public void stopAll(final KillReason reason, final long timeNs)
    {
        ControlLines.stop(buffer, reason, timeNs);
    }

    /** Makes a stop a line, on the device, unless somebody changes the file at this moment: it counts all the same. */
    synchronized void latch()
    {
        if (!closed && ControlLines.isStopped(buffer))
        {
            lock.tryChange(() -> ControlLines.latch(buffer));
        }
    }

    /** Gives no memory back at the close: others may look or stop at any time, and are left to the collector. */
    synchronized void stayMapped()
    {
        requireOpen();
        staysMapped = true;
    }

    /**
     * What stands in the file now.
     *
     * @return scopes, and who has taken and seen them.
     */
    public Reading reading()
    {
        requireOpen();
        return Reading.of(buffer);
    }

    /**
     * What a gateway asks.
     *
     * @param definitions of the sources, empty where nobody knows the names of strategies: one that is not defined when
     *                    the file changes counts as stopped by a kill of any strategy.
     * @return a guard over this mapping, for one thread; it stops everybody once this file is closed.
     */
    public synchronized KillGuard killGuard(final Definitions definitions)
    {
        stayMapped();
        return new ControlGuard(this, buffer, definitions);
    }

    /**
     * Whether there is a change that {@link #take(EpochNanoClock)} has not given yet. Hot path.
     *
     * @return true until it is taken.
     */
    public boolean hasChanged()
    {
        return !closed && ControlLines.number(buffer) != taken;
    }

    /**
     * Takes the changes since the last call, the newest of each scope; at the first call all that is stopped. They
     * count as taken for others from {@link #acknowledge()} on. What cannot be read is read again with the lock, so
     * that a change that another process is at is not taken for damage; everybody is stopped, in the file too, where
     * that is of no use or the lock cannot be had within some 50 ms.
     *
     * @param clock of that stop, ns since the epoch, UTC.
     * @return in the order of the changes.
     */
    public List<Scope> take(final EpochNanoClock clock)
    {
        requireOpen();
        if (!ControlLines.await(buffer).isSound())
        {
            readAgain(clock.nanoTime());
        }
        final long before = taken;
        final List<Scope> scopes = ControlLines.find(buffer).scopes();
        // Of what was found, and nothing else: a stop that becomes a line at this moment may count twice in the file,
        // and the second number is that of a change still to come.
        taken = scopes.stream().mapToLong(Scope::number).max().orElse(0);
        return scopes.stream()
            .filter((scope) -> before == NOTHING_TAKEN ? scope.isKilled() : scope.number() > before).toList();
    }

    private synchronized void readAgain(final long timeNs)
    {
        final IdleStrategy idle = new SleepingIdleStrategy(LOCK_NAP_NS);
        for (int i = 0; i < LOCK_TRIES; i++)
        {
            if (lock.tryChange(() -> ControlLines.latchUnreadable(buffer, timeNs)))
            {
                return;
            }
            idle.idle();
        }
        ControlLines.stop(buffer, KillReason.UNREADABLE, timeNs);
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
        return closed ? 0 : limits.get();
    }

    /** Raises that number, once the change is where the recording finds it. */
    long announceLimits(final LongConsumer handOver)
    {
        requireOpen();
        return limits.announce(handOver);
    }

    @Override
    public synchronized void close()
    {
        if (closed)
        {
            return;
        }
        latch();
        // A look at what is not mapped would end the process; what a guard may still look at is left to the collector.
        closed = true;
        if (!staysMapped)
        {
            IoUtil.unmap(mapped);
        }
        try
        {
            channel.close();
        }
        catch (final IOException e)
        {
            throw new TapeException(Kind.IO, "kill switch cannot be closed: file=" + file, e);
        }
    }

    boolean isClosed()
    {
        return closed;
    }

    private void requireOpen()
    {
        if (closed)
        {
            throw new IllegalStateException("kill switch is closed: file=" + file);
        }
    }
}
