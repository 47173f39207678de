package io.ringtape.cli.faults;

import io.ringtape.journal.codec.BlockEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Finds and changes the bytes of a tape's files.
 */
final class TapeFiles
{
    static final int HEADER_BYTES = 4;
    static final int PAGE_BYTES = 4096;
    static final String ROLL_SUFFIX = ".cq4";
    private static final int METADATA = 0x4000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int TEMPLATE_AT = HEADER_BYTES + 2;
    private static final int SEQUENCE_AT = HEADER_BYTES + 24;
    private static final Set<PosixFilePermission> WRITABLE = PosixFilePermissions.fromString("rw-------");

    /**
     * A block in a file.
     *
     * @param start    of its header.
     * @param length   behind its header.
     * @param sequence of its first event.
     */
    record Block(int start, int length, long sequence)
    {
        int end()
        {
            return start + HEADER_BYTES + length;
        }
    }

    private TapeFiles()
    {
    }

    /** The roll files of all runs, in order. */
    static List<Path> rollFiles(final Path tape) throws IOException
    {
        return files(tape).stream().filter((path) -> path.toString().endsWith(ROLL_SUFFIX)).toList();
    }

    /** All files, in the order of their names. */
    static List<Path> files(final Path tape) throws IOException
    {
        try (Stream<Path> walk = Files.walk(tape))
        {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static <T> T any(final List<T> choices, final SplittableRandom random)
    {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Where the headers of all documents stand, Chronicle's own among them, and at last that behind them. */
    static List<Integer> headers(final byte[] bytes)
    {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final List<Integer> starts = new ArrayList<>();
        int at = 0;
        while (at + HEADER_BYTES <= bytes.length)
        {
            starts.add(at);
            final int header = buffer.getInt(at);
            if (header <= 0)
            {
                return starts;
            }
            at += HEADER_BYTES + ((header & LENGTH_MASK) + 3) / 4 * 4;
        }
        return starts;
    }

    static List<Block> blocks(final byte[] bytes)
    {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final List<Block> blocks = new ArrayList<>();
        for (final int start : headers(bytes))
        {
            final int header = buffer.getInt(start);
            if (header > 0 && (header & METADATA) == 0 &&
                buffer.getShort(start + TEMPLATE_AT) == BlockEncoder.TEMPLATE_ID)
            {
                blocks.add(new Block(start, header & LENGTH_MASK, buffer.getLong(start + SEQUENCE_AT)));
            }
        }
        return blocks;
    }

    static void flip(final byte[] bytes, final int at, final SplittableRandom random)
    {
        bytes[at] ^= (byte)(1 << random.nextInt(Byte.SIZE));
    }

    static byte[] randomBytes(final int length, final SplittableRandom random)
    {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.nextInt();
        }
        return bytes;
    }

    /** Writes in place, also where the file is sealed. */
    static void overwrite(final Path file, final byte[] bytes) throws IOException
    {
        Files.setPosixFilePermissions(file, WRITABLE);
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Changes a file until the change is closed. */
    static Change change(final Path file, final byte[] bytes) throws IOException
    {
        final Change change = new Change(file, Files.readAllBytes(file), Files.getPosixFilePermissions(file));
        overwrite(file, bytes);
        return change;
    }

    /** What a file was. */
    static final class Change implements AutoCloseable
    {
        private final Path file;
        private final byte[] good;
        private final Set<PosixFilePermission> permissions;

        private Change(final Path file, final byte[] good, final Set<PosixFilePermission> permissions)
        {
            this.file = file;
            this.good = good;
            this.permissions = permissions;
        }

        Path file()
        {
            return file;
        }

        @Override
        public void close() throws IOException
        {
            overwrite(file, good);
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    /** Takes a file away, or gives it another name, until the move is closed. */
    record Moved(Path from, Path to) implements AutoCloseable
    {
        static Moved of(final Path from, final Path to) throws IOException
        {
            Files.move(from, to);
            return new Moved(from, to);
        }

        @Override
        public void close() throws IOException
        {
            Files.move(to, from);
        }
    }
}
