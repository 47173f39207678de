package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.jvm.JvmFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ForkedRunnerIT
{
    @Test
    void shouldRunTurnsInAForkAndLeaveNothing() throws IOException
    {
        final Path parent = Files.createTempDirectory(Path.of("target"), "fork");
        final Row row = Rows.named("R1");

        try (Runner runner = ForkedRunner.open(
            row, row.peers().size() - 1, new Plan(9, 1, 1, 0, 0.3, 1), parent, Optional.empty()))
        {
            assertTrue(runner.turn() > 0);
            assertTrue(runner.turn() > 0);
        }

        try (Stream<Path> left = Files.list(parent))
        {
            assertEquals(List.of(), left.toList());
        }
        Files.delete(parent);
    }

    @Test
    void shouldTellOfAForkThatWasKilledAndCloseInOrder() throws IOException
    {
        final Path parent = Files.createTempDirectory(Path.of("target"), "fork");
        final Row row = Rows.named("R1");
        final int peer = row.peers().size() - 1;
        final Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
        final Runner runner = ForkedRunner.open(row, peer, new Plan(9, 1, 1, 0, 0.3, 1), parent, Optional.empty());
        final ProcessHandle fork = ProcessHandle.current().children()
            .filter((child) -> !before.contains(child)).findFirst().orElseThrow();
        fork.destroyForcibly();
        fork.onExit().join();

        final Exception thrown = assertThrows(ForkGoneException.class, runner::turn);
        runner.close();

        assertEquals("fork failed: row=R1 peer=" + row.peers().get(peer).name() + " answer=ended",
            thrown.getMessage());
        try (Stream<Path> left = Files.list(parent))
        {
            assertEquals(List.of(), left.toList());
        }
        Files.delete(parent);
    }

    @Test
    void shouldGiveForksTheFlagsOfTheOneFileFirst()
    {
        final List<String> required = JvmFlags.required();

        assertEquals(required, ForkedRunner.flags().subList(0, required.size()));
    }
}
