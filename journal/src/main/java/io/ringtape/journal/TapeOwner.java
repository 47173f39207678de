package io.ringtape.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
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
 * @param bootId    the start of the machine that it belongs to; all bits 0 where the system does not tell.
 * @param host      the name of its machine or container; {@code unknown} where the system does not tell.
 */
public record TapeOwner(long pid, Instant startedAt, UUID bootId, String host)
{
    static final String NAME = "owner";
    static final int MAX_BYTES = 256;
    private static final Pattern LINE = Pattern.compile("pid=(\\d{1,18}) started=(\\S{1,40}) " +
        "boot=(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}) host=(\\S{1,64})\n");

    static TapeOwner self(final BootId bootId)
    {
        return of(ProcessHandle.current(), bootId);
    }

    static TapeOwner of(final ProcessHandle process, final BootId bootId)
    {
        return new TapeOwner(process.pid(), process.info().startInstant().orElse(Instant.EPOCH),
            new UUID(bootId.high(), bootId.low()), HostName.current());
    }

    /**
     * The live owner of a tape. A process that is stopped is alive.
     *
     * @param directory of the tape.
     * @param bootId    of this machine.
     * @return empty if nobody holds it, or the holder is dead, also if its pid was given to another process. Also empty
     *     if it runs on another machine: its pid means nothing here, and only the lock tells.
     */
    static Optional<TapeOwner> find(final Path directory, final BootId bootId)
    {
        return read(directory).filter((owner) -> owner.isAlive(bootId));
    }

    static Optional<TapeOwner> read(final Path directory)
    {
        final Path file = directory.resolve(NAME);
        try
        {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES)
            {
                return Optional.empty();
            }
            return parse(Files.readString(file, StandardCharsets.UTF_8));
        }
        catch (final IOException e)
        {
            return Optional.empty();
        }
    }

    static Optional<TapeOwner> parse(final String text)
    {
        final Matcher line = LINE.matcher(text);
        try
        {
            return line.matches() ?
                Optional.of(new TapeOwner(Long.parseLong(line.group(1)), Instant.parse(line.group(2)),
                    UUID.fromString(line.group(3)), line.group(4))) :
                Optional.empty();
        }
        catch (final DateTimeParseException e)
        {
            return Optional.empty();
        }
    }

    void write(final Path directory) throws IOException
    {
        final Path file = directory.resolve(NAME);
        final boolean isMade = !Files.exists(file);
        if (isMade)
        {
            Permissions.createFile(file);
        }
        try
        {
            Files.writeString(file, line(), StandardCharsets.UTF_8);
        }
        catch (final IOException e)
        {
            if (isMade)
            {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    String line()
    {
        return "pid=" + pid + " started=" + startedAt + " boot=" + bootId + " host=" + host + "\n";
    }

    /** The owner as messages name it; the host only where it is not this one. */
    String text()
    {
        return "pid=" + pid + " started=" + startedAt + (host.equals(HostName.current()) ? "" : " host=" + host);
    }

    /** Whether it still runs, as far as this machine can tell. */
    boolean isAlive(final BootId current)
    {
        final BootId own = new BootId(bootId.getMostSignificantBits(), bootId.getLeastSignificantBits());
        return !current.isAnother(own) && ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .flatMap((process) -> process.info().startInstant())
            .map((instant) -> instant.equals(startedAt))
            .orElse(false);
    }
}
