package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventLayout;
import io.ringtape.journal.codec.BlockDecoder;
import io.ringtape.journal.codec.FileHeaderDecoder;
import io.ringtape.journal.codec.InstrumentDefinitionDecoder;
import io.ringtape.journal.codec.MessageHeaderDecoder;
import io.ringtape.journal.codec.RunHeaderDecoder;
import io.ringtape.journal.codec.RunTrailerDecoder;
import io.ringtape.journal.codec.SettingsDecoder;
import io.ringtape.journal.codec.SourceDefinitionDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The field tables of the format's description are those of the code. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class TapeFormatDocumentTest
{
    private static final Path DOCUMENT = Path.of("..", "docs", "tape-format.md");
    private static final Pattern FIELD = Pattern.compile("\\| (\\d+) \\| ([^|]+) \\| .*");
    private static final Pattern OWNER =
        Pattern.compile("`(pid=[^`]*)` and a line feed, at most (\\d+) bytes of UTF-8");
    private static final int FIELDS = MessageHeaderDecoder.ENCODED_LENGTH;

    private final List<String> lines;

    TapeFormatDocumentTest() throws IOException
    {
        lines = Files.readAllLines(DOCUMENT, StandardCharsets.UTF_8);
    }

    @Test
    void shouldSayWhereTheFieldsOfADocumentStand()
    {
        assertEquals(List.of("0 u16", "2 u16", "4 u16", "6 u16", "8 i64", "16 u32", "20 u32", "24 i64"),
            fields("All start with the same 32 bytes"));
        assertEquals(List.of(DocumentLayout.BLOCK_LENGTH_OFFSET, DocumentLayout.TEMPLATE_OFFSET,
            DocumentLayout.SCHEMA_OFFSET, DocumentLayout.VERSION_OFFSET, DocumentLayout.RUN_ID_OFFSET,
            DocumentLayout.PREVIOUS_CRC_OFFSET, DocumentLayout.CRC_OFFSET, DocumentLayout.SEQUENCE_OFFSET),
            offsets("All start with the same 32 bytes"));
        assertTrue(text().contains("schema, " + DocumentLayout.SCHEMA_ID + " |"));
        assertTrue(text().contains("version, " + DocumentLayout.VERSION + " |"));
    }

    @Test
    void shouldSayWhereTheFieldsOfBlocksAndEventsStand()
    {
        assertEquals(List.of(DocumentLayout.SEQUENCE_OFFSET, DocumentLayout.APPEND_TIME_OFFSET,
            DocumentLayout.MAX_RECEIVE_TIME_OFFSET, DocumentLayout.BLOCK_NUMBER_OFFSET,
            DocumentLayout.GROUP_LENGTH_OFFSET, DocumentLayout.COUNT_OFFSET, DocumentLayout.EVENTS_OFFSET),
            offsets(kind("Block", BlockDecoder.TEMPLATE_ID, BlockDecoder.BLOCK_LENGTH)));
        assertEquals(List.of(EventLayout.SEQUENCE_OFFSET, EventLayout.EVENT_TIME_OFFSET,
            EventLayout.RECEIVE_TIME_OFFSET, EventLayout.ORDER_ID_OFFSET, EventLayout.PRICE_OFFSET,
            EventLayout.QUANTITY_OFFSET, EventLayout.SOURCE_SEQUENCE_OFFSET, EventLayout.INSTRUMENT_ID_OFFSET,
            EventLayout.TYPE_OFFSET, EventLayout.SOURCE_ID_OFFSET, EventLayout.FLAGS_OFFSET), offsets("**Event**"));
    }

    @Test
    void shouldSayWhereTheFieldsOfHeadersAndTheTrailerStand()
    {
        assertEquals(behindHeader(RunHeaderDecoder.firstSequenceEncodingOffset(),
            RunHeaderDecoder.startTimeNsEncodingOffset(), RunHeaderDecoder.previousRunIdEncodingOffset(),
            RunHeaderDecoder.previousFileNumberEncodingOffset(), RunHeaderDecoder.previousEndOffsetEncodingOffset(),
            RunHeaderDecoder.pidEncodingOffset()),
            offsets(kind("Run header", RunHeaderDecoder.TEMPLATE_ID, RunHeaderDecoder.BLOCK_LENGTH)));
        assertEquals(behindHeader(FileHeaderDecoder.firstSequenceEncodingOffset(),
            FileHeaderDecoder.fileNumberEncodingOffset(), FileHeaderDecoder.firstBlockNumberEncodingOffset(),
            FileHeaderDecoder.maxReceiveTimeNsEncodingOffset()),
            offsets(kind("File header", FileHeaderDecoder.TEMPLATE_ID, FileHeaderDecoder.BLOCK_LENGTH)));
        assertEquals(behindHeader(RunTrailerDecoder.lastSequenceEncodingOffset(),
            RunTrailerDecoder.endTimeNsEncodingOffset(), RunTrailerDecoder.inputCountEncodingOffset(),
            RunTrailerDecoder.ownCountEncodingOffset(), RunTrailerDecoder.eventHashEncodingOffset(),
            RunTrailerDecoder.outputHashEncodingOffset(), RunTrailerDecoder.bookHashEncodingOffset()),
            offsets(kind("Trailer", RunTrailerDecoder.TEMPLATE_ID, RunTrailerDecoder.BLOCK_LENGTH)));
    }

    @Test
    void shouldSayWhereTheFieldsOfDefinitionsStand()
    {
        final int symbol = InstrumentDefinitionDecoder.BLOCK_LENGTH;
        assertEquals(behindHeader(InstrumentDefinitionDecoder.validFromSequenceEncodingOffset(),
            InstrumentDefinitionDecoder.instrumentIdEncodingOffset(),
            InstrumentDefinitionDecoder.depthEncodingOffset(),
            InstrumentDefinitionDecoder.venueInstrumentIdEncodingOffset(),
            InstrumentDefinitionDecoder.tickSizeEncodingOffset(), InstrumentDefinitionDecoder.lotSizeEncodingOffset(),
            InstrumentDefinitionDecoder.multiplierEncodingOffset(),
            InstrumentDefinitionDecoder.priceExponentEncodingOffset(),
            InstrumentDefinitionDecoder.quantityExponentEncodingOffset(),
            InstrumentDefinitionDecoder.bookKindEncodingOffset(), symbol,
            symbol + InstrumentDefinitionDecoder.symbolHeaderLength()),
            offsets(kind("Instrument", InstrumentDefinitionDecoder.TEMPLATE_ID, symbol)));
        final int name = SourceDefinitionDecoder.BLOCK_LENGTH;
        assertEquals(behindHeader(SourceDefinitionDecoder.validFromSequenceEncodingOffset(),
            SourceDefinitionDecoder.sourceIdEncodingOffset(), SourceDefinitionDecoder.kindEncodingOffset(),
            SourceDefinitionDecoder.publisherEncodingOffset(), SourceDefinitionDecoder.channelEncodingOffset(),
            SourceDefinitionDecoder.lineEncodingOffset(), name, name + SourceDefinitionDecoder.nameHeaderLength()),
            offsets(kind("Source", SourceDefinitionDecoder.TEMPLATE_ID, name)));
        final int text = SettingsDecoder.BLOCK_LENGTH;
        assertEquals(behindHeader(SettingsDecoder.validFromSequenceEncodingOffset(),
            SettingsDecoder.settingsVersionEncodingOffset(), SettingsDecoder.settingsIdEncodingOffset(),
            SettingsDecoder.kindEncodingOffset(), text, text + SettingsDecoder.textHeaderLength()),
            offsets(kind("Settings", SettingsDecoder.TEMPLATE_ID, text)));
    }

    @Test
    void shouldSayWhereTheFieldsOfAnIndexStand()
    {
        assertEquals(List.of(0, IndexEntry.FILE_AT, IndexEntry.START_AT, IndexEntry.OFFSET_AT, IndexEntry.SEQUENCE_AT,
            IndexEntry.BLOCK_NUMBER_AT, IndexEntry.MAX_BEFORE_AT, IndexEntry.MIN_AT, IndexEntry.MAX_AT,
            IndexEntry.INSTRUMENTS_AT, IndexEntry.SOURCES_AT, IndexEntry.PREVIOUS_CRC_AT, IndexEntry.BLOCK_CRC_AT,
            IndexEntry.SETTINGS_AT, IndexEntry.CRC_AT), offsets("### Index, " + IndexEntry.BYTES + " bytes an entry"));
        assertTrue(text().contains("`run-NNNNNN/19700101-00LX.cq4" + FileIndex.SUFFIX + "`"));
    }

    @Test
    void shouldSayWhereTheFieldsOfASnapshotStand()
    {
        assertEquals(List.of(SnapshotFile.MAGIC_AT, SnapshotFile.VERSION_AT, SnapshotFile.BLOCK_CRC_AT,
            SnapshotFile.RUN_AT, SnapshotFile.SEQUENCE_AT, SnapshotFile.MAX_RECEIVE_TIME_AT, SnapshotFile.BOOK_HASH_AT,
            SnapshotFile.BODY_BYTES_AT, SnapshotFile.STATES_BYTES_AT, SnapshotFile.CRC_AT),
            offsets("### Snapshot of books, " + SnapshotFile.HEADER_BYTES + " bytes"));
        assertTrue(text().contains("version, " + SnapshotFile.VERSION + " |"));
        assertTrue(text().contains("Version " + SnapshotFile.BOOKS_VERSION + " has no states"));
        assertEquals(List.of(StoredStates.BYTES_AT, StoredStates.PARAMETERS_AT, StoredStates.VERSION_AT,
            StoredStates.NAME_BYTES_AT, StoredStates.HEAD_BYTES),
            offsets("**Of each state** " + StoredStates.HEAD_BYTES + " bytes"));
        assertTrue(text().contains("`" + SnapshotFile.DIRECTORY + "/snapshot-NNNNNNNNNNNNNNNNNNN.rts`"));
        assertEquals("snapshot-0000000000000000007.rts", SnapshotFile.name(7));
    }

    @Test
    void shouldSayWhatLineTheOwnerIs()
    {
        final Matcher said = OWNER.matcher(text());
        assertTrue(said.find(), "the description has no line of the owner");
        assertEquals(TapeOwner.MAX_BYTES, Integer.parseInt(said.group(2)));
        for (final BootId boot : List.of(new BootId(1, 2), BootId.UNKNOWN))
        {
            final TapeOwner owner = TapeOwner.self(boot);
            assertEquals(said.group(1).replace("<pid>", String.valueOf(owner.pid()))
                .replace("<instant>", owner.startedAt().toString()).replace("<boot>", boot.toString())
                .replace("<host>", owner.host()) + "\n", owner.line());
        }
        assertTrue(text().contains("`" + HostName.UNKNOWN + "` where the system does not tell"));
    }

    @Test
    void shouldSayHowLongTheFieldsOfTheOwnerMayBe()
    {
        final String line = ownerLine("1".repeat(18), "1999-01-01T00:00:00.000000001Z", "h".repeat(64));
        assertTrue(TapeOwner.parse(line).isPresent(), line);
        for (final String wrong : List.of(ownerLine("1".repeat(19), "1999-01-01T00:00:00Z", "h"),
            ownerLine("1", "1999-01-01T00:00:00." + "0".repeat(21) + "Z", "h"),
            ownerLine("1", "1999-01-01T00:00:00Z", "h".repeat(65)), ownerLine("1", "1999-01-01T00:00:00Z", "h h")))
        {
            assertTrue(TapeOwner.parse(wrong).isEmpty(), wrong);
        }
        assertTrue(text().contains("decimal, 1 to 18 digits"));
        assertTrue(text().contains("in UTC, at most 40 characters"));
        assertTrue(text().contains("1 to 64 characters without white space"));
    }

    private static String ownerLine(final String pid, final String instant, final String host)
    {
        return "pid=" + pid + " started=" + instant + " boot=00000000-0000-0001-0000-000000000002 host=" + host + "\n";
    }

    @Test
    void shouldGiveEachFieldTheLengthUpToTheNextOne()
    {
        String before = "";
        int end = -1;
        for (final String line : lines)
        {
            final Matcher field = FIELD.matcher(line);
            if (!field.matches())
            {
                end = -1;
                continue;
            }
            final int at = Integer.parseInt(field.group(1));
            assertTrue(end < 0 || end == at, () -> "field does not follow the one before: " + line);
            final int length = length(field.group(2));
            before = line;
            end = length < 0 ? -1 : at + length;
        }
        assertTrue(before.contains("| 60 | u32 |"), before);
    }

    /** Bytes of a type; -1 if it has no length of its own. */
    private static int length(final String type)
    {
        final Matcher bytes = Pattern.compile("(\\d+) bytes").matcher(type);
        if (bytes.matches())
        {
            return Integer.parseInt(bytes.group(1));
        }
        final Matcher number = Pattern.compile("[iu](\\d+)").matcher(type);
        return number.matches() ? Integer.parseInt(number.group(1)) / Byte.SIZE : -1;
    }

    private static String kind(final String name, final int template, final int length)
    {
        return "**" + name + "**, template " + template + ", fields " + length;
    }

    private static List<Integer> behindHeader(final int... offsets)
    {
        final List<Integer> moved = new ArrayList<>();
        for (final int offset : offsets)
        {
            moved.add(FIELDS + offset);
        }
        return moved;
    }

    private List<Integer> offsets(final String heading)
    {
        return fields(heading).stream().map((field) -> Integer.parseInt(field.split(" ", 2)[0])).toList();
    }

    /** Offset and type of each row of the first table behind a line. */
    private List<String> fields(final String heading)
    {
        int at = 0;
        while (!lines.get(at).startsWith(heading))
        {
            at++;
            assertTrue(at < lines.size(), "the description has no line: " + heading);
        }
        while (!lines.get(at).startsWith("|---"))
        {
            at++;
        }
        final List<String> fields = new ArrayList<>();
        Matcher field = FIELD.matcher(lines.get(++at));
        while (field.matches())
        {
            fields.add(field.group(1) + " " + field.group(2));
            field = FIELD.matcher(lines.get(++at));
        }
        return fields;
    }

    private String text()
    {
        return String.join("\n", lines);
    }
}
