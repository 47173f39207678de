package io.ringtape.journal;

import io.ringtape.event.Definitions;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Faults of the device under a tape, to see what a recording does then without root and broken hardware. Each call
 * comes before the real device is asked: what it refuses never gets there, what it lets pass is done in earnest. For
 * the fault matrix and rigs; a recording opens its tape by {@link TapeWriter}.
 * <p>
 * Thread safety: called by the recorder's thread and by those that force and seal behind it.
 * Allocation: as the implementation has it.
 */
public interface DeviceFaults
{
    /**
     * Before a file, the names in a directory or a mark is forced.
     *
     * @param path of it.
     * @throws IOException to fail in place of the device.
     */
    default void onForce(final Path path) throws IOException
    {
        // The device is asked.
    }

    /**
     * Before a file gets space ahead of its end.
     *
     * @param file   that is there.
     * @param from   offset of the range, in bytes.
     * @param length of the range, in bytes.
     * @throws IOException to refuse in place of the device.
     */
    default void onReserve(final Path file, final long from, final long length) throws IOException
    {
        // The device is asked.
    }

    /**
     * What the tape is told of the space that is left.
     *
     * @param found on the device, in bytes.
     * @return bytes, 0 or more.
     */
    default long usableBytes(final long found)
    {
        return found;
    }

    /**
     * After a step of a writer, on the thread that did it: the place to kill the process at.
     *
     * @param step that was done.
     */
    default void onStep(final TapeStep step)
    {
        // It goes on.
    }

    /**
     * Starts a run on a device with these faults.
     *
     * @param directory   of the tape.
     * @param config      how to write.
     * @param definitions of the run.
     * @param clock       for the times of the run and its blocks.
     * @param faults      of the device.
     * @return a writer that is to be closed.
     * @throws TapeException as {@link TapeWriter#open} has it, and where a fault comes in between.
     */
    static TapeWriter open(
        final Path directory,
        final TapeConfig config,
        final Definitions definitions,
        final EpochNanoClock clock,
        final DeviceFaults faults)
    {
        final TapeParts real = TapeParts.of(directory, config, clock);
        final Device device = new FaultyDevice(directory, faults);
        final SpaceSource space = () -> faults.usableBytes(real.space().usableBytes());
        return TapeWriter.open(directory, definitions, real.with(space).with(device));
    }
}
