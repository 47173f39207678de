package io.ringtape.feed;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The header of a DBN file (Databento Binary Encoding) of version 1, 2 or 3: what the records are, and which symbols
 * the instrument ids stand for.
 * <p>
 * Thread safety: immutable.
 * Allocation: on parsing only.
 */
public final class DbnMetadata
{
    /** Bytes that tell how long the metadata is: magic, version, length. */
    public static final int PREFIX_BYTES = 8;
    /** Length of metadata, prefix included, above which it is refused. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int MAX_VERSION = 3;
    private static final int V1_SYMBOL_BYTES = 22;
    private static final int DATASET_BYTES = 16;
    private static final int V1_RESERVED_BYTES = 47;
    private static final int RESERVED_BYTES = 53;
    private static final int STYPE_INSTRUMENT_ID = 0;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final int version;
    private final String dataset;
    private final int schema;
    private final boolean sendTime;
    private final DbnSymbols symbols;

    private DbnMetadata(final Reader reader) throws FeedException
    {
        version = reader.version;
        dataset = reader.text("dataset", DATASET_BYTES);
        schema = reader.u16("schema");
        // Start, end and limit of the request, and in version 1 a record count, say nothing about the records.
        reader.skip("request range", version == 1 ? 4 * Long.BYTES : 3 * Long.BYTES);
        final int symbolTypeIn = reader.u8("stype_in");
        final int symbolTypeOut = reader.u8("stype_out");
        sendTime = reader.u8("ts_out") != 0;
        reader.symbolBytes = version == 1 ? V1_SYMBOL_BYTES : reader.u16("symbol_cstr_len");
        reader.skip("reserved", version == 1 ? V1_RESERVED_BYTES : RESERVED_BYTES);
        if (reader.u32("schema_definition_length") != 0)
        {
            throw reader.error("schema definitions are not supported", "schema_definition_length");
        }
        reader.skipSymbols("symbols");
        reader.skipSymbols("partial");
        reader.skipSymbols("not_found");
        symbols = readMappings(reader, symbolTypeIn, symbolTypeOut);
        if (dataset.isEmpty())
        {
            throw reader.error("dataset is empty", "dataset");
        }
    }

    /**
     * How long the metadata is.
     *
     * @param buffer holds the first {@link #PREFIX_BYTES} bytes of the file.
     * @param offset of the first byte.
     * @return the length in bytes, prefix included, 8 to {@link #MAX_BYTES}.
     * @throws FeedException if this is no DBN, or of a version or a length that is not supported.
     */
    public static int length(final UnsafeBuffer buffer, final int offset) throws FeedException
    {
        if (!hasMagic(buffer, offset))
        {
            throw new FeedException("not a DBN file", "magic", FeedException.Unit.BYTE, 0, "");
        }
        final int version = buffer.getByte(offset + 3) & 0xFF;
        if (version < 1 || version > MAX_VERSION)
        {
            throw new FeedException(
                "DBN version is not supported", "version", FeedException.Unit.BYTE, 3, "version=" + version);
        }
        final long length = PREFIX_BYTES + (buffer.getInt(offset + 4, LITTLE_ENDIAN) & 0xFFFF_FFFFL);
        if (length > MAX_BYTES)
        {
            throw new FeedException("metadata is too long", "length", FeedException.Unit.BYTE, 4,
                "length=" + length + " most=" + MAX_BYTES);
        }
        return (int)length;
    }

    /**
     * Whether bytes start as a DBN file does.
     *
     * @param buffer holds at least 3 bytes.
     * @param offset of the first byte.
     * @return true if they are the letters DBN.
     */
    public static boolean hasMagic(final UnsafeBuffer buffer, final int offset)
    {
        return buffer.getByte(offset) == 'D' && buffer.getByte(offset + 1) == 'B' && buffer.getByte(offset + 2) == 'N';
    }

    /**
     * Reads metadata.
     *
     * @param buffer holds all of it.
     * @param offset of the first byte of the prefix.
     * @return the metadata; the records follow at offset + {@link #length(UnsafeBuffer, int)}.
     * @throws FeedException if a field is out of its range, named with its byte.
     */
    public static DbnMetadata parse(final UnsafeBuffer buffer, final int offset) throws FeedException
    {
        final int length = length(buffer, offset);
        return new DbnMetadata(new Reader(buffer, offset, length));
    }

    /**
     * The version of the encoding.
     *
     * @return 1 to 3.
     */
    public int version()
    {
        return version;
    }

    /**
     * The dataset, which stands for the venue.
     *
     * @return for example {@code GLBX.MDP3}.
     */
    public String dataset()
    {
        return dataset;
    }

