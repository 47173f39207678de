package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.journal.RunDirectory.RollFile;
import io.ringtape.journal.codec.FileHeaderDecoder;
import io.ringtape.journal.codec.MessageHeaderDecoder;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the file of a run to start reading in, by the headers of the files.
 */
final class RunSeek
{
    private RunSeek()
    {
    }

    /**
     * The last file that starts before a point.
     *
     * @param chain     the runs.
     * @param index     of the run.
     * @param sequence  the file must not start after it.
     * @param receiveNs the running maximum before the file must be below it.
     * @param walker    to read with; it is closed.
     * @return index of the file; 0 if no other one qualifies.
     * @throws IOException if a file cannot be read.
     */
    static int fileIndex(
        final RunChain chain, final int index, final long sequence, final long receiveNs, final Walker walker)
        throws IOException
    {
        final long runId = chain.directory(index).runId();
        final List<RollFile> files = chain.files(index);
        for (int i = files.size() - 1; i > 0; i--)
        {
            walker.open(files.get(i).path());
            try
            {
                if (starts(walker, runId, sequence, receiveNs))
                {
                    return i;
                }
            }
            finally
            {
                walker.close();
            }
        }
        return 0;
    }

    private static boolean starts(
        final Walker walker, final long runId, final long sequence, final long receiveNs)
    {
        int step = walker.next();
        while (step == Walker.CHRONICLE)
        {
            step = walker.next();
        }
        final int offset = walker.offset();
        final UnsafeBuffer buffer = walker.buffer();
        // One that is damaged does not qualify: the reader comes to it from the file before, and says so.
        if (step != Walker.DOCUMENT ||
            walker.length() < MessageHeaderDecoder.ENCODED_LENGTH + FileHeaderDecoder.BLOCK_LENGTH ||
            buffer.getShort(offset + DocumentLayout.TEMPLATE_OFFSET, LITTLE_ENDIAN) != FileHeaderDecoder.TEMPLATE_ID ||
            buffer.getLong(offset + DocumentLayout.RUN_ID_OFFSET, LITTLE_ENDIAN) != runId ||
            buffer.getInt(offset + DocumentLayout.CRC_OFFSET, LITTLE_ENDIAN) !=
                new Checksum().of(buffer, walker.bytes(), offset, walker.length()))
        {
            return false;
        }
        final Documents.FileInfo info = Documents.decodeFileHeader(buffer, offset);
        return info.firstSequence() <= sequence &&
            (info.maxReceiveTimeNs() < receiveNs || receiveNs == DocumentLayout.NO_TIME);
    }
}
