package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import java.nio.file.Path;
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

        try (KillPoll poll = KillPoll.open(directory, new Definitions(), new Outbox(), () -> 0))
        {
            poll.next(batch);
            assertEquals(20, poll.timeNs());
            batch.clear();
            batch.append().type(EventType.TRADE).receiveTimeNs(15);
            poll.next(batch);

            assertEquals(20, poll.timeNs());
        }
    }
}
