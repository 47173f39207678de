package io.ringtape.journal;

import static io.ringtape.journal.DocumentLayout.EVENTS_OFFSET;
import static io.ringtape.journal.DocumentLayout.EVENT_BYTES;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.journal.codec.FileHeaderDecoder;
import io.ringtape.journal.codec.MessageHeaderDecoder;
import io.ringtape.journal.codec.RunHeaderDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What can be wrong with a document by itself, told in words.
 * <p>
 * Hot path: {@link #wrongBlock}.
 * Thread safety: stateless.
 * Allocation: none in it for a block that is right.
 */
final class DocumentCheck
{
    private DocumentCheck()
    {
    }

    /** What is wrong with the lengths of a block, or null. */
    static @Nullable String wrongBlock(final UnsafeBuffer buffer, final int offset, final int length)
    {
        if (length <= EVENTS_OFFSET)
        {
            return "block is too short: length=" + length;
        }
        final int events = events(buffer, offset);
        final int size = buffer.getShort(offset + DocumentLayout.GROUP_LENGTH_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        if (size != EVENT_BYTES || events > DocumentLayout.MAX_BLOCK_EVENTS ||
            length != EVENTS_OFFSET + events * EVENT_BYTES)
        {
            return "block has a wrong length: length=" + length + " count=" + events;
        }
        return null;
    }

    /** Events of a block. */
    static int events(final UnsafeBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + DocumentLayout.COUNT_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** What is wrong with the schema of a document that is no block, or null. */
    static @Nullable String wrongSchema(final UnsafeBuffer buffer, final int offset, final int length)
    {
        if (length < DocumentLayout.COMMON_BYTES)
        {
            return "document is too short: length=" + length;
        }
        return Documents.isOfSchema(buffer, offset) ? null : "document is of another schema: schemaId=" +
            Documents.schemaId(buffer, offset) + " version=" + Documents.version(buffer, offset);
    }

    /** What is wrong with the first document of a file, or null. */
    static @Nullable String wrongStart(
        final UnsafeBuffer buffer, final int offset, final int length, final long fileNumber)
    {
        final int template = buffer.getShort(offset + DocumentLayout.TEMPLATE_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        final int expected = fileNumber == 0 ? RunHeaderDecoder.TEMPLATE_ID : FileHeaderDecoder.TEMPLATE_ID;
        final int fields = fileNumber == 0 ? RunHeaderDecoder.BLOCK_LENGTH : FileHeaderDecoder.BLOCK_LENGTH;
        if (template != expected || length < MessageHeaderDecoder.ENCODED_LENGTH + fields)
        {
            return "file does not start with its header: templateId=" + template;
        }
        if (fileNumber != 0)
        {
            final Documents.FileInfo info = Documents.decodeFileHeader(buffer, offset);
            return info.fileNumber() == fileNumber ? null : "file is another one: fileNumber=" + info.fileNumber();
        }
        return null;
    }

    /** What is wrong with the bytes of a document, or null. */
    static @Nullable String wrongBytes(final Checksum checksum, final Walker at, final long runId)
    {
        final UnsafeBuffer buffer = at.buffer();
        final int offset = at.offset();
        if (buffer.getInt(offset + DocumentLayout.CRC_OFFSET, LITTLE_ENDIAN) !=
            checksum.of(buffer, at.bytes(), offset, at.length()))
        {
            return "crc does not match";
        }
        final long found = buffer.getLong(offset + DocumentLayout.RUN_ID_OFFSET, LITTLE_ENDIAN);
        return found == runId ? null : "document belongs to another run: runId=" + found;
    }
}
