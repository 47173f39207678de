package io.ringtape.journal;

import io.ringtape.event.EventBatch;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The records of a side file, 64 bytes each: an event whose sequence gives way to number and CRC, or a part of the
 * definition of an instrument that events behind it name.
 * <pre>
 *  0 i32 number from 0    4 i32 CRC32C of generation, number and the bytes from 8 on    8 the event from its byte 8 on
 *  8 a part: 48 bytes of the document, 56 i32 its length, 60 u8 255
 * </pre>
 */
final class SideRecords
{
    static final int BYTES = OrderBookEvent.SIZE_BYTES;

    static final int CRC_AT = 4;

    private static final int FROM = 8;
    private static final int PART_BYTES = 48;
    private static final int LENGTH_AT = 56;
    private static final int TYPE_AT = 60;
    private static final int PART = 255;
    private static final int MAX_DOCUMENT_BYTES = 1 << 17;

    private final EventBatch events = new EventBatch(64);
    private final Map<Integer, InstrumentDefinition> instruments = new LinkedHashMap<>();
    private final ExpandableArrayBuffer document = new ExpandableArrayBuffer();
    private int documentLength;
    private int documentEnd;

    EventBatch events()
    {
        return events;
    }

    Map<Integer, InstrumentDefinition> instruments()
    {
        return instruments;
    }

    /**
     * Takes a record that was read.
     *
     * @param bytes      64 of them.
     * @param generation of the content.
     * @param number     of the record.
     * @return false if it is not the one that was written there.
     */
    boolean read(final ByteBuffer bytes, final long generation, final int number)
    {
        if (bytes.getInt(0) != number || bytes.getInt(CRC_AT) != crc(bytes, generation, number))
        {
            return false;
        }
        if ((bytes.get(TYPE_AT) & 0xFF) == PART)
        {
            return readPart(bytes);
        }
        final OrderBookEvent event = events.append();
        event.buffer().putBytes(event.offset(), bytes, 0, BYTES);
        event.sequence(0);
        return isWhole() && instruments.containsKey(event.instrumentId());
    }

    /** Whether the last definition is whole. */
    boolean isWhole()
    {
        return documentLength == 0;
    }

    private boolean readPart(final ByteBuffer bytes)
    {
        final int length = bytes.getInt(LENGTH_AT);
        final int count = Math.min(PART_BYTES, length - documentLength);
        documentEnd = isWhole() ? length : documentEnd;
        if (length != documentEnd || length > MAX_DOCUMENT_BYTES || count <= 0)
        {
            return false;
        }
        document.putBytes(documentLength, bytes, FROM, count);
        documentLength += count;
        if (documentLength == length)
        {
            documentLength = 0;
            final UnsafeBuffer whole = new UnsafeBuffer(document.byteArray(), 0, length);
            try
            {
                final InstrumentDefinition found = Documents.decodeInstrument(whole, 0);
                instruments.put(found.instrumentId(), found);
            }
            catch (final IllegalArgumentException | IndexOutOfBoundsException e)
            {
                // The CRC is right and the fields make no sense: nobody wrote that.
                return false;
            }
        }
        return true;
    }

    static ByteBuffer ofEvent(final OrderBookEvent event, final long generation, final int number)
    {
        final ByteBuffer bytes = buffer(BYTES);
        event.buffer().getBytes(event.offset(), bytes, 0, BYTES);
        return sealed(bytes, generation, number);
    }

    /**
     * The document of a definition, whose parts are records.
     *
     * @param runId      of the run.
     * @param definition to encode.
     * @return its bytes.
     */
    static ByteBuffer document(final long runId, final InstrumentDefinition definition)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int length = Documents.encodeInstrument(buffer, runId, 0, definition);
        return ByteBuffer.wrap(buffer.byteArray(), 0, length);
    }

    /** The next part of a document, whose position moves. */
    static ByteBuffer nextPart(final ByteBuffer document, final long generation, final int number)
    {
        final ByteBuffer bytes = buffer(BYTES);
        final int count = Math.min(PART_BYTES, document.remaining());
        bytes.put(FROM, document, document.position(), count);
        document.position(document.position() + count);
        bytes.putInt(LENGTH_AT, document.limit()).put(TYPE_AT, (byte)PART);
        return sealed(bytes, generation, number);
    }

    static ByteBuffer buffer(final int length)
    {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer sealed(final ByteBuffer bytes, final long generation, final int number)
    {
        bytes.clear();
        return bytes.putInt(0, number).putInt(CRC_AT, crc(bytes, generation, number));
    }

    /** Of a record, from its start on. */
    static int crc(final ByteBuffer bytes, final long generation, final int number)
    {
        final CRC32C crc = new CRC32C();
        crc.update(buffer(Long.BYTES + Integer.BYTES).putLong(generation).putInt(number).flip());
        crc.update(bytes.duplicate().limit(BYTES).position(FROM));
        return (int)crc.getValue();
    }
}
