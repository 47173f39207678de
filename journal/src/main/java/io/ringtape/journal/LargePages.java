package io.ringtape.journal;

import net.openhft.posix.PosixAPI;

/**
 * Asks the kernel for pages of 2 MiB under a part of a mapped file, by {@code madvise(2)}: one fault makes and maps
 * what 512 do else, and readers map it at once too. ADR 52.
 * <p>
 * Where a kernel or a file system has no such pages, or no memory in pieces of that size, there are small ones.
 * <p>
 * Thread safety: stateless.
 * Allocation: some bytes a call.
 */
final class LargePages
{
    static final int BYTES = 2 << 20;

    // Linux's values.
    private static final int MADV_RANDOM = 1;
    private static final int MADV_HUGEPAGE = 14;
    private static final long SMALL_PAGE_BYTES = 4096;

    private LargePages()
    {
    }

    /**
     * Asks, before the pages are touched first: what is there stays as it is.
     *
     * @param address of the part; its small page is asked for too.
     * @param length  of it.
     * @return false where the kernel has none: nothing is lost.
     */
    static boolean ask(final long address, final long length)
    {
        final PosixAPI api = Posix.API;
        final long from = address & -SMALL_PAGE_BYTES;
        final long bytes = address + length - from;
        // The second, or the kernel reads ahead of a small page, and that in small pages.
        return api != null && api.madvise(from, bytes, MADV_HUGEPAGE) == 0 &&
            api.madvise(from, bytes, MADV_RANDOM) == 0;
    }
}
