package io.ringtape.bench.peer;

import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A tape of Chronicle Queue, without checksum: appended to in order and read from its start.
 * <p>
 * Thread safety: none. Allocation: Chronicle's own.
 */
interface ChronicleTape extends AutoCloseable
{
    /** As many bytes as a file of so many events has at the most, a document each, with what the file begins with. */
    static long bytes(final int events)
    {
        return (long)events * (Work.EVENT_BYTES + Integer.BYTES) + (256 << 10);
    }

    /**
     * Appends the events of a block.
     *
     * @param from   where they stand, one behind the other.
     * @param offset of the first of {@link Work#BLOCK_EVENTS}.
     */
    void append(UnsafeBuffer from, int offset);

    /**
     * Reads every document from the start and adds its events.
     *
     * @param tally  that begins.
     * @param events of the tape.
     */
    void scan(Tally tally, int events);

    @Override
    void close();

    /** Opens tapes. */
    @FunctionalInterface
    interface Factory
    {
        /**
         * Makes the tape of a directory, or opens the one that is there.
         *
         * @param directory of the tape.
         * @return the tape.
         */
        ChronicleTape open(Path directory);
    }
}
