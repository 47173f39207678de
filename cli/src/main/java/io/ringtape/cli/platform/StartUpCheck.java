package io.ringtape.cli.platform;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.jvm.JvmFlags;
import java.util.List;
import java.util.Set;

/**
 * Refuses a process that cannot run Ringtape, in one line and before anything is opened or made: a platform that is
 * not supported, or a JVM without the flags that Agrona and Chronicle Queue need.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param platform     that the process runs on.
 * @param missingFlags of this JVM, empty if it has all it needs.
 * @param neededFlags  all flags for this JDK.
 */
public record StartUpCheck(PlatformProperties platform, List<String> missingFlags, List<String> neededFlags)
{
    private static final Set<String> SYSTEMS = Set.of("Linux", "Mac OS X");
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64", "arm64");

    /**
     * Looks at this process.
     *
     * @return what there is to check.
     */
    public static StartUpCheck ofThisProcess()
    {
        return new StartUpCheck(PlatformProperties.read(), JvmFlags.missing(), JvmFlags.required());
    }

    /**
     * Refuses what cannot run.
     *
     * @throws CommandException with {@link ExitCode#INTERNAL} and the exact flags, or the platform.
     */
    public void require()
    {
        final String system = platform.osName();
        final String architecture = platform.osArchitecture();
        final boolean supported = SYSTEMS.contains(system) && ARCHITECTURES.contains(architecture);
        if (!supported)
        {
            throw new CommandException(ExitCode.INTERNAL, "platform is not supported, ringtape runs on Linux and " +
                "macOS, x86-64 and aarch64: os.name=" + system + " os.arch=" + architecture);
        }
        if (!missingFlags.isEmpty())
        {
            throw new CommandException(
                ExitCode.INTERNAL, "this JVM lacks flags, start it with: java " + String.join(" ", neededFlags));
        }
    }
}
