package io.ringtape.cli.capture;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that is read in blocks; a single byte, which hardly anybody asks for, is a block too.
 */
abstract class BlockStream extends InputStream
{
    @Override
    public final int read() throws IOException
    {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;
}