    /**
     * What the records are.
     *
     * @return a code, see {@link DbnSchema}.
     */
    public int schema()
    {
        return schema;
    }

    /**
     * Whether each record ends with the time at which it was sent, as in live captures.
     *
     * @return true if it does.
     */
    public boolean hasSendTime()
    {
        return sendTime;
    }

    DbnSymbols symbols()
    {
        return symbols;
    }

    private static DbnSymbols readMappings(final Reader reader, final int symbolTypeIn, final int symbolTypeOut)
        throws FeedException
    {
        final DbnSymbols symbols = new DbnSymbols();
        final long mappingCount = reader.count("mappings", reader.symbolBytes + Integer.BYTES);
        for (long i = 0; i < mappingCount; i++)
        {
            final String in = reader.text("raw_symbol", reader.symbolBytes);
            final long intervalCount = reader.count("intervals", 2 * Integer.BYTES + reader.symbolBytes);
            for (long j = 0; j < intervalCount; j++)
            {
                final long startNs = reader.dayNs("start_date");
                final long endNs = reader.dayNs("end_date");
                final String out = reader.text("symbol", reader.symbolBytes);
                if (symbolTypeOut == STYPE_INSTRUMENT_ID)
                {
                    symbols.add(out, in, startNs, endNs);
                }
                else if (symbolTypeIn == STYPE_INSTRUMENT_ID)
                {
                    symbols.add(in, out, startNs, endNs);
                }
            }
        }
        return symbols;
    }

    /** Reads field after field and never beyond the length that the prefix gave. */
    private static final class Reader
    {
        final int version;
        int symbolBytes;

        private final UnsafeBuffer buffer;
        private final int start;
        private final int end;
        private int position;

        Reader(final UnsafeBuffer buffer, final int offset, final int length)
        {
            this.buffer = buffer;
            start = offset;
            end = offset + length;
            position = offset + PREFIX_BYTES;
            version = buffer.getByte(offset + 3);
        }

        int u8(final String field) throws FeedException
        {
            return buffer.getByte(take(field, Byte.BYTES)) & 0xFF;
        }

        int u16(final String field) throws FeedException
        {
            return buffer.getShort(take(field, Short.BYTES), LITTLE_ENDIAN) & 0xFFFF;
        }

        long u32(final String field) throws FeedException
        {
            return buffer.getInt(take(field, Integer.BYTES), LITTLE_ENDIAN) & 0xFFFF_FFFFL;
        }

        void skip(final String field, final long bytes) throws FeedException
        {
            take(field, bytes);
        }

        /** A count of things of at least so many bytes, which must still fit. */
        long count(final String field, final int leastBytes) throws FeedException
        {
            final long count = u32(field);
            if (count * leastBytes > end - position)
            {
                throw error("metadata ends within the field", field);
            }
            return count;
        }

        void skipSymbols(final String field) throws FeedException
        {
            skip(field, count(field, symbolBytes) * symbolBytes);
        }

        long dayNs(final String field) throws FeedException
        {
            final int at = position;
            final long date = u32(field);
            try
            {
                final LocalDate day =
                    LocalDate.of((int)(date / 10_000), (int)(date / 100 % 100), (int)(date % 100));
                return Math.multiplyExact(day.atStartOfDay(ZoneOffset.UTC).toEpochSecond(), NS_PER_SECOND);
            }
            catch (final DateTimeException | ArithmeticException e)
            {
                throw new FeedException("not a date", field, FeedException.Unit.BYTE, at - start, "value=" + date);
            }
        }

        /** Characters up to the first 0; only printable ones, because symbols are shown on terminals. */
        String text(final String field, final int bytes) throws FeedException
        {
            final int at = take(field, bytes);
            int length = 0;
            while (length < bytes && buffer.getByte(at + length) != 0)
            {
                final int character = buffer.getByte(at + length);
                if (character < ' ' || character > '~')
                {
                    throw new FeedException("not a printable character", field, FeedException.Unit.BYTE,
                        at + length - start, "value=0x" + Integer.toHexString(character & 0xFF));
                }
                length++;
            }
            return buffer.getStringWithoutLengthAscii(at, length);
        }

        FeedException error(final String problem, final String field)
        {
            return new FeedException(problem, field, FeedException.Unit.BYTE, position - start, "");
        }

        private int take(final String field, final long bytes) throws FeedException
        {
            if (bytes > end - position)
            {
                throw error("metadata ends within the field", field);
            }
            final int at = position;
            position += (int)bytes;
            return at;
        }
    }
}
