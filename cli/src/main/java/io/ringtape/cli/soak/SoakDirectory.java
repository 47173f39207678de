package io.ringtape.cli.soak;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.platform.FreeSpace;
import io.ringtape.cli.platform.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the tape of a soak lies: a temporary directory that is removed, or a new one that is kept.
 * <p>
 * A tape that nobody asked for takes a tenth of the free space at most; one that is asked for has to fit.
 */
final class SoakDirectory implements AutoCloseable
{
    // Blocks are short where the recorder keeps up, and each has a header of an event's length.
    private static final long BYTES_PER_EVENT = 72;
    private static final long FIXED_BYTES = 192L << 20;
    private static final long FREE_SHARE = 10;

    private final Path tape;
    private final Optional<TemporaryDirectory> temporary;

    private SoakDirectory(final Path tape, final Optional<TemporaryDirectory> temporary)
    {
        this.tape = tape;
        this.temporary = temporary;
    }

    static SoakDirectory open(final SoakRequest request)
    {
        try
        {
            if (request.journal().isPresent())
            {
                final Path tape = request.journal().get();
                if (Files.exists(tape))
                {
                    throw new CommandException(
                        ExitCode.CANNOT_CREATE, "a soak needs a new directory: directory=" + tape);
                }
                requireSpace(tape.toAbsolutePath(), request.events(), 1);
                return new SoakDirectory(tape, Optional.empty());
            }
            final TemporaryDirectory made = TemporaryDirectory.create(Optional.empty(), "ringtape-soak-");
            boolean isRoomy = false;
            try
            {
                requireSpace(made.path(), request.events(), FREE_SHARE);
                isRoomy = true;
            }
            finally
            {
                if (!isRoomy)
                {
                    made.close();
                }
            }
            return new SoakDirectory(made.path().resolve("tape"), Optional.of(made));
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireSpace(final Path place, final long events, final long share) throws IOException
    {
        final long freeBytes = FreeSpace.bytes(place);
        // Compared in events, which do not overflow.
        if (freeBytes / share < FIXED_BYTES || (freeBytes / share - FIXED_BYTES) / BYTES_PER_EVENT < events)
        {
            throw new CommandException(ExitCode.IO_ERROR, "not enough space for the tape" +
                (share == 1 ? "" : ", a tenth of what is free must do, or name --journal") + ": directory=" + place +
                " freeBytes=" + freeBytes + " events=" + events + " bytesPerEvent=" + BYTES_PER_EVENT);
        }
    }

    Path tape()
    {
        return tape;
    }

    long bytes()
    {
        try (Stream<Path> walk = Files.walk(tape))
        {
            long sum = 0;
            for (final Path path : walk.filter(Files::isRegularFile).toList())
            {
                sum += Files.size(path);
            }
            return sum;
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close()
    {
        temporary.ifPresent(TemporaryDirectory::close);
    }
}
