package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Definitions;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SettingsDefinition.Kind;
import io.ringtape.journal.codec.SettingsDecoder;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits and parameters stand on tape ahead of the events that need them, wherever reading starts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeSettingsTest
{
    private static final int BLOCK = 128;
    /** More than a stretch of the index. */
    private static final int BLOCKS = 150;
    private static final String LONGEST = "\u03a9".repeat(SettingsDefinition.MAX_TEXT_BYTES / 2);

    private final Path tape = Tapes.fresh("settings");
    private final Definitions definitions = Tapes.definitions();

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldReadBackTheVeryTextAheadOfTheFirstEvent()
    {
        add(Kind.LIMITS, 7, LONGEST);
        add(Kind.PARAMETERS, 0, "{\"lots\": 2}\r\n");
        record(TapeConfig.defaults(), 1, 1);

        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            assertTrue(reader.nextBlock());
            assertEquals(all(definitions), all(reader.definitions()));
        }
        assertEquals(all(definitions), Tape.open(tape).info().settings());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldPutWhatComesLaterAheadOfTheBlockThatFollows()
    {
        add(Kind.LIMITS, 1, "{}");
        try (TapeWriter writer = open(TapeConfig.defaults()))
        {
            Tapes.write(writer, 3, 2);
            add(Kind.LIMITS_CHANGE, 2, "{\"version\": 2}");
            Tapes.write(writer, 1, 2);
            writer.close(Tapes.SUMMARY);
        }

        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                assertEquals(reader.firstSequence() < 6 ? 1 : 2, reader.definitions().settingsCount());
            }
        }
    }

    @Test
    void shouldHaveThemAllWhereReadingStartsInALaterFileOrBehindAnIndexEntry()
    {
        final TapeConfig config = TapeConfig.defaults().withRollBytes(4 * TapeConfig.MIN_ROLL_BYTES);
        try (TapeWriter writer = open(config))
        {
            for (int i = 0; i < 8; i++)
            {
                Tapes.write(writer, BLOCKS, BLOCK);
                add(Kind.LIMITS_CHANGE, i + 1, "{\"version\": " + (i + 1) + "}");
            }
            Tapes.write(writer, BLOCKS, BLOCK);
            writer.close(Tapes.SUMMARY);
        }
        final long all = 9L * BLOCKS * BLOCK;

        assertTrue(Tape.open(tape).info().runs().get(0).files().size() > 1, "files");
        for (long from = 1; from < all; from += all / 23)
        {
            try (TapeReader reader =
                Tape.open(tape).read(TapeRange.sequences(from, Long.MAX_VALUE), RunListener.NONE))
            {
                assertTrue(reader.nextBlock());
                assertEquals(from, reader.firstSequence());
                assertEquals(Math.min(8, from / (BLOCKS * BLOCK)), reader.definitions().settingsCount());
            }
        }
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldCopyThemWithARepair()
    {
        final Path target = tape.resolveSibling("repaired");
        add(Kind.LIMITS, 1, LONGEST);
        try (TapeWriter writer = open(TapeConfig.defaults()))
        {
            Tapes.write(writer, 2, 2);
            add(Kind.LIMITS_CHANGE, 2, "{}");
            Tapes.write(writer, 2, 2);
        }

        TapeRepair.repair(Tape.open(tape), target, (events) ->
        {
            // Nobody looks.
        });

        assertEquals(all(definitions), Tape.open(target).info().settings());
        try (TapeReader reader = Tape.open(target).read(TapeRange.ALL, RunListener.NONE))
        {
            assertTrue(reader.nextBlock());
            assertEquals(1, reader.definitions().settingsCount());
        }
    }

    @Test
    void shouldBeWholeWhereACrashCameBetweenSettingsAndTheirEvent()
    {
        try (TapeWriter writer = open(TapeConfig.defaults()))
        {
            Tapes.write(writer, 2, 2);
            add(Kind.LIMITS_CHANGE, 2, "{\"version\": 2}");
            // What the recorder writes ahead of a block that does not come.
            writer.onRange(Tapes.room(1), 0, 4, 0);
        }

        final TapeReport report = TapeVerifier.verify(tape);
        assertEquals(TapeStatus.OK, report.status(), report.detail());
        assertEquals(3, report.lastSequence());
        assertEquals(all(definitions), Tape.open(tape).info().settings());
        Tapes.record(tape, 1, 2);
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), Tapes.sequences(tape, TapeRange.ALL));
        assertEquals(List.of(), Tape.open(tape).info().settings(), "each run has its own");
    }

    @Test
    void shouldBeWholeWhereAKillCameAtAnyStepOfSettings()
    {
        final Set<TapeStep> steps = EnumSet.noneOf(TapeStep.class);
        final DeviceFaults kills = new DeviceFaults()
        {
            @Override
            public void onStep(final TapeStep step)
            {
                if (definitions.settingsCount() > 0 && steps.add(step))
                {
                    Tapes.copyKilledAt(tape, step);
                }
            }
        };
        try (TapeWriter writer = DeviceFaults.open(
            tape, TapeConfig.defaults().withReserveBytes(0), definitions, () -> Tapes.START_NS, kills))
        {
            Tapes.write(writer, 2, 2);
            add(Kind.LIMITS_CHANGE, 2, "{\"version\": 2}");
            writer.onRange(Tapes.room(1), 0, 4, 0);
        }

        assertTrue(steps.containsAll(List.of(TapeStep.DOCUMENT_BEGUN, TapeStep.DOCUMENT_FILLED,
            TapeStep.DOCUMENT_COMMITTED, TapeStep.DOCUMENT_MARKED)), steps.toString());
        for (final TapeStep step : steps)
        {
            final TapeReport report = TapeVerifier.verify(Tapes.killedAt(tape, step));
            assertTrue(report.status() == TapeStatus.OK || report.status() == TapeStatus.TORN_TAIL,
                step + " " + report);
            assertEquals(3, report.lastSequence(), step.toString());
            assertEquals(step.compareTo(TapeStep.DOCUMENT_COMMITTED) < 0 ? 0 : 1,
                Tape.open(Tapes.killedAt(tape, step)).info().settings().size(), step.toString());
        }
    }

    @Test
    void shouldSayWhatIsWrongWithADocument()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final SettingsDefinition settings = new SettingsDefinition(0, Kind.LIMITS, 1, "{}");
        Documents.encodeSettings(buffer, 1, 0, settings);
        final int text = 8 + SettingsDecoder.BLOCK_LENGTH + 2;

        assertNull(add(buffer));
        assertNull(add(buffer), "each file repeats it");
        buffer.putByte(text, (byte)'[');
        assertEquals("settings change: settingsId=0", add(buffer));
        buffer.putByte(text, (byte)0xFF);
        assertEquals("text is not UTF-8: bytes=2",
            assertThrows(IllegalArgumentException.class, () -> add(buffer)).getMessage());
        buffer.putByte(text - 3, (byte)9);
        assertEquals("unknown settings kind: code=9",
            assertThrows(IllegalArgumentException.class, () -> add(buffer)).getMessage());
        assertEquals("document is of an unknown kind: templateId=17",
            ReadDefinitions.add(definitions, buffer, 0, 17));
    }

    private @Nullable String add(final UnsafeBuffer buffer)
    {
        return ReadDefinitions.add(definitions, buffer, 0, SettingsDecoder.TEMPLATE_ID);
    }

    private void add(final Kind kind, final long version, final String text)
    {
        definitions.add(new SettingsDefinition(definitions.settingsCount(), kind, version, text));
    }

    private TapeWriter open(final TapeConfig config)
    {
        return TapeWriter.open(tape, config.withReserveBytes(0), definitions, () -> Tapes.START_NS);
    }

    private void record(final TapeConfig config, final int blocks, final int block)
    {
        try (TapeWriter writer = open(config))
        {
            Tapes.write(writer, blocks, block);
            writer.close(Tapes.SUMMARY);
        }
    }

    private static List<SettingsDefinition> all(final Definitions from)
    {
        return IntStream.range(0, from.settingsCount()).mapToObj(from::settings).toList();
    }
}
