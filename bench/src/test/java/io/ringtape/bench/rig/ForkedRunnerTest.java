package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ForkedRunnerTest
{
    private static final Plan PLAN = new Plan(9, 3, 100, 1_000, 0.3, 1);
    private static final Path SCRATCH = Path.of("scratch");

    @Test
    void shouldTellAForkItsPeerAndItsTimes()
    {
        final List<String> command = ForkedRunner.command(Rows.named("R1"), 2, PLAN, SCRATCH, Optional.empty());

        assertEquals(List.of(PeerMain.class.getName(), "R1", "2", "scratch", "100", "1000"), tail(command, 6));
        assertTrue(command.stream().noneMatch((word) -> word.contains(ForkedRunner.OUT_PROPERTY)));
    }

    @Test
    void shouldTellAForkWhereItsFilesAreKept()
    {
        final List<String> command =
            ForkedRunner.command(Rows.named("R1"), 0, PLAN, SCRATCH, Optional.of(Path.of("results")));

        assertTrue(command.contains("-Dringtape.bench.out=" + Path.of("results").toAbsolutePath()), command::toString);
    }

    @Test
    void shouldTellAForkTheIndexInTheWholeRow()
    {
        final Row whole = Rows.named("T1");
        final Row other = new Row(whole.id(), whole.what(), whole.measure(), whole.processors(), whole.events(),
            List.of(whole.peers().get(0), whole.peers().get(3)));

        final List<String> command = ForkedRunner.command(other, 1, PLAN, SCRATCH, Optional.empty());

        assertEquals(List.of("T1", "3"), tail(command, 5).subList(0, 2));
    }

    private static List<String> tail(final List<String> command, final int count)
    {
        return command.subList(command.size() - count, command.size());
    }
}
