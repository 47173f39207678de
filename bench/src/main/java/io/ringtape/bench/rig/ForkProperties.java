package io.ringtape.bench.rig;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the rounds tell a fork by properties.
 * <p>
 * Thread safety: stateless. Allocation: not for hot paths.
 */
final class ForkProperties
{
    /** Where files are kept; not set where nobody asked for any. */
    static final String OUT = "ringtape.bench.out";

    private ForkProperties()
    {
    }

    static Optional<Path> out()
    {
        return Optional.ofNullable(System.getProperty(OUT)).map(Path::of);
    }
}
