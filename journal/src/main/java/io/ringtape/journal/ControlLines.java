package io.ringtape.journal;

import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the kill switch's file, one a scope; the first is everybody's.
 * <pre>
 *  0 i32 scope    4 i16 1 killed or 0 armed    6 i16 reason    8 i64 account    16 i64 number of change
 * 24 i64 time ns  32 u8 bytes of the strategy's name, and the name    120 i32 lines in use with this one
 * 124 i32 CRC-32C of what is before it
 * </pre>
 * A line of zeros was never used. Where a line makes no sense or has a wrong CRC, or the line of the last change has
 * another number or counts other lines than there are, as while one is written, everybody counts as killed.
 * <p>
 * A stop is a change without a line, made by who cannot wait for the lock that lines are written under: a word that
 * counts as the next change, until who has the lock makes it a line of everybody.
 */
final class ControlLines
{
    static final int LINE_BYTES = 128;
    /** The first line is everybody's. */
    static final int ALL_AT = 64;
    static final int NONE = -1;
    static final int CRC = LINE_BYTES - Integer.BYTES;

    private static final int LAST_AT = ControlFormat.BYTES - ALL_AT - LINE_BYTES;
    private static final int STOP_AT = 48;
    private static final int STOP_TIME_AT = 56;
    private static final long NO_STOP = 0;

    private static final int STATE = 4;
    private static final int REASON = 6;
    private static final int ACCOUNT = 8;
    private static final int CHANGE = 16;
    private static final int TIME = 24;
    private static final int NAME = 32;
    private static final int USED = 120;
    private static final short KILLED = 1;
    private static final short ARMED = 0;
    /** A change writes a line in much less time. */
    private static final int TRIES = 100;

    /** What a line is that cannot be read; it has no number. */
    private static final Scope NOT_READ = new Scope(KillScope.ALL, true, KillReason.UNREADABLE, 0, 0);

    private ControlLines()
    {
    }

    /**
     * What stands in the lines.
     *
     * @param scopes  that were ever stopped and can be read, in the order of their changes.
     * @param number  of the last change, or above.
     * @param isSound whether nothing else stands there.
     */
    record Found(List<Scope> scopes, long number, boolean isSound)
    {
        /** With everybody stopped where something cannot be read. */
        List<Scope> all()
        {
            final List<Scope> all = new ArrayList<>(scopes);
            if (!isSound)
            {
                all.add(new Scope(KillScope.ALL, true, KillReason.UNREADABLE, Math.max(1, number), 0));
            }
            return all;
        }
    }

    /** All scopes that were ever stopped, in the order of their changes; a line that is being written is waited for. */
    static List<Scope> scopes(final UnsafeBuffer buffer)
    {
        return await(buffer).all();
    }

    /** The same, as it stands there at this moment. */
    static List<Scope> read(final UnsafeBuffer buffer)
    {
        return find(buffer).all();
    }

    /** What stands in the lines; one that is being written is waited for, but not for long. */
    static Found await(final UnsafeBuffer buffer)
    {
        Found found = find(buffer);
        for (int i = 0; i < TRIES && !found.isSound(); i++)
        {
            YieldingIdleStrategy.INSTANCE.idle();
            found = find(buffer);
        }
        return found;
    }

