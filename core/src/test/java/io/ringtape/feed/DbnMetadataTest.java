package io.ringtape.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class DbnMetadataTest
{
    // 2024-05-08 and 2024-05-09, midnight UTC.
    private static final long FROM_NS = 1_715_126_400_000_000_000L;
    private static final long TO_NS = 1_715_212_800_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldReadEachVersion(final int version) throws FeedException
    {
        final DbnWriter writer = new DbnWriter(version).metadata();
        final UnsafeBuffer buffer = new UnsafeBuffer(writer.toBytes());

        final DbnMetadata metadata = DbnMetadata.parse(buffer, 0);

        assertEquals(writer.metadataLength(), DbnMetadata.length(buffer, 0));
        assertEquals(version, metadata.version());
        assertEquals("GLBX.MDP3", metadata.dataset());
        assertEquals(DbnSchema.MBO, metadata.schema());
        assertFalse(metadata.hasSendTime());
    }

    @Test
    void shouldGiveTheSymbolOnlyWithinItsDays() throws FeedException
    {
        final DbnSymbols symbols = parse(new DbnWriter(1).metadata().toBytes()).symbols();

        assertEquals("ESM4", symbols.at(5602, FROM_NS).symbol());
        assertEquals("ESM4", symbols.at(5602, TO_NS - 1).symbol());
        assertEquals("5602", symbols.at(5602, FROM_NS - 1).symbol());
        assertEquals("5602", symbols.at(5602, TO_NS).symbol());
        assertEquals(new DbnSymbols.Interval("7", FROM_NS, TO_NS), symbols.at(7, FROM_NS + 5));
    }

    @Test
    void shouldReadMappingsFromIdsToSymbols() throws FeedException
    {
        final DbnWriter writer =
            new DbnWriter(2).metadata(0, 0x0001, "5602", "ESM4", 20240508, 20240509, 20240509, 20240510);

        final DbnSymbols symbols = parse(writer.toBytes()).symbols();

        assertEquals("ESM4", symbols.at(5602, FROM_NS).symbol());
        assertEquals("ESM4", symbols.at(5602, TO_NS).symbol());
    }

    @Test
    void shouldLeaveOutMappingsThatDidNotResolve() throws FeedException
    {
        assertEquals("5602", symbolOf(0x0100, "ESM4", ""));
        assertEquals("5602", symbolOf(0x0100, "ESM4", "ESM4"));
        assertEquals("5602", symbolOf(0x0101, "ESM4", "5602"));
    }

    @Test
    void shouldRefuseWhatIsNoDbn()
    {
        assertError("not a DBN file: byte=0 field=magic", new byte[] {'D', 'B', 'Z', 1, 0, 0, 0, 0});
        assertError("DBN version is not supported: byte=3 field=version version=4",
            new byte[] {'D', 'B', 'N', 4, 0, 0, 0, 0});
        assertError("DBN version is not supported: byte=3 field=version version=0",
            new byte[] {'D', 'B', 'N', 0, 0, 0, 0, 0});
        assertError("metadata is too long: byte=4 field=length length=4294967303 most=67108864",
            new byte[] {'D', 'B', 'N', 1, -1, -1, -1, -1});
        assertError("metadata ends within the field: byte=8 field=dataset",
            new byte[] {'D', 'B', 'N', 1, 0, 0, 0, 0});
    }

    @Test
    void shouldRefuseFieldsOutOfRange()
    {
        assertError("metadata ends within the field: byte=116 field=symbols",
            with(new DbnWriter(1).metadata(), 112, 0xFF));
        assertError("schema definitions are not supported: byte=112 field=schema_definition_length",
            with(new DbnWriter(1).metadata(), 108, 1));
        assertError("dataset is empty: byte=206 field=dataset", with(new DbnWriter(1).metadata(), 8, 0));
        assertError("not a printable character: byte=9 field=dataset value=0x1b",
            with(new DbnWriter(1).metadata(), 9, 0x1B));
        assertError("not a date: byte=180 field=end_date value=20240599",
            new DbnWriter(1).metadata(0, 0x0100, "ESM4", "5602", 20240508, 20240599).toBytes());
    }

    @Test
    void shouldKnowItsMagicAndNames()
    {
        assertTrue(DbnMetadata.hasMagic(new UnsafeBuffer(new byte[] {'D', 'B', 'N'}), 0));
        assertFalse(DbnMetadata.hasMagic(new UnsafeBuffer(new byte[] {'D', 'B', 'Z'}), 0));
        assertEquals("mbo", DbnSchema.name(0));
        assertEquals("bbo-1m", DbnSchema.name(19));
    }

    private static String symbolOf(final int types, final String in, final String out) throws FeedException
    {
        final DbnWriter writer = new DbnWriter(2).metadata(0, types, in, out, 20240508, 20240509);
        return parse(writer.toBytes()).symbols().at(5602, FROM_NS).symbol();
    }

    private static byte[] with(final DbnWriter writer, final int offset, final int value)
    {
        final byte[] bytes = writer.toBytes();
        bytes[offset] = (byte)value;
        return bytes;
    }

    private static DbnMetadata parse(final byte[] bytes) throws FeedException
    {
        return DbnMetadata.parse(new UnsafeBuffer(bytes), 0);
    }

    private static void assertError(final String error, final byte[] bytes)
    {
        assertEquals(error, assertThrows(FeedException.class, () -> parse(bytes)).getMessage());
    }
}
