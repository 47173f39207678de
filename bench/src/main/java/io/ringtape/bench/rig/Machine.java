package io.ringtape.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a run was made, as its report says it.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 *
 * @param processor  the model, or the architecture where the system does not tell it.
 * @param processors that this JVM may use.
 * @param system     name and release.
 * @param jdk        vendor and version.
 * @param flags      of every fork.
 */
public record Machine(String processor, int processors, String system, String jdk, List<String> flags)
{
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    /**
     * This machine.
     *
     * @return what is known of it.
     */
    public static Machine here()
    {
        return new Machine(
            processorModel(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
            ForkedRunner.flags());
    }

    private static String processorModel()
    {
        try (Stream<String> lines = Files.lines(CPU_INFO))
        {
            return lines.filter((line) -> line.startsWith(MODEL))
                .map((line) -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        }
        catch (final IOException e)
        {
            // Only Linux has the file; elsewhere the architecture has to do.
            return System.getProperty("os.arch");
        }
    }
}
