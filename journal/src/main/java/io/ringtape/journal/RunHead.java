package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.journal.codec.MessageHeaderDecoder;
import io.ringtape.journal.codec.RunHeaderDecoder;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The header of a run, found whole in its first file.
 *
 * @param run      the run.
 * @param previous where the run before ends.
 */
record RunHead(RunInfo run, Documents.RunEnd previous)
{
    /**
     * Reads the header of a run.
     *
     * @param directory of the run.
     * @param walker    to read with; it is closed.
     * @return null if the run has no whole header.
     * @throws IOException if the first file cannot be read.
     */
    static @Nullable RunHead read(final RunDirectory directory, final Walker walker) throws IOException
    {
        if (directory.files().isEmpty() || directory.files().get(0).number() != 0)
        {
            return null;
        }
        walker.open(directory.files().get(0).path());
        try
        {
            int step = walker.next();
            while (step == Walker.CHRONICLE)
            {
                step = walker.next();
            }
            return step == Walker.DOCUMENT ? decode(walker, directory.runId()) : null;
        }
        finally
        {
            walker.close();
        }
    }

    private static @Nullable RunHead decode(final Walker walker, final long runId)
    {
        final UnsafeBuffer buffer = walker.buffer();
        final int offset = walker.offset();
        final int least = MessageHeaderDecoder.ENCODED_LENGTH + RunHeaderDecoder.BLOCK_LENGTH;
        if (walker.length() < least ||
            !Documents.isOfSchema(buffer, offset) ||
            buffer.getShort(offset + DocumentLayout.TEMPLATE_OFFSET, LITTLE_ENDIAN) != RunHeaderDecoder.TEMPLATE_ID ||
            buffer.getLong(offset + DocumentLayout.RUN_ID_OFFSET, LITTLE_ENDIAN) != runId ||
            buffer.getInt(offset + DocumentLayout.CRC_OFFSET, LITTLE_ENDIAN) !=
                new Checksum().of(buffer, walker.bytes(), offset, walker.length()))
        {
            return null;
        }
        return new RunHead(Documents.decodeRunHeader(buffer, offset), Documents.decodePreviousEnd(buffer, offset));
    }
}
