package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.bench.peer.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class PeerMainIT
{
    /** The clock alone: one thread, and a run takes a tenth of a second. */
    private static final int PEER = 1;

    @Test
    void shouldWriteTheLatenciesOfItsTurnsAlone() throws IOException, InterruptedException
    {
        final Path directory = Files.createTempDirectory(Path.of("target"), "peer-main");
        final Row row = Rows.named("L2");
        final Process fork = start(row, directory);

        try (BufferedReader answers = fork.inputReader(StandardCharsets.UTF_8))
        {
            assertEquals("ready", answers.readLine());
            for (int turn = 0; turn < 2; turn++)
            {
                fork.getOutputStream().write('\n');
                fork.getOutputStream().flush();
                assertTrue(answers.readLine().startsWith("cost "));
            }
            fork.getOutputStream().close();
            assertEquals(0, fork.waitFor());
        }

        try (HistogramLogReader log = new HistogramLogReader(HistogramLog.file(directory, row, PEER).toFile()))
        {
            // A turn has a run without a clock and, since a run takes longer than a millisecond, one that is timed.
            assertEquals(2L * row.events(), ((Histogram)log.nextIntervalHistogram()).getTotalCount());
            assertNull(log.nextIntervalHistogram());
        }
        Scratch.remove(directory);
    }

    private static Process start(final Row row, final Path directory) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(ForkedRunner.flags());
        command.add("-D" + ForkProperties.OUT + "=" + directory);
        command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath(), PeerMain.class.getName(),
            row.id(), Integer.toString(PEER), directory.toString(), "1", "0"));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
