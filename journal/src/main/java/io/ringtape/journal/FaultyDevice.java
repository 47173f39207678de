package io.ringtape.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The real device behind faults.
 *
 * @param tape   its directory.
 * @param faults that come first.
 */
record FaultyDevice(Path tape, DeviceFaults faults) implements Device
{
    @Override
    public void force(final Path path) throws IOException
    {
        faults.onForce(path);
        REAL.force(path);
    }

    @Override
    public void force(final MarkFile mark) throws IOException
    {
        // The other mark is forced as a file.
        faults.onForce(tape.resolve(MarkFile.DURABLE));
        REAL.force(mark);
    }

    @Override
    public boolean reserve(final Path file, final long from, final long length) throws IOException
    {
        faults.onReserve(file, from, length);
        return REAL.reserve(file, from, length);
    }

    @Override
    public void renew(final Path file, final long from, final long length) throws IOException
    {
        REAL.renew(file, from, length);
    }

    @Override
    public void step(final TapeStep step)
    {
        faults.onStep(step);
    }
}
