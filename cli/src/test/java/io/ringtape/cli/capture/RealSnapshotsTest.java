package io.ringtape.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.TestConsole;
import io.ringtape.cli.TestTapes;
import io.ringtape.cli.report.BookReport;
import io.ringtape.cli.tape.BookQuery;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.BookSnapshot;
import io.ringtape.journal.SnapshotMaker;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Books of real captures at a sequence are the same whether they are read from the start or from a snapshot. */
@Timeout(60)
final class RealSnapshotsTest
{
    private final Path directory = new TestTapes(RealSnapshotsTest.class).directory();
    private final List<String> said = new ArrayList<>();

    @Test
    void shouldShowTheBooksOfAmazonFromASnapshot() throws Exception
    {
        requireSameBooks(RealCaptures.find("lobster", "LOBSTER_SampleFile_AMZN_2012-06-21_5.zip"), 10_000, 20);
    }

    @Test
    void shouldShowTheBooksOfADayOfFuturesFromASnapshot() throws Exception
    {
        requireSameBooks(RealCaptures.find("databento", "orderbooks_mbo_2024-05-08*.dbn.zst"), 1_000, 5);
    }

    private void requireSameBooks(final Path capture, final int every, final int least) throws Exception
    {
        final long last = record(capture);
        final Tape tape = Tape.open(directory);
        final List<Long> sequences = new ArrayList<>(List.of(0L, last, BookQuery.END));
        for (long sequence = every / 2; sequence < last; sequence += 3L * every + 7)
        {
            sequences.add(sequence);
        }
        final List<BookReport> expected = sequences.stream().map((sequence) -> books(tape, sequence)).toList();

        try (SnapshotMaker maker = SnapshotMaker.open(tape, every, 0, said::add))
        {
            final int made = maker.advance(new AtomicLong()::set);
            assertTrue(made >= least, () -> "made=" + made);
        }

        assertEquals(expected, sequences.stream().map((sequence) -> books(tape, sequence)).toList());
        final Optional<BookSnapshot> newest = tape.snapshots().newest(0, last, said::add);
        assertEquals(List.of(), said);
        assertTrue(newest.isPresent() && newest.get().sequence() > last - 2L * every, () -> "newest=" + newest);
    }

    private static BookReport books(final Tape tape, final long sequence)
    {
        return new BookQuery(tape, Optional.empty(), 1_000)
            .at(sequence, new TestConsole().console().progress(false));
    }

    private long record(final Path file) throws Exception
    {
        final Definitions definitions = new Definitions();
        final EventBatch batch = new EventBatch(Capture.MAX_EVENTS);
        try (Capture capture = Captures.open(List.of(file), Optional.empty(), definitions);
            TapeWriter writer = TapeWriter.open(
                directory, TapeConfig.defaults().withReserveBytes(0), definitions, () -> 1L))
        {
            while (capture.next(batch))
            {
                final long first = writer.journaledSequence() + 1;
                for (int i = 0; i < batch.count(); i++)
                {
                    batch.event(i).sequence(first + i);
                }
                for (int i = 0; i < batch.count(); i += 1_024)
                {
                    writer.onRange(batch.buffer(), i * OrderBookEvent.SIZE_BYTES, first + i,
                        Math.min(1_024, batch.count() - i));
                }
            }
            return writer.journaledSequence();
        }
    }
}
