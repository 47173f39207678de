package io.ringtape.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Which start of the machine this is: what a process left in memory of the system survives the process, but not the
 * machine.
 *
 * @param high half of the id; 0 where the system does not tell.
 * @param low  half of the id; 0 where the system does not tell.
 */
record BootId(long high, long low)
{
    static final BootId UNKNOWN = new BootId(0L, 0L);
    private static final Path SOURCE = Path.of("/proc/sys/kernel/random/boot_id");

    static BootId current()
    {
        try
        {
            final UUID id = UUID.fromString(Files.readString(SOURCE).trim());
            return new BootId(id.getMostSignificantBits(), id.getLeastSignificantBits());
        }
        catch (final IOException | IllegalArgumentException e)
        {
            // Not Linux, or hidden from a container.
            return UNKNOWN;
        }
    }

    /** Whether the machine is known not to have started again since. */
    boolean isSame(final BootId other)
    {
        return !equals(UNKNOWN) && equals(other);
    }

    /** Whether the machine is known to have started again since. */
    boolean isAnother(final BootId other)
    {
        return !equals(UNKNOWN) && !other.equals(UNKNOWN) && !equals(other);
    }

    @Override
    public String toString()
    {
        return new UUID(high, low).toString();
    }
}