    /** What stands in the lines at this moment. */
    static Found find(final UnsafeBuffer buffer)
    {
        // Ahead of the lines: a stop that is gone here is one of them.
        final long stop = buffer.getLongVolatile(STOP_AT);
        final long last = buffer.getLongVolatile(ControlFile.NUMBER_AT);
        final List<Scope> scopes = new ArrayList<>();
        boolean isSound = true;
        long newest = 0;
        int used = 0;
        int usedThen = 0;
        for (int at = ALL_AT; at <= LAST_AT; at += LINE_BYTES)
        {
            final Scope scope = at(buffer, at);
            if (scope == null)
            {
                continue;
            }
            used++;
            isSound &= scope.number() > 0;
            if (scope.number() > newest)
            {
                newest = scope.number();
                usedThen = buffer.getInt(at + USED, ByteOrder.LITTLE_ENDIAN);
            }
            if (scope.number() > 0)
            {
                scopes.add(scope);
            }
        }
        scopes.sort(Comparator.comparingLong(Scope::number));
        isSound &= newest == last && used == usedThen;
        if (stop != NO_STOP)
        {
            newest = Math.max(newest, last) + 1;
            addStop(scopes, new Scope(KillScope.ALL, true, KillReason.ofCode(stop), newest,
                buffer.getLongVolatile(STOP_TIME_AT)));
        }
        return new Found(scopes, Math.max(newest, last), isSound);
    }

    /** Unless it is a line already, and only its word still stands there. */
    private static void addStop(final List<Scope> scopes, final Scope stop)
    {
        if (scopes.stream().noneMatch((line) -> line.whom().equals(stop.whom()) && line.isKilled() &&
            line.reason() == stop.reason() && line.timeNs() == stop.timeNs()))
        {
            scopes.add(stop);
        }
    }

    /** The number of the last change, a stop among them: one word more to look at. Hot path. */
    static long number(final UnsafeBuffer buffer)
    {
        // The stop first: one that became a line in between is counted all the same.
        final boolean isStopped = buffer.getLongVolatile(STOP_AT) != NO_STOP;
        return buffer.getLongVolatile(ControlFile.NUMBER_AT) + (isStopped ? 1 : 0);
    }

    /** Stops everybody, from any thread, without a lock; nothing where that is done already. */
    static void stop(final UnsafeBuffer buffer, final KillReason reason, final long timeNs)
    {
        if (buffer.getLongVolatile(STOP_AT) == NO_STOP)
        {
            buffer.putLongVolatile(STOP_TIME_AT, timeNs);
            buffer.compareAndSetLong(STOP_AT, NO_STOP, reason.code());
        }
    }

    static boolean isStopped(final UnsafeBuffer buffer)
    {
        return buffer.getLongVolatile(STOP_AT) != NO_STOP;
    }

    /** Makes a stop a line of everybody. */
    static void latch(final UnsafeBuffer buffer)
    {
        final long stop = buffer.getLongVolatile(STOP_AT);
        if (stop != NO_STOP)
        {
            write(buffer, ALL_AT, new Scope(KillScope.ALL, true, KillReason.ofCode(stop), nextNumber(buffer),
                buffer.getLongVolatile(STOP_TIME_AT)));
            buffer.compareAndSetLong(STOP_AT, stop, NO_STOP);
        }
    }

    /** Stops everybody by a line of its own where something cannot be read, so that no change hides it. */
    static void latchUnreadable(final UnsafeBuffer buffer, final long timeNs)
    {
        if (!find(buffer).isSound())
        {
            write(buffer, ALL_AT,
                new Scope(KillScope.ALL, true, KillReason.UNREADABLE, nextNumber(buffer), timeNs));
        }
    }

    /** Whether a line was ever used. */
    static boolean isUsed(final UnsafeBuffer buffer, final int at)
    {
        return at(buffer, at) != null;
    }

    static int find(final UnsafeBuffer buffer, final KillScope whom)
    {
        if (whom.scope() == Control.ALL)
        {
            return ALL_AT;
        }
        for (int at = ALL_AT; at <= LAST_AT; at += LINE_BYTES)
        {
            final Scope scope = at(buffer, at);
            if (scope != null && scope.whom().equals(whom))
            {
                return at;
            }
        }
        return NONE;
    }

    static int findFree(final UnsafeBuffer buffer)
    {
        for (int at = ALL_AT + LINE_BYTES; at <= LAST_AT; at += LINE_BYTES)
        {
            if (at(buffer, at) == null)
            {
                return at;
            }
        }
        return NONE;
    }

