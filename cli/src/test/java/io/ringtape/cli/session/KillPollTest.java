package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.gateway.KillGuard;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.KillScope;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
final class KillPollTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldTakeTheLatestTimeOfAVenueEventThatIsNoBadOneAndNeverGoBack()
    {
        final EventBatch batch = new EventBatch(4);
        batch.append().type(EventType.TRADE).flags(EventFlags.BAD_TIME).receiveTimeNs(90);
        batch.append().type(EventType.TRADE).receiveTimeNs(20);
        batch.append().type(EventType.TRADE).receiveTimeNs(10);
        batch.append().type(EventType.DETAIL).receiveTimeNs(80);

        try (KillPoll poll = KillPoll.open(directory, new Definitions(), new Outbox(64), () -> 0))
        {
            poll.next(batch);
            assertEquals(20, poll.timeNs());
            batch.clear();
            batch.append().type(EventType.TRADE).receiveTimeNs(15);
            poll.next(batch);

            assertEquals(20, poll.timeNs());
        }
    }

    @Test
    void shouldStopEverybodyAtAFailureWhileAnotherHasTheLock() throws IOException
    {
        final KillPoll poll = KillPoll.open(directory, new Definitions(), new Outbox(64), () -> 7);
        final KillGuard guard = poll.guard();
        try (FileChannel other = FileChannel.open(directory.resolve("control"), StandardOpenOption.WRITE);
            FileLock lock = other.lock())
        {
            poll.fail();

            assertFalse(guard.maySend(1, 1));
            poll.close();
            assertTrue(lock.isValid());
        }

        final ControlFile.Scope stopped = ControlFile.read(directory).scopes().get(0);
        assertTrue(stopped.isKilled());
        assertEquals(KillScope.ALL, stopped.whom());
        assertEquals(KillReason.FAULT, stopped.reason());
    }
}
