package io.ringtape.bench.rig;

import io.ringtape.cli.output.Formats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a run was made, as its report says it: no name of a host or a user. What the system does not tell is
 * {@link #UNKNOWN}.
 * <p>
 * Thread safety: immutable.
 * Allocation: none but for texts.
 *
 * @param processor   the model, or unknown and the architecture.
 * @param processors  that this JVM may use.
 * @param memoryBytes of the machine, or {@link #UNKNOWN_BYTES}.
 * @param system      name and release of the kernel.
 * @param fileSystem  type of the one that the tapes are on.
 * @param jdk         vendor and version.
 * @param flags       of every fork.
 */
public record Machine(
    String processor, int processors, long memoryBytes, String system, String fileSystem, String jdk,
    List<String> flags)
{
    /** In place of a text that the system does not tell. */
    public static final String UNKNOWN = "unknown";
    /** In place of a size that the system does not tell. */
    public static final long UNKNOWN_BYTES = -1;

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
    private static final int MAX_LENGTH = 100;
    private static final int KIB = 1 << 10;
    private static final double GIB = 1 << 30;

    /**
     * This machine.
     *
     * @param tapes directory that the tapes are written to.
     * @return what is known of it.
     */
    public static Machine here(final Path tapes)
    {
        return new Machine(
            processor(CPU_INFO),
            Runtime.getRuntime().availableProcessors(),
            memoryBytes(MEMORY_INFO),
            bounded(System.getProperty("os.name") + " " + System.getProperty("os.version")),
            fileSystem(tapes),
            bounded(System.getProperty("java.vendor") + " " + System.getProperty("java.version")),
            ForkedRunner.flags());
    }

    /** The model as Linux tells it, or else what kind of processor it is. */
    static String processor(final Path info)
    {
        return field(info, "model name").orElse(UNKNOWN + " " + bounded(System.getProperty("os.arch")));
    }

    /** The memory as Linux tells it, such as {@code MemTotal: 8123456 kB}. */
    static long memoryBytes(final Path info)
    {
        return field(info, "MemTotal")
            .filter((text) -> text.matches("\\d{1,12} kB"))
            .map((text) -> KIB * Long.parseLong(text.substring(0, text.indexOf(' '))))
            .orElse(UNKNOWN_BYTES);
    }

    /** The type of the file system of a directory. */
    static String fileSystem(final Path directory)
    {
        try
        {
            return bounded(Files.getFileStore(directory).type());
        }
        catch (final IOException e)
        {
            // It is told for the reader alone.
            return UNKNOWN;
        }
    }

    private static Optional<String> field(final Path info, final String name)
    {
        try (BufferedReader lines = Files.newBufferedReader(info, StandardCharsets.ISO_8859_1))
        {
            return lines.lines()
                .filter((line) -> line.startsWith(name) && line.indexOf(':') >= 0)
                .map((line) -> bounded(line.substring(line.indexOf(':') + 1)))
                .findFirst();
        }
        catch (final IOException | UncheckedIOException e)
        {
            // Only Linux has the file.
            return Optional.empty();
        }
    }

    private static String bounded(final String text)
    {
        final String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        final String told = line.substring(0, Math.min(MAX_LENGTH, line.length()));
        return told.isEmpty() ? UNKNOWN : told;
    }

    /**
     * The machine without its JDK.
     *
     * @return for example {@code AMD EPYC, 2 processors, 7.8 GiB of memory, Linux 6.18, tapes on ext4}.
     */
    public String text()
    {
        return processor + ", " + processors + " processors, " + memory() + ", " + system + ", tapes on " +
            (fileSystem.equals(UNKNOWN) ? "an " + UNKNOWN + " file system" : fileSystem);
    }

    /** In tenths of a GiB: a kernel may take a little more of it for itself at its next start. */
    private String memory()
    {
        return memoryBytes == UNKNOWN_BYTES ?
            "memory " + UNKNOWN : Formats.decimal(memoryBytes / GIB, 1) + " GiB of memory";
    }

    /**
     * Whether two results are known to be of two machines, or of two file systems of one.
     *
     * @param other where the other one was made.
     * @return true if something differs that both know; JDK and flags are not looked at.
     */
    public boolean isOther(final Machine other)
    {
        return !processor.equals(other.processor) || processors != other.processors || !system.equals(other.system) ||
            (memoryBytes != UNKNOWN_BYTES && other.memoryBytes != UNKNOWN_BYTES && !memory().equals(other.memory())) ||
            (!fileSystem.equals(UNKNOWN) && !other.fileSystem.equals(UNKNOWN) && !fileSystem.equals(other.fileSystem));
    }
}
