package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookKind;
import io.ringtape.event.EventHashes;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SourceDefinition;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A tape of format 2 as it was once written: a closed run, and one that was not closed; and one of format 1. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class GoldenTapeTest
{
    @Test
    void shouldReadFormat2() throws URISyntaxException
    {
        final Path golden = golden(2);
        final List<String> told = new ArrayList<>();
        final EventHashes hashes = new EventHashes();
        final OrderBookEvent event = new OrderBookEvent();
        final RunListener listener = new RunListener()
        {
            @Override
            public void onRunStart(final RunInfo run)
            {
                told.add("run=" + run.runId() + " first=" + run.firstSequence() + " previous=" + run.previousRunId() +
                    " start=" + run.startTimeNs());
            }

            @Override
            public void onRunEnd(final RunInfo run, final Optional<RunTrailer> trailer)
            {
                told.add(trailer.toString());
            }
        };

        try (TapeReader reader = Tape.open(golden).read(TapeRange.ALL, listener))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    hashes.onEvent(reader.event(i, event));
                }
                if (reader.run().runId() == 2)
                {
                    assertEquals(List.of(
                        new SettingsDefinition(0, SettingsDefinition.Kind.LIMITS, 3, "{\"version\": 3}\r\n"),
                        new SettingsDefinition(1, SettingsDefinition.Kind.PARAMETERS, 0, "{\"lots\": \"\u03a9\"}"),
                        new SettingsDefinition(2, SettingsDefinition.Kind.LIMITS_CHANGE, 4, "{\"version\": 4}")),
                        IntStream.range(0, reader.definitions().settingsCount())
                            .mapToObj(reader.definitions()::settings).toList());
                    assertEquals(new InstrumentDefinition(1, "\u03a9MEGA", -5, -2, -8, BookKind.MBP, 10, 25, 100, 50),
                        reader.definitions().instrument(1));
                    assertEquals(new SourceDefinition(1, SourceDefinition.Kind.STRATEGY, "example", 42, 0, 3),
                        reader.definitions().source(1));
                }
                assertEquals(Tapes.instrument(0), reader.definitions().instrument(0));
            }
        }

        assertEquals(List.of("run=1 first=0 previous=-1 start=1700000000000000000",
            "Optional[RunTrailer[lastSequence=20, endTimeNs=1700000000000000000, summary=RunSummary[inputCount=1, " +
                "ownCount=2, eventHash=3, outputHash=4, bookHash=5]]]",
            "run=2 first=21 previous=1 start=1700000000000000001", "Optional.empty"), told);
        assertEquals(31, hashes.inputCount() + hashes.ownCount());
        assertEquals("c98a1cb598fcf89c", EventHashes.hex(hashes.eventHash()));
        assertEquals(new TapeReport(TapeStatus.OK, 31, 0, 30, 2,
            "run was not closed: run=2 file=19700101-00LX.cq4 offset=34688 lastSequence=30"),
            TapeVerifier.verify(golden));
    }

    @Test
    void shouldWriteWhatFormat2Is() throws URISyntaxException
    {
        final Path tape = Tapes.fresh("golden");
        Tapes.record(tape, 3, 7);

        final List<Long> written = Tapes.sequences(tape, TapeRange.ALL);
        final List<Long> golden = Tapes.sequences(golden(2), TapeRange.sequences(0, 20));

        assertEquals(golden, written);
        Tapes.delete(tape);
    }

    @Test
    void shouldRefuseFormat1ByItsNumber() throws URISyntaxException
    {
        final Path golden = golden(1);

        final TapeException e = assertThrows(TapeException.class, () -> Tape.open(golden));

        assertEquals("tape is of another format: format=1 readable=2 directory=" + golden, e.getMessage());
        assertEquals(TapeException.Kind.UNREADABLE, e.kind());
    }

    private static Path golden(final int format) throws URISyntaxException
    {
        final URL marker = GoldenTapeTest.class.getResource("/golden/format-" + format + "/ringtape");
        assertNotNull(marker);
        return Path.of(marker.toURI()).getParent();
    }
}