    /** Takes lines away that nobody can read, for who arms everybody. */
    static void clearUnreadable(final UnsafeBuffer buffer)
    {
        for (int at = ALL_AT; at <= LAST_AT; at += LINE_BYTES)
        {
            final Scope scope = at(buffer, at);
            if (scope != null && scope.number() == 0)
            {
                buffer.setMemory(at, LINE_BYTES, (byte)0);
            }
        }
    }

    /** The number that the next change gets. */
    static long nextNumber(final UnsafeBuffer buffer)
    {
        long last = buffer.getLong(ControlFile.NUMBER_AT, ByteOrder.LITTLE_ENDIAN);
        for (int at = ALL_AT; at <= LAST_AT; at += LINE_BYTES)
        {
            final Scope scope = at(buffer, at);
            last = scope == null ? last : Math.max(last, scope.number());
        }
        return Math.max(0, last) + 1;
    }

    /** Writes a line, and then the number of its change, behind all that it announces. */
    static void write(final UnsafeBuffer buffer, final int at, final Scope scope)
    {
        int used = at(buffer, at) == null ? 1 : 0;
        for (int other = ALL_AT; other <= LAST_AT; other += LINE_BYTES)
        {
            used += at(buffer, other) == null ? 0 : 1;
        }
        final byte[] name = scope.whom().strategy().getBytes(StandardCharsets.UTF_8);
        final ByteBuffer line = ByteBuffer.allocate(LINE_BYTES).order(ByteOrder.LITTLE_ENDIAN)
            .putInt(scope.whom().scope()).putShort(scope.isKilled() ? KILLED : ARMED)
            .putShort((short)scope.reason().code()).putLong(scope.whom().account()).putLong(scope.number())
            .putLong(scope.timeNs()).put((byte)name.length).put(name).putInt(USED, used);
        line.putInt(CRC, Checksum.over(line, 0, CRC));
        buffer.putBytes(at, line.array());
        buffer.putLongVolatile(ControlFile.NUMBER_AT, scope.number());
    }

    /** Writes scopes into a file that has none, in the order of their changes. */
    static void fill(final UnsafeBuffer buffer, final List<Scope> scopes)
    {
        for (final Scope scope : scopes)
        {
            write(buffer, scope.whom().scope() == Control.ALL ? ALL_AT : findFree(buffer), scope);
        }
    }

    /** A line; null if it was never used. */
    private static @Nullable Scope at(final UnsafeBuffer buffer, final int at)
    {
        final byte[] bytes = new byte[LINE_BYTES];
        buffer.getBytes(at, bytes);
        final ByteBuffer line = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (isUnused(line))
        {
            return null;
        }
        final KillScope whom = line.getInt(CRC) == Checksum.over(line, 0, CRC) ? whom(line) : null;
        final short state = line.getShort(STATE);
        final long number = line.getLong(CHANGE);
        return whom == null || number <= 0 || (state != KILLED && state != ARMED) ? NOT_READ :
            new Scope(whom, state == KILLED, KillReason.ofCode(line.getShort(REASON)), number, line.getLong(TIME));
    }

    private static boolean isUnused(final ByteBuffer line)
    {
        for (int at = 0; at < LINE_BYTES; at += Long.BYTES)
        {
            if (line.getLong(at) != 0)
            {
                return false;
            }
        }
        return true;
    }

    private static @Nullable KillScope whom(final ByteBuffer line)
    {
        final int length = line.get(NAME);
        final long account = line.getLong(ACCOUNT);
        if (length < 0 || length > KillScope.MAX_NAME_BYTES || account != (int)account)
        {
            return null;
        }
        try
        {
            final CharBuffer name =
                StandardCharsets.UTF_8.newDecoder().decode(line.slice(NAME + 1, length));
            return new KillScope(line.getInt(0), (int)account, name.toString());
        }
        catch (final CharacterCodingException | IllegalArgumentException e)
        {
            return null;
        }
    }
}
