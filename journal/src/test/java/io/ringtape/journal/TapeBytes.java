package io.ringtape.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** Finds and changes the bytes of a tape's files. */
final class TapeBytes
{
    private TapeBytes()
    {
    }

    static Path rollFile(final Path tape, final int run, final int number)
    {
        return tape.resolve(RunDirectory.name(run)).resolve(RollFiles.name(number));
    }

    /** Writes in place, so that nothing of the file's life but its bytes changes. */
    static void overwrite(final Path file, final byte[] bytes) throws IOException
    {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, bytes, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Writes in place, and never cuts the file: a live process maps it. */
    static void write(final Path file, final byte[] bytes) throws IOException
    {
        Files.write(file, bytes, StandardOpenOption.WRITE);
    }

    /** Where a block's header stands, or what stands behind the last block. */
    static int blockStart(final byte[] bytes, final int block)
    {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        int blocks = 0;
        while (true)
        {
            final int header = buffer.getInt(at);
            final boolean isBlock = header > 0 && (header & DocumentLayout.METADATA) == 0 &&
                buffer.getLong(at + 4) == DocumentLayout.BLOCK_WORD;
            if (blocks == block && (isBlock || blocks > 0))
            {
                return at;
            }
            blocks += isBlock ? 1 : 0;
            at += 4 + DocumentLayout.padded(header & DocumentLayout.LENGTH_MASK);
        }
    }

    /** Zeroes a page from the header of a block on, as a loss of power leaves it; returns where that is. */
    static int losePage(final Path file, final int block) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(file);
        final int hole = blockStart(bytes, block);
        Arrays.fill(bytes, hole, hole + 4096, (byte)0);
        overwrite(file, bytes);
        return hole;
    }
}
