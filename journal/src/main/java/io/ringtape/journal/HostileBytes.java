package io.ringtape.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that a parser of a tape reads from memory instead of a file, to try in microseconds what hostile bytes do to
 * it: the parsers are those that read every tape, and only the file under them is another one. For the fault matrix
 * and rigs; nothing that records or reads a tape needs it.
 * <pre>{@code
 * for (final HostileBytes bytes : HostileBytes.of(tape))
 * {
 *     final ByteBuffer change = bytes.restore();
 *     change.put(17, (byte)0xFF);
 *     final boolean isRight = bytes.read();
 * }
 * }</pre>
 * The files are made from a real tape, and are small: of a run two files, with its documents and without most of
 * Chronicle's own; of index and manifest more than that tape has.
 * <p>
 * Thread safety: none; each thread makes its own.
 * Allocation: as the parser has it, and on construction.
 */
public final class HostileBytes
{
    /** What a file may be made longer by, beside its own length again. */
    private static final int MORE_BYTES = 256;

    private final String parser;
    private final byte[] good;
    private final List<Integer> fields;
    private final Forger forger;
    private final Reading reading;
    private final ByteBuffer room;
    private final byte[] zeros;

    /** Makes the CRCs of bytes right, up to their limit. */
    @FunctionalInterface
    interface Forger
    {
        void forge(ByteBuffer bytes);
    }

    /** Reads bytes up to their limit, and says whether what was accepted is what was written. */
    @FunctionalInterface
    interface Reading
    {
        boolean read(ByteBuffer bytes) throws IOException, SnapshotDamageException;
    }

    HostileBytes(
        final String parser, final ByteBuffer good, final List<Integer> fields, final Forger forger,
        final Reading reading)
    {
        this.parser = parser;
        this.good = new byte[good.remaining()];
        good.get(good.position(), this.good);
        this.fields = List.copyOf(fields);
        this.forger = forger;
        this.reading = reading;
        room = ByteBuffer.allocateDirect(2 * this.good.length + MORE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        zeros = new byte[room.capacity() - this.good.length];
        restore();
    }

    /**
     * The files of a tape, one for each way in which a parser reads them.
     *
     * @param tape its directory: with one closed run of twelve blocks or more, in one file, and counters beside it.
     * @return each to be changed and read.
     * @throws TapeException if it is no such tape.
     */
    public static List<HostileBytes> of(final Path tape)
    {
        try
        {
            final HostileRun run = HostileRun.of(tape);
            final List<HostileBytes> all = new ArrayList<>(run.parsers());
            all.addAll(HostileSideFiles.of(tape, run));
            return List.copyOf(all);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", tape, e);
        }
    }

    /**
     * Makes the CRCs of a whole file of a tape right again, as a forger would, as far as its bytes make sense. What
     * other files say of it stays as it is.
     *
     * @param name  of the file.
     * @param bytes of the file, all of them, little-endian.
     * @return false if files of that name have no CRC.
     */
    public static boolean forge(final String name, final ByteBuffer bytes)
    {
        final Forger forger = Forgery.of(name);
        if (forger == null)
        {
            return false;
        }
        forger.forge(bytes);
        return true;
    }

    /**
     * What reads the bytes.
     *
     * @return a few words, unique among those of a tape.
     */
    public String parser()
    {
        return parser;
    }

    /**
     * Where the fields of the good file start that a parser looks at, ascending.
     *
     * @return offsets in the file, at least one; all of them before its end.
     */
    public List<Integer> fields()
    {
        return fields;
    }

    /**
     * Makes the file good again.
     *
     * @return its bytes, little-endian and direct, to be changed in place. The limit is the end of the file; it may be
     *     set to anything up to the capacity, behind the good bytes are zeros.
     */
    public ByteBuffer restore()
    {
        room.clear();
        room.put(0, good).put(good.length, zeros);
        return room.limit(good.length);
    }

    /** Makes the CRCs of the file right again, as a forger would, as far as its bytes make sense. */
    public void forge()
    {
        forger.forge(room);
    }

    /**
     * Has the parser read the file.
     *
     * @return whether what it accepted is what was written, and all of it where it did not say that something is wrong;
     *     of a file that was forged this means nothing.
     * @throws TapeException if the parser refuses the file.
     */
    public boolean read()
    {
        try
        {
            return reading.read(room);
        }
        catch (final SnapshotDamageException e)
        {
            throw new TapeException(TapeException.Kind.DAMAGED, e.line(), e);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }
}
