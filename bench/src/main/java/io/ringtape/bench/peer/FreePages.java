package io.ringtape.bench.peer;

import java.nio.file.Path;

/**
 * What a peer that writes a tape finds free memory to be. Where the machine is virtual the kernel may give to its host
 * what has been free for seconds, and the first touch of each page has to get it back from there: 4 to 7 us a page were
 * seen, beside 0.6 to 4 of what the kernel itself does.
 * <p>
 * Thread safety: one thread owns it. Allocation: not for hot paths.
 */
final class FreePages
{
    private final boolean isCold;
    private boolean wasUsed;

    private FreePages(final boolean isCold)
    {
        this.isCold = isCold;
    }

    /** Freed just before. */
    static FreePages warm()
    {
        return new FreePages(false);
    }

    /** Free for seconds, but for the first run, which nobody times. */
    static FreePages cold()
    {
        return new FreePages(true);
    }

    /**
     * Makes them so, before a run.
     *
     * @param directory of the file that will be written.
     * @param bytes     of that file.
     */
    void make(final Path directory, final long bytes)
    {
        if (!isCold)
        {
            Scratch.recyclePages(directory, bytes);
        }
        // A small file finds pages in pieces that no kernel gives back.
        else if (wasUsed && bytes > Scratch.LARGE_PAGE_BYTES)
        {
            Scratch.coolPages();
        }
        wasUsed = true;
    }
}
