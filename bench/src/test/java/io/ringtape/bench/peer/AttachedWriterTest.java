package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The row wants four processors; that its peers lose nothing shows with fewer. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class AttachedWriterTest
{
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoseNothingAndCountOnlyThePacketsBehindThePast(final boolean attaches) throws IOException
    {
        final Path directory = Files.createTempDirectory(Path.of("target"), "attached");

        try (Peer peer = new AttachedWriter(directory, attaches))
        {
            for (final int blocks : new int[]{1, 25, 300})
            {
                final int count = blocks * Work.BLOCK_EVENTS;
                peer.prepare(count);
                final long start = System.nanoTime();
                peer.run(count);
                final long elapsedNs = System.nanoTime() - start;

                assertEquals(Work.expected(peer.firstSequence(), count), peer.checksum());
                assertTrue(peer.cost(elapsedNs) > 0);
            }
        }
        Scratch.remove(directory);
    }
}
