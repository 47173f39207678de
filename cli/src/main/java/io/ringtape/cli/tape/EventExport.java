package io.ringtape.cli.tape;

import io.ringtape.cli.output.FileOutput;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.ExportReport;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes events of a tape for programs that know neither Chronicle nor a JVM, in memory that does not grow.
 * <p>
 * Thread safety: none; one thread, one export.
 * Allocation: text for each event as CSV, none for a raw one.
 */
public final class EventExport
{
    private static final int BUFFER_BYTES = 1 << 20;

    private final Tape tape;
    private final TapeRange range;
    private final OrderBookEvent event = new OrderBookEvent();
    private final EventCount count = new EventCount();

    /**
     * An export that has not started.
     *
     * @param tape  to read.
     * @param range of events.
     */
    public EventExport(final Tape tape, final TapeRange range)
    {
        this.tape = tape;
        this.range = range;
    }

    /**
     * Writes a header and the records as they stand on tape; to be called once.
     *
     * @param file     that is there afterwards, or as it was if this fails.
     * @param progress told how far it has come.
     * @return what was written.
     * @throws io.ringtape.journal.TapeException if the tape is damaged, has a gap, or does not hold the range.
     */
    public ExportReport raw(final Path file, final Progress progress)
    {
        try (TapeReader reader = tape.read(range, RunListener.NONE); FileOutput out = FileOutput.open(file))
        {
            progress.start("exporting", tape.sizeBytes());
            final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            out.write(ByteBuffer.allocate(RawHeader.BYTES));
            while (reader.nextBlock())
            {
                final int length = reader.count() * OrderBookEvent.SIZE_BYTES;
                if (buffer.remaining() < length)
                {
                    out.write(buffer.flip());
                    buffer.clear();
                }
                reader.buffer().getBytes(reader.offset(), buffer, length);
                addBlock(reader, progress);
            }
            out.write(buffer.flip());
            out.writeAtStart(RawHeader.encode(count));
            return report(file, out.complete(), reader);
        }
    }

    /**
     * Writes what {@link EventDump} prints as CSV into a file; to be called once.
     *
     * @param file     that is there afterwards, or as it was if this fails.
     * @param progress told how far it has come.
     * @return what was written.
     * @throws io.ringtape.journal.TapeException if the tape is damaged, has a gap, or does not hold the range.
     */
    public ExportReport csv(final Path file, final Progress progress)
    {
        try (TapeReader reader = tape.read(range, RunListener.NONE); FileOutput out = FileOutput.open(file))
        {
            progress.start("exporting", tape.sizeBytes());
            final EventPrinter printer = new EventCsv(
                new PrintStream(new BufferedOutputStream(out, BUFFER_BYTES), false, StandardCharsets.UTF_8));
            printer.start();
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    printer.print(reader.event(i, event), reader.definitions());
                }
                addBlock(reader, progress);
            }
            printer.end();
            return report(file, out.complete(), reader);
        }
    }

    private void addBlock(final TapeReader reader, final Progress progress)
    {
        for (int i = 0; i < reader.count(); i++)
        {
            count.add(reader.event(i, event));
        }
        count.addBlock(reader);
        progress.update(count.events() * OrderBookEvent.SIZE_BYTES, count.events());
    }

    private ExportReport report(final Path file, final long bytes, final TapeReader reader)
    {
        return new ExportReport(file, count.events(), count.firstSequence(), count.lastSequence(), count.eventHash(),
            bytes, TapeEnds.notice(reader.end()));
    }
}
