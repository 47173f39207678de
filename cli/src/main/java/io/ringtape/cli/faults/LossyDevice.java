package io.ringtape.cli.faults;

import io.ringtape.journal.DeviceFaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A device that keeps what was forced, and of the rest what it likes, when the power is lost: each page, each length
 * and each name in a directory is as it is now, or as it was forced.
 */
final class LossyDevice implements DeviceFaults
{
    private static final String MARKER = "ringtape";
    private static final int SLOTS = 2;
    private static final int SLOT_BYTES = 64;
    private static final int BOOT_ID_AT = 40;
    private static final int CRC_AT = 60;

    private final Map<Path, byte[]> bytes = new HashMap<>();
    private final Map<Path, Set<String>> names = new HashMap<>();
    private boolean isOut;

    @Override
    public synchronized void onForce(final Path path) throws IOException
    {
        if (isOut)
        {
            throw new IOException("power is lost");
        }
        if (Files.isDirectory(path))
        {
            names.put(path, list(path).stream().map(LossyDevice::name).collect(Collectors.toSet()));
        }
        else
        {
            bytes.put(path, Files.readAllBytes(path));
        }
    }

    private static List<Path> list(final Path directory) throws IOException
    {
        try (Stream<Path> entries = Files.list(directory))
        {
            return entries.sorted().toList();
        }
    }

    private static String name(final Path path)
    {
        return String.valueOf(path.getFileName());
    }

    /**
     * Loses the power; nothing is forced after it.
     *
     * @param tape that was written.
     * @param to   where the tape is put that the next start of the machine finds, if it finds one.
     */
    synchronized void lose(final Path tape, final Path to, final SplittableRandom random) throws IOException
    {
        isOut = true;
        survive(tape, to, random);
    }

    private void survive(final Path from, final Path to, final SplittableRandom random) throws IOException
    {
        final Path directory = from.getParent();
        final Set<String> forced = directory == null ? Set.of() : names.getOrDefault(directory, Set.of());
        if (!forced.contains(name(from)) && random.nextBoolean())
        {
            return;
        }
        if (Files.isDirectory(from))
        {
            Files.createDirectory(to);
            for (final Path entry : list(from))
            {
                survive(entry, to.resolve(name(entry)), random);
            }
        }
        else if (!name(from).equals("owner"))
        {
            Files.write(to, restarted(name(from), mixed(from, random)));
        }
    }

    private byte[] mixed(final Path file, final SplittableRandom random) throws IOException
    {
        final byte[] now = Files.readAllBytes(file);
        if (name(file).equals(MARKER))
        {
            // Forced as it is made, before there is a writer with a device.
            return now;
        }
        final byte[] before = bytes.getOrDefault(file, new byte[0]);
        final byte[] left = Arrays.copyOf(now, random.nextBoolean() ? now.length : before.length);
        for (int page = 0; page < left.length; page += TapeFiles.PAGE_BYTES)
        {
            if (random.nextBoolean())
            {
                final int end = Math.min(left.length, page + TapeFiles.PAGE_BYTES);
                Arrays.fill(left, page, end, (byte)0);
                System.arraycopy(before, Math.min(page, before.length), left, page,
                    Math.max(0, Math.min(end, before.length) - page));
            }
        }
        return left;
    }

    /** The machine starts again, and has another id: here it is the marks that get one. */
    private static byte[] restarted(final String name, final byte[] file)
    {
        final ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; name.startsWith("mark-") && i < SLOTS; i++)
        {
            final int slot = i * TapeFiles.PAGE_BYTES;
            if (slot + SLOT_BYTES <= file.length && buffer.getInt(slot + CRC_AT) == crc(file, slot))
            {
                buffer.putLong(slot + BOOT_ID_AT, ~buffer.getLong(slot + BOOT_ID_AT));
                buffer.putInt(slot + CRC_AT, crc(file, slot));
            }
        }
        return file;
    }

    private static int crc(final byte[] file, final int slot)
    {
        final CRC32C crc = new CRC32C();
        crc.update(file, slot, CRC_AT);
        return (int)crc.getValue();
    }
}
