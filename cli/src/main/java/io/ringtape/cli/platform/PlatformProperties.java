package io.ringtape.cli.platform;

/**
 * The system properties that the command reads, all of them.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param osName          of the operating system.
 * @param osArchitecture  of the processor, as the JVM calls it.
 */
public record PlatformProperties(String osName, String osArchitecture)
{
    /**
     * Those of this process.
     *
     * @return the values.
     */
    public static PlatformProperties read()
    {
        return new PlatformProperties(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }
}
