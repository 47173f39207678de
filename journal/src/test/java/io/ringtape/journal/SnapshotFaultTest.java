package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to a snapshot, it is named and passed over, and the one before it is taken. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SnapshotFaultTest
{
    private final Path tape = Tapes.fresh("snapshot-faults");
    private final List<String> said = new ArrayList<>();
    private long older;
    private long newer;
    private byte[] bytes = new byte[0];

    @BeforeEach
    void record() throws IOException
    {
        Markets.record(tape, TapeConfig.defaults(), 21, 60);
        make(tape);
        final List<SnapshotInfo> all = Tape.open(tape).snapshots().list();
        older = all.get(all.size() - 2).sequence();
        newer = all.get(all.size() - 1).sequence();
        bytes = Files.readAllBytes(file(newer));
    }

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldPassOverEachFlippedBit() throws IOException
    {
        final Random random = new Random(22);
        for (int i = 0; i < 64 + 200; i++)
        {
            final int at = i < 64 ? i : random.nextInt(bytes.length);
            final byte[] flipped = bytes.clone();
            flipped[at] ^= (byte)(1 << random.nextInt(8));
            Files.write(file(newer), flipped);

            requireOlder("damaged, " + what(at));
        }
    }

    private static String what(final int at)
    {
        if (at >= SnapshotFile.VERSION_AT && at < SnapshotFile.BLOCK_CRC_AT)
        {
            return "version is not known";
        }
        return at < SnapshotFile.VERSION_AT ||
            (at >= SnapshotFile.SEQUENCE_AT && at < SnapshotFile.MAX_RECEIVE_TIME_AT) ||
            (at >= SnapshotFile.BODY_BYTES_AT && at < SnapshotFile.STATES_BYTES_AT) ?
            "header makes no sense" : "crc does not match";
    }

    @Test
    void shouldReadWhatTheFirstVersionWrote() throws IOException
    {
        final byte[] first = bytes.clone();
        first[SnapshotFile.VERSION_AT] = SnapshotFile.BOOKS_VERSION;
        Files.write(file(newer), seal(first));

        assertEquals(newer, newest());
        assertEquals(List.of(), said);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldPassOverStatesThatMakeNoSense() throws IOException
    {
        for (final int length : new int[]{-1, bytes.length - SnapshotFile.HEADER_BYTES, Integer.MAX_VALUE})
        {
            Files.write(file(newer), withStates(length, SnapshotFile.VERSION));
            requireOlder("damaged, length of its states makes no sense");
        }
        Files.write(file(newer), withStates(8, SnapshotFile.BOOKS_VERSION));
        requireOlder("damaged, length of its states makes no sense");
        Files.write(file(newer), withStates(5, SnapshotFile.VERSION));
        requireOlder("damaged, states end early: bytes=5");
    }

    private byte[] withStates(final int length, final int version)
    {
        final byte[] wrong = bytes.clone();
        ByteBuffer.wrap(wrong).order(ByteOrder.LITTLE_ENDIAN).putInt(SnapshotFile.STATES_BYTES_AT, length)
            .putInt(SnapshotFile.VERSION_AT, version);
        return seal(wrong);
    }

    @Test
    void shouldPassOverOneThatIsCutOrLonger() throws IOException
    {
        for (final int length : new int[]{0, 1, 63, 64, 65, bytes.length / 2, bytes.length - 1, bytes.length + 1})
        {
            Files.write(file(newer), Arrays.copyOf(bytes, length));

            requireOlder("damaged, header makes no sense");
        }
    }

    @Test
    void shouldMakeNoRoomForWhatIsLargerThanAnySnapshot() throws IOException
    {
        try (FileChannel channel = FileChannel.open(file(newer), StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.wrap(new byte[1]), 1L << 40);
        }

        requireOlder("damaged, header makes no sense");
    }

    @Test
    void shouldPassOverWhatIsNoFile() throws IOException
    {
        final Path moved = tape.resolveSibling("moved");
        Files.move(file(newer), moved);
        Files.createSymbolicLink(file(newer), moved.toAbsolutePath());
        requireOlder("damaged, it is no file");

        Files.delete(file(newer));
        Files.createDirectory(file(newer));
        requireOlder("damaged, it is no file");
    }

    @Test
    void shouldPassOverOneUnderAnotherName() throws IOException
    {
        Files.write(file(newer), Files.readAllBytes(file(older)));

        requireOlder("damaged, header makes no sense");
    }

    @Test
    void shouldPassOverBooksThatMakeNoSense() throws IOException
    {
        final byte[] wrong = bytes.clone();
        wrong[SnapshotFile.HEADER_BYTES + 116] ^= 1;
        Files.write(file(newer), seal(wrong));

        assertEquals(older, newest());

        assertTrue(said.get(0).startsWith("snapshot is damaged, snapshot of books makes no sense, "), said.get(0));
        assertTrue(said.get(0).endsWith(": file=" + SnapshotFile.name(newer)), said.get(0));
        assertEquals(new TapeReport(TapeStatus.DAMAGED, last() + 1, 0, last(), 1, said.get(0)),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldPassOverOneOfAnotherTape() throws IOException
    {
        final Path other = Tapes.fresh("snapshot-other");
        Markets.record(other, TapeConfig.defaults(), 23, 60);
        make(other);
        final SnapshotInfo foreign = Tape.open(other).snapshots().list().stream()
            .filter((info) -> info.sequence() > older && info.sequence() <= last()).findFirst().orElseThrow();
        Files.delete(file(newer));
        Files.copy(SnapshotFile.directory(other).resolve(foreign.name()), file(foreign.sequence()));
        Tapes.delete(other);

        requireForeign(foreign.sequence());
    }

    @Test
    void shouldPassOverOneWhoseBlockIsAnotherOne() throws IOException
    {
        final byte[] wrong = bytes.clone();
        wrong[SnapshotFile.BLOCK_CRC_AT] ^= 1;
        Files.write(file(newer), seal(wrong));
        requireForeign(newer);

        wrong[SnapshotFile.BLOCK_CRC_AT] ^= 1;
        wrong[SnapshotFile.RUN_AT] ^= 1;
        Files.write(file(newer), seal(wrong));
        requireForeign(newer);

        wrong[SnapshotFile.RUN_AT] ^= 1;
        wrong[SnapshotFile.MAX_RECEIVE_TIME_AT] ^= 1;
        Files.write(file(newer), seal(wrong));
        requireForeign(newer);
    }

    @Test
    void shouldPassOverOneOfALaterTapeThanIsThere() throws IOException
    {
        final byte[] wrong = bytes.clone();
        final long beyond = last() + 1_000;
        ByteBuffer.wrap(wrong).order(ByteOrder.LITTLE_ENDIAN).putLong(SnapshotFile.SEQUENCE_AT, beyond);
        Files.delete(file(newer));
        Files.write(file(beyond), seal(wrong));

        requireForeign(beyond);
    }

    @Test
    void shouldRemoveWhatIsOfNoUseAndMakeItAnew() throws IOException
    {
        final byte[] wrong = bytes.clone();
        wrong[100] ^= 1;
        Files.write(file(newer), wrong);
        Files.write(file(last() + 5), new byte[100]);

        make(tape);

        assertEquals(List.of("snapshot is damaged, header makes no sense: file=" + SnapshotFile.name(last() + 5),
            "snapshot is damaged, crc does not match: file=" + SnapshotFile.name(newer)), said);
        assertEquals(newer, newest());
        assertEquals(HexFormat.of().formatHex(bytes),
            HexFormat.of().formatHex(Files.readAllBytes(file(newer))));
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldRefuseALinkInPlaceOfTheDirectory() throws IOException
    {
        final Path moved = tape.resolveSibling("moved");
        Files.move(SnapshotFile.directory(tape), moved);
        Files.createSymbolicLink(SnapshotFile.directory(tape), moved.toAbsolutePath());

        final TapeException read = assertThrows(TapeException.class, this::newest);
        final TapeException made = assertThrows(TapeException.class, () -> make(tape));

        assertEquals(Kind.UNREADABLE, read.kind());
        assertEquals("tape must not hold a symbolic link: path=" + SnapshotFile.directory(tape), read.getMessage());
        assertEquals(Kind.CANNOT_CREATE, made.kind());
    }

    @Test
    void shouldPassOverOtherNames() throws IOException
    {
        for (final String name : List.of("snapshot-1.rts", "snapshot-9223372036854775808.rts", "other",
            SnapshotFile.name(newer) + ".tmp"))
        {
            Files.write(SnapshotFile.directory(tape).resolve(name), new byte[10]);
        }

        assertEquals(newer, newest());
        assertEquals(List.of(), said);
    }

    private void requireOlder(final String what) throws IOException
    {
        final String line = "snapshot is " + what + ": file=" + SnapshotFile.name(newer);
        said.clear();

        assertEquals(older, newest());

        assertEquals(List.of(line), said);
        assertEquals(new TapeReport(TapeStatus.DAMAGED, last() + 1, 0, last(), 1, line), TapeVerifier.verify(tape));
    }

    private void requireForeign(final long sequence)
    {
        final String name = SnapshotFile.name(sequence);
        said.clear();

        assertEquals(older, newest());

        assertEquals(List.of("snapshot is not of this tape: file=" + name), said);
        assertEquals(new TapeReport(TapeStatus.OK, last() + 1, 0, last(), 1,
            "all runs are whole: runs=1; snapshots are not of this tape: count=1 first=" + name),
            TapeVerifier.verify(tape));
    }

    private long newest()
    {
        final BookSnapshot found = Tape.open(tape).snapshots().newest(0, Long.MAX_VALUE, said::add).orElseThrow();
        assertEquals(Markets.booksAt(tape, 0, last()), Markets.booksAt(tape, found, last()));
        return found.sequence();
    }

    private long last()
    {
        return Markets.lastSequence(tape);
    }

    private void make(final Path of)
    {
        try (SnapshotMaker maker = SnapshotMaker.open(Tape.open(of), 300, 0, said::add))
        {
            maker.advance(Markets::ignore);
        }
    }

    private Path file(final long sequence)
    {
        return SnapshotFile.directory(tape).resolve(SnapshotFile.name(sequence));
    }

    private static byte[] seal(final byte[] whole)
    {
        final CRC32C crc = new CRC32C();
        crc.update(whole, 0, SnapshotFile.CRC_AT);
        crc.update(whole, SnapshotFile.HEADER_BYTES, whole.length - SnapshotFile.HEADER_BYTES);
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(SnapshotFile.CRC_AT, (int)crc.getValue());
        return whole;
    }
}
