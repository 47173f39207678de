package io.ringtape.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that holds a tape for writing.
 * <p>
 * Its name stands in a file of its own: on POSIX a process that closes any descriptor of a locked file loses the lock,
 * so nobody but the holder ever opens the lock file to read.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param pid       its process id.
 * @param startedAt when the process started.
 */
public record TapeOwner(long pid, Instant startedAt)
{
    static final String NAME = "owner";
    private static final int MAX_BYTES = 256;
    private static final Pattern LINE = Pattern.compile("pid=(\\d{1,18}) started=(\\S{1,40})\n");

    static TapeOwner self()
    {
        final ProcessHandle self = ProcessHandle.current();
        return new TapeOwner(self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    }

    /**
     * The live owner of a tape.
     *
     * @param directory of the tape.
     * @return empty if nobody holds it, or the holder is dead, also if its pid was given to another process.
     */
    static Optional<TapeOwner> find(final Path directory)
    {
        return read(directory).filter(TapeOwner::isAlive);
    }

    static Optional<TapeOwner> read(final Path directory)
    {
        final Path file = directory.resolve(NAME);
        try
        {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES)
            {
                return Optional.empty();
            }
            final Matcher line = LINE.matcher(Files.readString(file, StandardCharsets.UTF_8));
            return line.matches() ?
                Optional.of(new TapeOwner(Long.parseLong(line.group(1)), Instant.parse(line.group(2)))) :
                Optional.empty();
        }
        catch (final IOException | DateTimeParseException e)
        {
            return Optional.empty();
        }
    }

    void write(final Path directory) throws IOException
    {
        final Path file = directory.resolve(NAME);
        if (!Files.exists(file))
        {
            Permissions.createFile(file);
        }
        Files.writeString(file, "pid=" + pid + " started=" + startedAt + "\n", StandardCharsets.UTF_8);
    }

    private boolean isAlive()
    {
        return ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .flatMap((process) -> process.info().startInstant())
            .map((instant) -> instant.equals(startedAt))
            .orElse(false);
    }
}
