package io.ringtape.bench.peer;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Aeron over shared memory: an exclusive publication, a message claimed and written in place, and a subscription that
 * is polled. A packet is one message.
 * <p>
 * The media driver is embedded and has no thread, which would spin beside the two: the writing thread runs it where it
 * has no room, which is when the driver has something to do.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: none for an event.
 */
final class AeronIpc implements Carrier
{
    private static final int STREAM = 1;
    /** A driver that is run now and then only must not think that its client is dead. */
    private static final long LIVENESS_NS = TimeUnit.MINUTES.toNanos(10);

    private final EventReader reader;
    private final int packet;
    private final MediaDriver driver;
    private final Aeron aeron;
    private final ExclusivePublication publication;
    private final Subscription subscription;
    private final BufferClaim claim;
    private final ReadingThread thread;

    AeronIpc(final Path directory, final int packet, final List<EventReader> readers)
    {
        this.packet = packet;
        reader = readers.get(0);
        driver = MediaDriver.launchEmbedded(new MediaDriver.Context()
            .threadingMode(ThreadingMode.INVOKER)
            .clientLivenessTimeoutNs(LIVENESS_NS)
            .publicationUnblockTimeoutNs(2 * LIVENESS_NS)
            .dirDeleteOnShutdown(true));
        aeron = Aeron.connect(new Aeron.Context()
            .aeronDirectoryName(driver.aeronDirectoryName())
            .driverAgentInvoker(driver.sharedAgentInvoker())
            .useConductorAgentInvoker(true));
        subscription = aeron.addSubscription("aeron:ipc", STREAM);
        publication = aeron.addExclusivePublication(channel(packet), STREAM);
        while (!subscription.isConnected() || !publication.isConnected())
        {
            makeRoom();
            aeron.conductorAgentInvoker().invoke();
        }
        claim = new BufferClaim();
        final FragmentHandler handler = (buffer, offset, length, header) ->
            onMessage((UnsafeBuffer)buffer, offset, length);
        final int fragments = Work.READ_EVENTS / packet;
        thread = new ReadingThread("aeron-reader", reader::onStart, () -> subscription.poll(handler, fragments) > 0);
    }

    /** A window with room for as many events as the others have slots, and a term of twice that or more. */
    private static String channel(final int packet)
    {
        final int messageBytes = BitUtil.align(
            packet * Work.EVENT_BYTES + DataHeaderFlyweight.HEADER_LENGTH, FrameDescriptor.FRAME_ALIGNMENT);
        final int windowBytes = Work.CAPACITY / packet * messageBytes;
        return "aeron:ipc?term-length=" + BitUtil.findNextPositivePowerOfTwo(2 * windowBytes) +
            "|pub-wnd=" + windowBytes + "|mtu=" + messageBytes;
    }

    @Override
    public void publish(final long first, final int count)
    {
        final ExclusivePublication to = publication;
        final UnsafeBuffer claimed = (UnsafeBuffer)claim.buffer();
        final int bytes = packet * Work.EVENT_BYTES;
        for (long sequence = first; sequence < first + count; sequence += packet)
        {
            while (to.tryClaim(bytes, claim) < 0)
            {
                makeRoom();
            }
            Work.fillPacket(claimed, claim.offset(), sequence, packet);
            claim.commit();
        }
    }

    /** The driver moves the limit of the publication behind what was read. */
    private void makeRoom()
    {
        if (publication.isClosed())
        {
            throw new IllegalStateException("publication is closed: session=" + publication.sessionId());
        }
        driver.sharedAgentInvoker().invoke();
    }

    private void onMessage(final UnsafeBuffer from, final int index, final int length)
    {
        for (int offset = index; offset < index + length; offset += Work.EVENT_BYTES)
        {
            reader.onEvent(from.getLong(offset), Work.fold(from, offset));
        }
    }

    @Override
    public void close()
    {
        thread.end();
        aeron.close();
        driver.close();
    }
}
