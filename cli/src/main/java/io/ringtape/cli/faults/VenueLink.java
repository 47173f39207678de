package io.ringtape.cli.faults;

import io.ringtape.event.EventType;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The line between a gateway in a child JVM and a venue in its parent: a pipe each way, and what was written to it is
 * there also when the writer is killed.
 * <p>
 * Thread safety: one thread reads; any thread writes.
 */
final class VenueLink
{
    /** A new order: quantity, its sequence, and how far the frontier was that it waits for. */
    static final int SEND = 1;
    /** The same of one that left although the bus had halted. */
    static final int LATE_SEND = 2;
    /** A cancel of the strategy's: 0, its sequence, 0. */
    static final int CANCEL = 3;
    /** A cancel of the gateway's own. */
    static final int OWN_CANCEL = 4;
    /** The side file has taken an event. */
    static final int KEPT = 5;
    /** The side file has forced what it took. */
    static final int FORCED = 6;
    /** Safe mode has ended: orders open, failures, cancels. */
    static final int DONE = 7;

    /** An answer: a type of {@link EventType}; quantity, the quantity left, the sequence that is answered. */
    static final int FRAME_BYTES = 1 + 4 * Long.BYTES;

    private final DataInputStream in;
    private final DataOutputStream out;

    /**
     * What is said at once, either way.
     *
     * @param what a number of this class, or a type of an own event.
     * @param id   of the order.
     * @param a    as the number says.
     * @param b    as the number says.
     * @param c    as the number says.
     */
    record Frame(int what, long id, long a, long b, long c)
    {
    }

    VenueLink(final InputStream in, final OutputStream out)
    {
        this.in = new DataInputStream(new BufferedInputStream(in));
        this.out = new DataOutputStream(new BufferedOutputStream(out, FRAME_BYTES));
    }

    /** Writes a frame, with one write of the system's. */
    void say(final Frame frame) throws IOException
    {
        synchronized (out)
        {
            out.writeByte(frame.what());
            out.writeLong(frame.id());
            out.writeLong(frame.a());
            out.writeLong(frame.b());
            out.writeLong(frame.c());
            out.flush();
        }
    }

    boolean hasFrame() throws IOException
    {
        return in.available() >= FRAME_BYTES;
    }

    /** Reads the next frame, or null at the end. */
    @Nullable Frame read() throws IOException
    {
        try
        {
            return new Frame(in.readByte(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }
        catch (final EOFException e)
        {
            return null;
        }
    }
}
