package io.ringtape.bench.peer;

import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeInfo;
import java.nio.file.Path;
import java.util.List;

/**
 * How many bytes the sealed files of a tape of ours have.
 * <p>
 * Thread safety: one thread owns it. Allocation: not for hot paths.
 */
final class SealedSize implements Peer
{
    private final RingtapeRead tape;
    private long bytes;

    SealedSize(final Path directory)
    {
        tape = new RingtapeRead(directory, Work.BLOCK_EVENTS);
    }

    @Override
    public void prepare(final int count)
    {
        tape.prepare(count);
        final TapeInfo info = Tape.open(tape.tape(count)).info();
        final List<TapeInfo.File> files = info.runs().stream().flatMap((run) -> run.files().stream()).toList();
        final boolean isSealed = files.stream().allMatch((file) -> file.state() == TapeInfo.FileState.SEALED);
        if (!isSealed)
        {
            throw new IllegalStateException("not all files are sealed: files=" + files);
        }
        bytes = files.stream().mapToLong(TapeInfo.File::lengthBytes).sum();
    }

    @Override
    public void run(final int count)
    {
        tape.run(count);
    }

    @Override
    public long checksum()
    {
        return tape.checksum();
    }

    @Override
    public long cost(final long elapsedNs)
    {
        return bytes;
    }

    @Override
    public void close()
    {
        tape.close();
    }
}
