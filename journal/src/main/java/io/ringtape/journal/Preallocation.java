package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.IntSupplier;
import net.openhft.posix.PosixAPI;

/**
 * Gives a file space on the device ahead of its end, by {@code fallocate(2)} with {@code FALLOC_FL_KEEP_SIZE}: a page
 * that is mapped there can be written whatever becomes of the rest of the device. Without it a full device ends the
 * process with a signal at the next page.
 */
final class Preallocation
{
    // Linux's values; those of the library's own enum are BSD's, and its O_CREAT truncates here.
    private static final int O_WRONLY = 1;
    private static final int KEEP_SIZE = 1;
    private static final int ZERO_RANGE = 16;
    private static final int EINTR = 4;
    private static final int ENOSPC = 28;
    private static final int EDQUOT = 122;
    /** What a kernel or a file system without this call says: EINVAL, ENOSYS and EOPNOTSUPP. */
    private static final Set<Integer> CANNOT = Set.of(22, 38, 95);
    private static final int MAX_RETRIES = 64;

    private Preallocation()
    {
    }

    /**
     * Reserves a range of a file.
     *
     * @param file   that is there.
     * @param from   offset of the range, which may lie behind the end of the file.
     * @param length of the range, above 0.
     * @return false if system or file system cannot reserve.
     * @throws IOException   if the device has no room; what it gave in part is given back.
     * @throws TapeException if it fails in any other way, or the process may open no more files.
     */
    static boolean reserve(final Path file, final long from, final long length) throws IOException
    {
        final PosixAPI api = Posix.API;
        return api != null && reserve(api, file, from, length);
    }

    static boolean reserve(final PosixAPI api, final Path file, final long from, final long length) throws IOException
    {
        final int descriptor = untilNotInterrupted(api, () -> api.open(file.toString(), O_WRONLY, 0));
        if (descriptor < 0)
        {
            throw failed(api, "open", file);
        }
        try
        {
            return reserve(api, descriptor, file, from, length);
        }
        finally
        {
            api.close(descriptor);
        }
    }

    private static boolean reserve(
        final PosixAPI api, final int descriptor, final Path file, final long from, final long length)
        throws IOException
    {
        if (untilNotInterrupted(api, () -> api.fallocate(descriptor, KEEP_SIZE, from, length)) == 0)
        {
            return true;
        }
        final int error = api.lastError();
        if (CANNOT.contains(error))
        {
            return false;
        }
        final TapeException failure = failed(api, "fallocate", file);
        // A call that is refused keeps what it got so far; a truncation to the same length frees what lies behind.
        api.ftruncate(descriptor, Files.size(file));
        if (error == ENOSPC || error == EDQUOT)
        {
            throw new IOException("no space left on device");
        }
        throw failure;
    }

    /**
     * Makes a reserved range as if it had just been reserved, by {@code FALLOC_FL_ZERO_RANGE}: pages of it that are in
     * memory go. Where the system cannot, they stay.
     *
     * @param file   that is there.
     * @param from   offset of the range, in which nothing was written.
     * @param length of the range, above 0.
     * @throws IOException   if the device has no room any more.
     * @throws TapeException if it cannot be reserved in any other way.
     */
    static void renew(final Path file, final long from, final long length) throws IOException
    {
        final PosixAPI api = Posix.API;
        final int descriptor = api == null ? -1 : api.open(file.toString(), O_WRONLY, 0);
        if (api == null || descriptor < 0)
        {
            return;
        }
        try
        {
            api.fallocate(descriptor, ZERO_RANGE | KEEP_SIZE, from, length);
            // Some file systems give the space back for a moment, in which somebody else may take it.
            reserve(api, descriptor, file, from, length);
        }
        finally
        {
            api.close(descriptor);
        }
    }

    /** Some file systems give all back when a signal comes: with enough signals it would never end. */
    private static int untilNotInterrupted(final PosixAPI api, final IntSupplier call)
    {
        int result = call.getAsInt();
        for (int i = 0; i < MAX_RETRIES && result < 0 && api.lastError() == EINTR; i++)
        {
            result = call.getAsInt();
        }
        return result;
    }

    private static TapeException failed(final PosixAPI api, final String call, final Path file)
    {
        final int error = api.lastError();
        return new TapeException(Kind.IO, "space cannot be reserved: file=" + file + " call=" + call + " errno=" +
            error + ": " + api.strerror(error));
    }

    /**
     * Gives back what is reserved behind the end of a file.
     *
     * @param file that nobody writes.
     * @throws IOException if its length cannot be told.
     */
    static void giveBack(final Path file) throws IOException
    {
        final PosixAPI api = Posix.API;
        final int descriptor = api == null ? -1 : api.open(file.toString(), O_WRONLY, 0);
        if (api != null && descriptor >= 0)
        {
            api.ftruncate(descriptor, Files.size(file));
            api.close(descriptor);
        }
    }
}
