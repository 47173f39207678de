package io.ringtape.cli.faults;

import java.nio.file.Path;

/**
 * The system property that starting a child reads.
 */
final class ChildProperties
{
    private ChildProperties()
    {
    }

    static Path javaHome()
    {
        return Path.of(System.getProperty("java.home"));
    }
}
