package io.ringtape.bench.peer;

import java.nio.file.Path;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Our recorder while a reader on another thread follows the tape live. The run ends with the recorder's last
 * event; the sum is the follower's, so a follower that missed one is seen.
 * <p>
 * Thread safety: one thread owns it. Allocation: a reader and a thread a run.
 */
final class FollowedAppend implements Peer
{
    private final RingtapeAppend recorder;
    private final Path tape;
    private final IdleStrategy idle;
    private @Nullable Follower follower;
    private @Nullable Thread thread;

    FollowedAppend(final Path directory, final IdleStrategy idle)
    {
        this.idle = idle;
        recorder = new RingtapeAppend(directory, Work.BLOCK_EVENTS);
        tape = directory.resolve(RingtapeTape.NAME);
    }

    @Override
    public void prepare(final int count)
    {
        recorder.prepare(count);
        final Follower made = new Follower(RingtapeTape.read(tape), count, idle);
        follower = made;
        thread = PeerThread.start("follower", made);
        made.awaitFirstLook();
    }

    @Override
    public void run(final int count)
    {
        recorder.run(count);
    }

    @Override
    public long checksum()
    {
        final long seen = follower.await();
        PeerThread.join(thread);
        final long onTape = recorder.checksum();
        if (seen != onTape)
        {
            throw new IllegalStateException("follower saw other events: seen=" + seen + " onTape=" + onTape);
        }
        return seen;
    }

    @Override
    public void close()
    {
        final Follower last = follower;
        if (last != null)
        {
            last.end();
            PeerThread.join(thread);
        }
        recorder.close();
    }
}
