package io.ringtape.journal;

import io.ringtape.event.Stateful;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The states that stand behind the books of a snapshot: which they are, and their bytes. Where what made them was no
 * longer what is on tape, it says which they would be, so that nobody tries again, and has no bytes.
 */
final class StoredStates
{
    /** In place of a number of bytes: there was no state of use. */
    static final long MISSING = -1;
    static final int BYTES_AT = 0;
    static final int PARAMETERS_AT = 8;
    static final int VERSION_AT = 16;
    static final int NAME_BYTES_AT = 20;
    static final int HEAD_BYTES = 22;
    static final StoredStates NONE = new StoredStates(List.of());

    private final List<Entry> entries;

    private StoredStates(final List<Entry> entries)
    {
        this.entries = entries;
    }

    /**
     * One of them.
     *
     * @param length bytes of the state, or {@link #MISSING}.
     */
    private record Entry(String name, int version, long parameters, long length, ByteBuffer bytes)
    {
        boolean isOf(final Stateful state)
        {
            return version == state.stateVersion() && parameters == state.stateParameters() &&
                name.equals(state.stateName());
        }
    }

    /**
     * How many bytes states take.
     *
     * @param states to be written.
     * @param isKept whether their bytes are of use.
     */
    static long sizeBytes(final List<Stateful> states, final boolean isKept)
    {
        long size = 0;
        for (final Stateful state : states)
        {
            size += HEAD_BYTES + state.stateName().length() + (isKept ? state.stateBytes() : 0);
        }
        return size;
    }

    static void write(final List<Stateful> states, final boolean isKept, final ByteBuffer target)
    {
        for (final Stateful state : states)
        {
            final byte[] name = state.stateName().getBytes(StandardCharsets.US_ASCII);
            final long length = isKept ? state.stateBytes() : MISSING;
            target.putLong(length).putLong(state.stateParameters()).putInt(state.stateVersion())
                .putShort((short)name.length).put(name);
            if (isKept)
            {
                final int end = target.position() + (int)length;
                state.writeState(target);
                if (target.position() != end)
                {
                    throw new IllegalStateException("state has another length than it said: state=" +
                        state.stateName() + " bytes=" + (target.position() - end + length) + " stateBytes=" + length);
                }
            }
        }
    }

    /**
     * Takes apart what was written.
     *
     * @param source from its position to its limit; the bytes of the states stay there.
     * @throws IllegalArgumentException if it makes no sense.
     */
    static StoredStates read(final ByteBuffer source)
    {
        final ByteBuffer in = source.slice().order(ByteOrder.LITTLE_ENDIAN);
        final List<Entry> entries = new ArrayList<>();
        try
        {
            while (in.hasRemaining())
            {
                entries.add(entry(in));
            }
        }
        catch (final BufferUnderflowException e)
        {
            throw new IllegalArgumentException("states end early: bytes=" + in.limit(), e);
        }
        return new StoredStates(entries);
    }

    private static Entry entry(final ByteBuffer in)
    {
        final long length = in.getLong();
        final long parameters = in.getLong();
        final int version = in.getInt();
        final int nameBytes = in.getShort() & 0xFFFF;
        if (nameBytes == 0 || nameBytes > Stateful.MAX_NAME_LENGTH || version < 1 || length < MISSING ||
            length > in.remaining() - nameBytes)
        {
            throw new IllegalArgumentException("head of a state makes no sense: position=" + in.position());
        }
        final byte[] name = new byte[nameBytes];
        in.get(name);
        final int bytes = (int)Math.max(0, length);
        final Entry entry = new Entry(new String(name, StandardCharsets.US_ASCII), version, parameters, length,
            in.slice(in.position(), bytes).order(ByteOrder.LITTLE_ENDIAN));
        in.position(in.position() + bytes);
        return entry;
    }

    /** Whether they are those of just these, in this order, whether they are here or missing. */
    boolean isOf(final List<? extends Stateful> states)
    {
        boolean isSame = states.size() == entries.size();
        for (int i = 0; i < entries.size() && isSame; i++)
        {
            isSame = entries.get(i).isOf(states.get(i));
        }
        return isSame;
    }

    /** Whether none is missing. */
    boolean isKept()
    {
        return entries.stream().noneMatch((entry) -> entry.length() == MISSING);
    }

    boolean has(final Stateful state)
    {
        return entries.stream().anyMatch((entry) -> entry.isOf(state) && entry.length() != MISSING);
    }

    /**
     * Lets a state be taken over.
     *
     * @throws IllegalArgumentException if it is not here, or is not taken.
     */
    void restore(final Stateful state)
    {
        for (final Entry entry : entries)
        {
            if (entry.isOf(state) && entry.length() != MISSING)
            {
                restore(entry, state);
                return;
            }
        }
        throw new IllegalArgumentException("snapshot has no such state: state=" + state.stateName());
    }

    /** Lets all be taken over; they are those of just these, and none is missing. */
    void restore(final List<? extends Stateful> states)
    {
        for (int i = 0; i < entries.size(); i++)
        {
            restore(entries.get(i), states.get(i));
        }
    }

    private static void restore(final Entry entry, final Stateful state)
    {
        final ByteBuffer bytes = entry.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        try
        {
            state.readState(bytes);
        }
        catch (final BufferUnderflowException e)
        {
            throw new IllegalArgumentException(
                "state ends early: state=" + entry.name() + " bytes=" + entry.length(), e);
        }
    }
}
