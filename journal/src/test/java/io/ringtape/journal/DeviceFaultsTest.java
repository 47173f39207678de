package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each call of the device can be refused in its place, and what is not is done. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DeviceFaultsTest
{
    private final Path tape = Tapes.fresh("faults");
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldBeAskedBeforeTheDevice()
    {
        try (TapeWriter writer = open(Durability.EVERY_BATCH, new Heard()))
        {
            calls.clear();

            Tapes.write(writer, 1, 10);

            assertEquals(List.of("19700101-00LX.cq4", "manifest", "run-000001", "tape", parent(), "mark-journaled",
                "mark-durable"), calls);
            assertEquals(9, writer.durableSequence());
            writer.close(Tapes.SUMMARY);
        }
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldFailInPlaceOfTheDevice()
    {
        final TapeException e = assertThrows(TapeException.class,
            () -> open(Durability.PAGE_CACHE, new DeviceFaults()
            {
                @Override
                public void onReserve(final Path file, final long from, final long length) throws IOException
                {
                    throw new IOException("refused: from=" + from + " length=" + length);
                }
            }));

        assertEquals("cannot create the tape: path=" + tape.resolve("run-000001") +
            ": IOException refused: from=0 length=16777216", e.getMessage());
    }

    @Test
    void shouldTellTheTapeWhatIsLeft()
    {
        final TapeException e = assertThrows(TapeException.class,
            () -> open(Durability.PAGE_CACHE, new DeviceFaults()
            {
                @Override
                public long usableBytes(final long found)
                {
                    return 7;
                }
            }));

        assertEquals("device is full: usableBytes=7 wantedBytes=33554432", e.getMessage());
    }

    @Test
    void shouldBeToldEachStep()
    {
        final List<TapeStep> steps = new ArrayList<>();
        try (TapeWriter writer = open(Durability.PAGE_CACHE, new DeviceFaults()
        {
            @Override
            public void onStep(final TapeStep step)
            {
                steps.add(step);
            }
        }))
        {
            assertEquals(List.of(TapeStep.DIRECTORY_MADE, TapeStep.MARKER_WRITTEN, TapeStep.DIRECTORY_READY,
                TapeStep.LOCKED, TapeStep.RECOVERED, TapeStep.JOURNALED_MARK_OPENED, TapeStep.MARKS_OPENED,
                TapeStep.JOURNALED_MARK_RESET, TapeStep.MARKS_RESET, TapeStep.RUN_MADE, TapeStep.RUN_RENAMED,
                TapeStep.MANIFEST_MADE, TapeStep.MISSING_NAMED, TapeStep.FIRST_FILE_MADE, TapeStep.SPACE_RESERVED,
                TapeStep.NEXT_FILE_MADE, TapeStep.NEXT_FILE_RESERVED, TapeStep.QUEUE_OPENED, TapeStep.DOCUMENT_BEGUN,
                TapeStep.DOCUMENT_FILLED, TapeStep.DOCUMENT_COMMITTED, TapeStep.DOCUMENT_MARKED,
                TapeStep.FILES_RESTRICTED), steps);
            Tapes.write(writer, 1, 1);
            steps.clear();

            Tapes.write(writer, 1, 100);

            assertEquals(List.of(TapeStep.DOCUMENT_BEGUN, TapeStep.BLOCK_PART, TapeStep.BLOCK_PART,
                TapeStep.DOCUMENT_FILLED, TapeStep.DOCUMENT_COMMITTED, TapeStep.DOCUMENT_MARKED), steps);
            writer.close(Tapes.SUMMARY);
        }
    }

    private String parent()
    {
        return String.valueOf(tape.toAbsolutePath().getParent().getFileName());
    }

    private TapeWriter open(final Durability durability, final DeviceFaults faults)
    {
        return DeviceFaults.open(tape, TapeConfig.defaults().withReserveBytes(0).withDurability(durability),
            Tapes.definitions(), () -> Tapes.START_NS, faults);
    }

    private final class Heard implements DeviceFaults
    {
        @Override
        public void onForce(final Path path)
        {
            calls.add(String.valueOf(path.getFileName()));
        }
    }
}
