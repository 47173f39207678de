package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * ZeroMQ in Java: a pair of sockets inside the process, a message for each event, both sides told not to wait. A
 * message is a new array, which the library hands over and does not copy.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: a message for each event, and the library's own.
 */
final class JeroInproc implements Carrier
{
    private static final String ADDRESS = "inproc://events";

    private final ZContext context = new ZContext(0);
    private final ZMQ.Socket writing = socket();
    private final ZMQ.Socket reading = socket();
    private final UnsafeBuffer written = new UnsafeBuffer(0, 0);
    private final ReadingThread thread;

    JeroInproc(final Path directory, final int packet, final List<EventReader> readers)
    {
        final EventReader reader = readers.get(0);
        final UnsafeBuffer event = new UnsafeBuffer(0, 0);
        reading.bind(ADDRESS);
        writing.connect(ADDRESS);
        thread = new ReadingThread("zeromq-reader", reader::onStart, () -> poll(event, reader));
    }

    /** Inside a process the two ends' limits add up. */
    private ZMQ.Socket socket()
    {
        final ZMQ.Socket socket = context.createSocket(SocketType.PAIR);
        socket.setHWM(Work.CAPACITY / 2);
        return socket;
    }

    @Override
    public void publish(final long first, final int count)
    {
        for (long sequence = first; sequence < first + count; sequence++)
        {
            final byte[] message = new byte[Work.EVENT_BYTES];
            written.wrap(message);
            Work.fill(written, 0, sequence);
            while (!writing.send(message, ZMQ.DONTWAIT))
            {
                Thread.onSpinWait();
            }
        }
    }

    private boolean poll(final UnsafeBuffer event, final EventReader reader)
    {
        final byte[] message = reading.recv(ZMQ.DONTWAIT);
        if (message == null)
        {
            return false;
        }
        event.wrap(message);
        reader.onEvent(event.getLong(0), Work.fold(event, 0));
        return true;
    }

    @Override
    public void close()
    {
        thread.end();
        context.close();
    }
}
