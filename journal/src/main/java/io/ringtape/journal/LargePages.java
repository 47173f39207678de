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
     * Asks for what is to be written, before the pages are touched first: what is there stays as it is.
     *
     * @param address of the part; its small page is asked for too.
     * @param length  of it.
     * @return false where the kernel has none: nothing is lost.
     */
    static boolean ask(final long address, final long length)
    {
        // The second, or the kernel reads ahead of a small page, and that in small pages.
        return advise(address, length, MADV_HUGEPAGE) && advise(address, length, MADV_RANDOM);
    }

    /**
     * Asks for what a follower reads: where it touches a page ahead of the recorder, that does not become small.
     *
     * @param address of the part; its small page is asked for too.
     * @param length  of it.
     */
    static void askToFollow(final long address, final long length)
    {
        advise(address, length, MADV_HUGEPAGE);
    }

    private static boolean advise(final long address, final long length, final int advice)
    {
        final PosixAPI api = Posix.API;
        final long from = address & -SMALL_PAGE_BYTES;
        return api != null && api.madvise(from, address + length - from, advice) == 0;
    }
}
