package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.tape.BookQuery;
import io.ringtape.cli.tape.TapeCheck;
import io.ringtape.cli.tape.TapeProgress;
import io.ringtape.event.Definitions;
import io.ringtape.journal.SnapshotMaker;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the bar says of a run that is not the first of its tape; a clock that runs ahead draws each update. */
@Timeout(60)
final class SessionProgressTest
{
    private static final Pattern EVENTS = Pattern.compile(" ([0-9,]+) events?  ");
    private static final long EVENTS_OF_RUN = 30_000;

    private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    private final long[] nowNs = {0};
    private final NanoClock clock = () -> nowNs[0] += 2_000_000_000L;
    private final Progress progress =
        new Progress(new PrintStream(drawn, true, StandardCharsets.UTF_8), true, clock);

    @TempDir
    private Path directory;
    private Path journal = Path.of("");
    private RecordReport second;

    @BeforeEach
    void recordTwice() throws CaptureException
    {
        journal = directory.resolve("tape");
        record();
        drawn.reset();
        second = record();
    }

    @Test
    void shouldCountTheEventsOfARecordingFromItsFirst()
    {
        final List<Long> counts = counts("recording");

        assertTrue(counts.size() > 1, counts::toString);
        assertTrue(counts.get(counts.size() - 1) <= second.run().events(), counts::toString);
    }

    @Test
    void shouldCountTheEventsOfAReplayFromItsFirst()
    {
        drawn.reset();

        new ReplaySession(context()).run(tape(), range());

        final List<Long> counts = counts("replaying");
        assertEquals(second.run().events(), counts.get(counts.size() - 1));
        assertTrue(bars("replaying").get(counts.size() - 1).contains("] 100 % "));
    }

    @Test
    void shouldShowHowFarAReplayOfTimesHasCome()
    {
        drawn.reset();

        new ReplaySession(context()).run(tape(), TapeRange.times(Long.MIN_VALUE, Long.MAX_VALUE - 1));

        final List<Long> counts = counts("replaying");
        assertEquals(2 * second.run().events(), counts.get(counts.size() - 1));
        assertTrue(bars("replaying").get(counts.size() - 1).contains("] 100 % "));
    }

    @Test
    void shouldShowHowFarTheMakingOfSnapshotsHasCome()
    {
        drawn.reset();

        snapshots(second.run().events() * 2 / 3);
        final int before = bars("reading").size();
        snapshots(1_000);

        final List<Long> counts = counts("reading");
        final long newest = tape().snapshots().list().get(0).sequence();
        assertTrue(newest > 0);
        assertEquals(2 * second.run().events(), counts.get(before - 1));
        assertTrue(bars("reading").get(before - 1).contains("] 100 % "));
        assertTrue(counts.get(counts.size() - 1) < second.run().events(), counts::toString);
        assertTrue(bars("reading").get(counts.size() - 1).contains("] 100 % "));
    }

    @Test
    void shouldCountTheEventsThatABookTakes()
    {
        drawn.reset();

        new BookQuery(tape(), Optional.empty(), 1).at(BookQuery.END, progress);

        final List<Long> counts = counts("reading");
        assertEquals(second.run().events(), counts.get(counts.size() - 1));
        assertTrue(bars("reading").get(counts.size() - 1).contains("] 100 % "));
    }

    @Test
    void shouldShowHowFarAVerificationHasCome()
    {
        drawn.reset();

        TapeCheck.run(journal, progress);

        final List<Long> counts = counts("verifying");
        assertEquals(second.run().span().lastSequence() + 1, counts.get(counts.size() - 1));
        assertTrue(bars("verifying").stream().allMatch((bar) -> bar.contains(" % ")));
    }

    private void snapshots(final long everyEvents)
    {
        try (SnapshotMaker maker = SnapshotMaker.open(tape(), everyEvents, 0, this::isNoNews))
        {
            maker.advance(TapeProgress.ofSnapshots(progress, tape()));
        }
    }

    private void isNoNews(final String line)
    {
        assertEquals("", line);
    }

    private RecordReport record() throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (DemoSession session = DemoSession.open(EVENTS_OF_RUN, 1, definitions))
        {
            return new RecordSession(definitions, session, context())
                .run(journal, RecordLayout.INLINE, OnBadInput.DISCARD);
        }
    }

    private SessionContext context()
    {
        return new SessionContext(new StopSignal(), progress, (line) ->
        {
        }, clock);
    }

    private Tape tape()
    {
        return Tape.open(journal);
    }

    private TapeRange range()
    {
        return TapeRange.sequences(second.run().span().firstSequence(), Long.MAX_VALUE);
    }

    private List<Long> counts(final String label)
    {
        final List<Long> counts = new ArrayList<>();
        for (final String bar : bars(label))
        {
            final Matcher found = EVENTS.matcher(bar);
            assertTrue(found.find(), bar);
            counts.add(Long.parseLong(found.group(1).replace(",", "")));
        }
        return counts;
    }

    private List<String> bars(final String label)
    {
        return drawn.toString(StandardCharsets.UTF_8).lines().flatMap((line) -> List.of(line.split("\r", -1)).stream())
            .filter((bar) -> bar.startsWith(label)).toList();
    }
}
