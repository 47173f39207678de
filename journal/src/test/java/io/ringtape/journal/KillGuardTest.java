package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.Definitions;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.SourceDefinition.Kind;
import io.ringtape.gateway.KillGuard;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway is told, of two strategies and two accounts; nobody else of its process runs. */
@Timeout(20)
final class KillGuardTest
{
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int ACCOUNT = 7;
    private static final int OTHER_ACCOUNT = 8;

    private final Path directory = Path.of("target", "kill-guard");
    private final Definitions definitions = new Definitions();
    private ControlFile file;
    private KillGuard guard;

    @BeforeEach
    void open() throws IOException
    {
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
        definitions.add(new SourceDefinition(0, Kind.FEED, "first", 0, 0, 0));
        definitions.add(new SourceDefinition(FIRST, Kind.STRATEGY, "first", ACCOUNT, 0, 0));
        definitions.add(new SourceDefinition(SECOND, Kind.STRATEGY, "second", OTHER_ACCOUNT, 0, 0));
        file = ControlFile.open(directory);
        guard = file.killGuard(definitions);
    }

    @AfterEach
    void close() throws IOException
    {
        file.close();
        IoUtil.delete(directory.toFile(), true);
    }

    @Test
    void shouldStopAStrategyByItsName()
    {
        assertTrue(guard.maySend(FIRST, ACCOUNT));

        change(true, KillScope.strategy("first"));
        assertFalse(guard.maySend(FIRST, ACCOUNT));
        assertTrue(guard.maySend(SECOND, OTHER_ACCOUNT));

        change(false, KillScope.strategy("first"));
        assertTrue(guard.maySend(FIRST, ACCOUNT));
    }

    @Test
    void shouldStopAnAccountAndEverybody()
    {
        change(true, KillScope.account(ACCOUNT));
        assertFalse(guard.maySend(FIRST, ACCOUNT));
        assertTrue(guard.maySend(FIRST, OTHER_ACCOUNT));

        change(true, KillScope.ALL);
        assertFalse(guard.maySend(FIRST, OTHER_ACCOUNT));

        change(false, KillScope.ALL);
        assertFalse(guard.maySend(FIRST, ACCOUNT));
        assertTrue(guard.maySend(FIRST, OTHER_ACCOUNT));
    }

    @Test
    void shouldStopWhatItDoesNotKnow()
    {
        final KillGuard nameless = file.killGuard(new Definitions());
        assertTrue(nameless.maySend(FIRST, ACCOUNT));
        assertFalse(guard.maySend(-1, ACCOUNT));
        assertFalse(guard.maySend(Definitions.MAX_SOURCE_ID + 1, ACCOUNT));

        change(true, KillScope.strategy("third"));

        assertTrue(guard.maySend(FIRST, ACCOUNT));
        // No such source was defined when it looked.
        assertFalse(guard.maySend(SECOND + 1, ACCOUNT));
        assertFalse(nameless.maySend(FIRST, ACCOUNT));
    }

    @Test
    void shouldStopEverybodyOnceTheFileIsClosed()
    {
        assertTrue(guard.maySend(FIRST, ACCOUNT));

        file.close();

        assertFalse(guard.maySend(FIRST, ACCOUNT));
        guard.beat(5);
        assertEquals(0, ControlFile.read(directory).beatNs());
    }

    @Test
    void shouldSayThatItLooksAndWhatItSaw()
    {
        guard.beat(1_000);
        assertEquals(1_000, ControlFile.read(directory).beatNs());
        assertEquals(0, ControlFile.read(directory).seenNumber());

        change(true, KillScope.ALL);
        change(true, KillScope.account(ACCOUNT));
        assertEquals(0, ControlFile.read(directory).seenNumber());
        guard.beat(2_000);

        assertEquals(2_000, ControlFile.read(directory).beatNs());
        assertEquals(2, ControlFile.read(directory).seenNumber());
    }

    @Test
    void shouldStopNothingWithoutAKillSwitch()
    {
        KillGuard.NONE.beat(1);

        assertTrue(KillGuard.NONE.maySend(FIRST, ACCOUNT));
    }

    @Test
    void shouldNeverLetThroughWhatIsStoppedWhileOthersChange() throws InterruptedException
    {
        change(true, KillScope.account(ACCOUNT));
        final Thread changes = new Thread(() ->
        {
            for (int i = 0; i < 300; i++)
            {
                change((i & 1) == 0, KillScope.account(OTHER_ACCOUNT));
                change((i & 2) == 0, KillScope.strategy("second"));
            }
        });
        changes.start();

        boolean isThrough = false;
        while (changes.isAlive())
        {
            isThrough |= guard.maySend(FIRST, ACCOUNT);
        }
        changes.join();

        assertFalse(isThrough);
        assertFalse(guard.maySend(FIRST, ACCOUNT));
        assertTrue(guard.maySend(FIRST, OTHER_ACCOUNT));
    }

    @Test
    void shouldAllocateNothingWhileNothingChanges()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        change(true, KillScope.strategy("second"));
        boolean isStopped = false;
        long least = Long.MAX_VALUE;

        for (int round = 0; round < 20; round++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++)
            {
                isStopped |= !guard.maySend(FIRST, ACCOUNT);
                guard.beat(i);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertFalse(isStopped);
        assertEquals(0, least);
    }

    private void change(final boolean isKilled, final KillScope whom)
    {
        file.change(isKilled, whom, KillReason.HAND, 5);
    }
}
