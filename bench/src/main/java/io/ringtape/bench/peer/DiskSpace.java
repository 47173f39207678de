package io.ringtape.bench.peer;

import java.util.Optional;

/**
 * What a row of long tapes needs: nine tenths of the free space stay free.
 * <p>
 * Thread safety: immutable. Allocation: the text.
 *
 * @param bytes that the row has on the disk at most.
 */
record DiskSpace(long bytes) implements Row.Need
{
    private static final int PARTS_OF_FREE_SPACE = 10;

    @Override
    public Optional<String> missing(final Host host)
    {
        return bytes <= host.freeDiskBytes() / PARTS_OF_FREE_SPACE ? Optional.empty() :
            Optional.of("takes more than a tenth of the free disk: freeBytes=" + host.freeDiskBytes() +
                " rowBytes=" + bytes);
    }
}
