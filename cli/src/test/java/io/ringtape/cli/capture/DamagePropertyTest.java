package io.ringtape.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Compressed captures that are cut or damaged are never read as shorter or other ones without an error. */
final class DamagePropertyTest
{
    private static final int RECORDS = 1_000;
    private static final byte[] DBN = CaptureFiles.dbn(0, RECORDS, 1);

    @Property(tries = 60)
    void shouldNoticeEveryCut(@ForAll @IntRange(max = 2) final int packing, @ForAll final long seed) throws IOException
    {
        final byte[] whole = pack(packing);
        final int length = 5 + new Random(seed).nextInt(whole.length - 5);

        final int events = read(Arrays.copyOf(whole, length));

        assertTrue(events < 0, "length=" + length + " of " + whole.length);
    }

    @Property(tries = 150)
    void shouldNoticeEveryFlippedBitOfTheData(
        @ForAll @IntRange(max = 1) final int packing, @ForAll final long seed) throws IOException
    {
        final Random random = new Random(seed);
        final byte[] bytes = pack(packing);
        bytes[random.nextInt(bytes.length)] ^= (byte)(1 << random.nextInt(8));

        final int events = read(bytes);

        assertTrue(events < 0 || events == RECORDS, "events=" + events);
    }

    @Property(tries = 150)
    void shouldSurviveAnyDamage(@ForAll @IntRange(max = 3) final int packing, @ForAll final long seed)
        throws IOException
    {
        final Random random = new Random(seed);
        final byte[] bytes = pack(packing);
        for (int i = 0; i < 20; i++)
        {
            bytes[random.nextInt(bytes.length)] = (byte)random.nextInt(256);
        }

        assertTrue(read(bytes) <= RECORDS);
    }

    @Property(tries = 40)
    void shouldNoticeGarbageBehindGzip(@ForAll final long seed) throws IOException
    {
        final byte[] garbage = new byte[1 + new Random(seed).nextInt(40)];
        new Random(seed).nextBytes(garbage);
        garbage[0] = 7;

        assertTrue(read(CaptureFiles.join(pack(0), garbage)) < 0);
        assertTrue(read(CaptureFiles.join(pack(0), new byte[3], garbage)) < 0);
        assertEquals(RECORDS, read(CaptureFiles.join(pack(0), new byte[512])), "zero padding");
    }

    private static byte[] pack(final int packing)
    {
        return switch (packing)
        {
            case 0 -> CaptureFiles.gzip(DBN);
            case 1 -> CaptureFiles.zip("a.dbn", DBN);
            case 2 -> CaptureFiles.zstd(DBN);
            default -> DBN.clone();
        };
    }

    // The number of events, or -1 after an error.
    private static int read(final byte[] bytes) throws IOException
    {
        final CaptureFiles files = new CaptureFiles();
        try
        {
            final Path file = files.write("a", bytes);
            final CaptureFiles.Result result = CaptureFiles.read(file);
            return result.error().isPresent() ? -1 : result.events();
        }
        catch (final CaptureException e)
        {
            assertEquals(CaptureException.Kind.BAD_INPUT, e.kind(), e.getMessage());
            assertTrue(e.getMessage().indexOf('\n') < 0);
            return -1;
        }
        finally
        {
            files.delete();
        }
    }
}
