package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
final class MachineTest
{
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();
    private static final Machine KNOWN = machine("AMD EPYC", 8_387_584L << 10, "ext4");
    private static final Machine UNKNOWN = machine("AMD EPYC", Machine.UNKNOWN_BYTES, Machine.UNKNOWN);

    @TempDir
    private Path folder;

    @Test
    void shouldTellWhatLinuxTells() throws IOException
    {
        final Path processors = write("processor\t: 0\nmodel name\t: AMD EPYC 9B14\nmodel name\t: other\n");
        final Path memory = write("MemFree:  12 kB\nMemTotal:        8387584 kB\n");

        assertEquals("AMD EPYC 9B14", Machine.processor(processors));
        assertEquals(8_387_584L << 10, Machine.memoryBytes(memory));
    }

    @Test
    void shouldSayUnknownWhereNothingIsTold() throws IOException
    {
        final Path none = folder.resolve("none");
        final Path other = write("MemTotal: lots\nmodel names\n");

        assertEquals("unknown " + SYSTEM.getArch(), Machine.processor(none));
        assertEquals("unknown " + SYSTEM.getArch(), Machine.processor(other));
        assertEquals(Machine.UNKNOWN_BYTES, Machine.memoryBytes(none));
        assertEquals(Machine.UNKNOWN_BYTES, Machine.memoryBytes(other));
        assertEquals(Machine.UNKNOWN, Machine.fileSystem(none));
    }

    @Test
    void shouldKeepATextShortAndOnOneLine() throws IOException
    {
        final String model = Machine.processor(write("model name : a\u001b[31m\tb" + "c".repeat(1_000) + "\n"));

        assertEquals(100, model.length());
        assertTrue(model.startsWith("a [31m bccc"), model);
    }

    @Test
    void shouldKnowThisMachine() throws IOException
    {
        final Machine here = Machine.here(folder);

        assertEquals(Runtime.getRuntime().availableProcessors(), here.processors());
        assertEquals(Files.getFileStore(folder).type(), here.fileSystem());
        assertEquals(SYSTEM.getName() + " " + SYSTEM.getVersion(), here.system());
        assertTrue(here.jdk().contains(" " + Runtime.version().feature()), here.jdk());
        assertEquals(ForkedRunner.flags(), here.flags());
    }

    @Test
    void shouldSayAllOfItInOneLine()
    {
        assertEquals("AMD EPYC, 2 processors, 8.0 GiB of memory, Linux 6.18, tapes on ext4", KNOWN.text());
        assertEquals("AMD EPYC, 2 processors, memory unknown, Linux 6.18, tapes on an unknown file system",
            UNKNOWN.text());
    }

    @Test
    void shouldBeAnotherWhereSomethingDiffersThatBothKnow()
    {
        assertFalse(KNOWN.isOther(UNKNOWN));
        assertFalse(UNKNOWN.isOther(KNOWN));
        assertFalse(KNOWN.isOther(machine("AMD EPYC", (8_387_584L << 10) - 4_096, "ext4")));
        assertTrue(KNOWN.isOther(machine("AMD EPYC", 4L << 30, "ext4")));
        assertTrue(KNOWN.isOther(machine("AMD EPYC", 8_387_584L << 10, "tmpfs")));
        assertTrue(KNOWN.isOther(machine("Intel Xeon", 8_387_584L << 10, "ext4")));
    }

    private static Machine machine(final String processor, final long memoryBytes, final String fileSystem)
    {
        return new Machine(processor, 2, memoryBytes, "Linux 6.18", fileSystem, "Debian 17.0.15", List.of());
    }

    private Path write(final String text) throws IOException
    {
        return Files.writeString(Files.createTempFile(folder, "info", ""), text);
    }
}
