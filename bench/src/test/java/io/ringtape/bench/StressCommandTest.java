package io.ringtape.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.jvm.JvmFlags;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class StressCommandTest
{
    @Test
    void shouldGiveTheForksTheFlagsOfTheOneFile()
    {
        final Path directory = Path.of("/stress");

        final List<String> command = StressCommand.command("quick", "Gate", directory);

        assertEquals(List.of("org.openjdk.jcstress.Main", "-m", "quick", "-t", "Gate", "-r", "/stress/report", "-sc",
            "false", "-jvmArgsPrepend", String.join(" ", JvmFlags.required())), command.subList(3, command.size()));
    }

    @Test
    void shouldFindItsClassesFromAnyDirectory()
    {
        final List<String> command = StressCommand.command("quick", ".*", Path.of("/stress"));

        assertEquals("-cp", command.get(1));
        assertTrue(Stream.of(command.get(2).split(File.pathSeparator, -1))
            .allMatch((entry) -> Path.of(entry).isAbsolute()), command.get(2));
    }

    @Test
    void shouldHaveAHarnessForEachTest() throws IOException
    {
        try (InputStream in = StressCommand.class.getResourceAsStream("/META-INF/TestList"))
        {
            final String list = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            for (final String name : List.of("AttachClose", "Attach", "Cursor", "EvictableGates", "Handover",
                "Inbox", "Leave", "PrivateGate", "SharedWriter"))
            {
                assertTrue(list.contains("io.ringtape.bus." + name + "Stress"), list);
            }
        }
    }
}
