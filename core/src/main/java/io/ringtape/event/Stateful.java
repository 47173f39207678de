package io.ringtape.event;

import java.nio.ByteBuffer;

/**
 * Has a state that can be stored and taken over again: a handler, or what a handler keeps.
 * <p>
 * The promise is one sentence: whoever takes over a state goes on, with the same events and calls, as the one that
 * stored it would have. So the bytes are all that it learned from events and calls, and what it was told otherwise, its
 * parameters, is in the hash of {@link #stateParameters()}. With it a handler joins a running bus, and a replay starts
 * inside a run, behind a snapshot instead of at the first event.
 * <p>
 * A state is taken over only by one of the same name, version and parameters. Whoever changes what a handler does, or
 * what its bytes mean, raises the version: else a replay with the new one would go on from what the old one had come
 * to.
 * <p>
 * Thread safety: none; the thread that owns the handler.
 * Allocation: on each call; not for a hot path.
 */
public interface Stateful
{
    /** How many characters a name may have. */
    int MAX_NAME_LENGTH = 255;

    /**
     * What kind of state it is.
     *
     * @return printable ASCII, 1 to {@link #MAX_NAME_LENGTH} characters, always the same.
     */
    String stateName();

    /**
     * Tells states apart that have one name and yet do not mean the same.
     *
     * @return 1 or more.
     */
    int stateVersion();

    /**
     * A hash over all that decides what it does and is neither in events nor in the state.
     *
     * @return any value; 0 if there is nothing.
     */
    long stateParameters();

    /**
     * How many bytes the state takes now.
     *
     * @return 0 or more; it may be more than a buffer can have.
     */
    long stateBytes();

    /**
     * Writes the state at the position of a buffer, which is moved behind it. Equal states have equal bytes.
     *
     * @param target little-endian, with room for {@link #stateBytes()}.
     */
    void writeState(ByteBuffer target);

    /**
     * Takes over a state in place of what it has.
     *
     * @param source little-endian, that holds from its position to its limit what was written, and nothing else.
     * @throws IllegalArgumentException          if the bytes make no sense, or not for this one; what it holds then may
     *                                           be of no use.
     * @throws java.nio.BufferUnderflowException if they end early; the same.
     */
    void readState(ByteBuffer source);

    /**
     * Makes the hash of parameters from their text, as a record has it, which names all its components.
     *
     * @param parameters whose {@link Object#toString()} says all that they are, the same in each process.
     * @return a hash for {@link #stateParameters()}.
     */
    static long parameters(final Object parameters)
    {
        return Hash64.addText(Hash64.START, parameters.toString());
    }
}
