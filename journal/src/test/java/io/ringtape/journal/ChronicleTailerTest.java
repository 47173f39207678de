package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our walker and Chronicle's own tailer see the same documents, so that any Chronicle tool reads a tape. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ChronicleTailerTest
{
    private final Path tape = Tapes.fresh("tailer");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldReadTheSameDocumentsAsChroniclesTailer() throws IOException
    {
        Tapes.record(tape, TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES), 700, 100);
        final RunDirectory run = Tape.open(tape).runs().get(0);

        final long documents = compare(run);

        assertTrue(run.files().size() >= 4);
        assertEquals(700 + 1 + 1 + 2L * run.files().size() + run.files().size() - 1, documents);
    }

    @Test
    void shouldReadTheSameDocumentsOfARunThatWasNotClosed() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, 50, 7);

            assertEquals(53, compare(Tape.open(tape).runs().get(0)));
        }
    }

    private static long compare(final RunDirectory run) throws IOException
    {
        long documents = 0;
        final Walker walker = new Walker(Walker.MIN_WINDOW_BYTES);
        try (walker; ChronicleQueue queue = SingleChronicleQueueBuilder.binary(run.path()).readOnly(true).build())
        {
            final ExcerptTailer tailer = queue.createTailer();
            for (final RunDirectory.RollFile file : run.files())
            {
                walker.open(file.path());
                int step = walker.next();
                while (step == Walker.DOCUMENT || step == Walker.CHRONICLE)
                {
                    if (step == Walker.DOCUMENT)
                    {
                        compare(walker, tailer);
                        documents++;
                    }
                    step = walker.next();
                }
            }
            try (DocumentContext context = tailer.readingDocument())
            {
                assertFalse(context.isPresent(), "Chronicle reads more than the walker");
            }
        }
        return documents;
    }

    private static void compare(final Walker walker, final ExcerptTailer tailer)
    {
        try (DocumentContext context = tailer.readingDocument())
        {
            assertTrue(context.isPresent(), "the walker reads more than Chronicle");
            final Wire wire = context.wire();
            assertTrue(wire != null);
            final Bytes<?> bytes = wire.bytes();
            assertEquals(walker.length(), bytes.readRemaining());
            for (int i = 0; i < walker.length(); i++)
            {
                assertEquals(bytes.readByte(), walker.buffer().getByte(walker.offset() + i));
            }
        }
    }
}
