package io.ringtape.cli.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The process's standard output, which never fails in silence as a {@link PrintStream} does.
 * <p>
 * A failed write is an unchecked exception, which a print stream lets through: {@link ClosedOutputException} when the
 * reader has gone, {@link UncheckedIOException} otherwise, a full disk for example.
 * <p>
 * Thread safety: as its stream.
 * Allocation: one buffer.
 */
public final class StandardOutput extends OutputStream
{
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream stream;
    private final boolean pipe;

    private StandardOutput(final OutputStream stream, final boolean pipe)
    {
        this.stream = stream;
        this.pipe = pipe;
    }

    /**
     * A buffered print stream over an output; flush it at the end.
     *
     * @param stream to write to.
     * @param pipe   whether the stream is a pipe, which can fail in one way only: its reader has gone.
     * @return the print stream, in UTF-8.
     */
    public static PrintStream over(final OutputStream stream, final boolean pipe)
    {
        final OutputStream checked = new BufferedOutputStream(new StandardOutput(stream, pipe), BUFFER_BYTES);
        return new PrintStream(checked, false, StandardCharsets.UTF_8);
    }

    @Override
    public void write(final int b)
    {
        write(new byte[]{(byte)b}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length)
    {
        try
        {
            stream.write(bytes, offset, length);
        }
        catch (final IOException e)
        {
            throw failed(e);
        }
    }

    @Override
    public void flush()
    {
        try
        {
            stream.flush();
        }
        catch (final IOException e)
        {
            throw failed(e);
        }
    }

    private RuntimeException failed(final IOException e)
    {
        if (pipe || "Broken pipe".equals(e.getMessage()))
        {
            return new ClosedOutputException(e);
        }
        return new UncheckedIOException(new IOException("standard output: " + e.getMessage(), e));
    }
}
