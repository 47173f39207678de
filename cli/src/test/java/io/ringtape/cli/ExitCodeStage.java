package io.ringtape.cli;

import io.ringtape.cli.output.Console;
import io.ringtape.cli.output.StandardOutput;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A directory of its own, a console of its own, and tapes in all states.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
final class ExitCodeStage
{
    private static final Path FULL_DEVICE = Path.of("/dev/full");

    private final TestTapes tapes = new TestTapes(ExitCodeTableTest.class);
    private final TestConsole console = new TestConsole();

    TestConsole console()
    {
        return console;
    }

    TestTapes tapes()
    {
        return tapes;
    }

    String tape()
    {
        return tapes.directory().toString();
    }

    int run(final String... args)
    {
        return new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(args);
    }

    int runOnFullDevice(final String... args) throws IOException
    {
        Assumptions.assumeTrue(Files.isWritable(FULL_DEVICE), "this system has no /dev/full");
        try (FileOutputStream full = new FileOutputStream(FULL_DEVICE.toFile()))
        {
            final Console onFull = new Console(StandardOutput.over(full, false), console.console().err(), false,
                false, console.console().clock());
            return new Main(onFull, StartUpCheck::ofThisProcess, new TapeSessions()).run(args);
        }
    }

    int runUnread(final String... args)
    {
        final OutputStream closed = new OutputStream()
        {
            @Override
            public void write(final int b) throws IOException
            {
                throw new IOException("Broken pipe");
            }
        };
        final Console unread = new Console(
            StandardOutput.over(closed, true), console.console().err(), false, false,
            console.console().clock());
        return new Main(unread, StartUpCheck::ofThisProcess, new TapeSessions()).run(args);
    }

    String unreadable(final String name) throws IOException
    {
        final Path file = Path.of(file(name, "1,2,3,4\n"));
        Files.setPosixFilePermissions(file, Set.of());
        Assumptions.assumeFalse(Files.isReadable(file), "root may read everything");
        return file.toString();
    }

    /** Runs a command while this user has no other permission to a part of the tape. */
    int runDenied(final String part, final String permissions, final String... args) throws IOException
    {
        final Path path = tapes.directory().resolve(part);
        final Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        try
        {
            Assumptions.assumeFalse(Files.isReadable(path) && Files.isWritable(path), "root may do everything");
            return run(args);
        }
        finally
        {
            Files.setPosixFilePermissions(path, before);
        }
    }

    String file(final String name, final String content) throws IOException
    {
        return Files.writeString(tapes.directory().resolveSibling(name), content).toString();
    }

    TapeWriter open(final TapeConfig config)
    {
        return TapeWriter.open(tapes.directory(), config, TestTapes.definitions(), () -> 1L);
    }

    void killedTape() throws IOException
    {
        try (TapeWriter writer = open(TapeConfig.defaults().withReserveBytes(0)))
        {
            write(writer, 100, 10);
        }
        final Path file = rollFiles().get(0);
        final byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (bytes[end - 1] == 0)
        {
            end--;
        }
        // As a kill in the middle of a write leaves it: a length that is not marked as ready, and some bytes.
        bytes[Math.min(bytes.length - 1, (end + 3) / 4 * 4 + 3)] = (byte)0x80;
        bytes[Math.min(bytes.length - 1, (end + 3) / 4 * 4 + 9)] = 77;
        Files.write(file, bytes);
    }

    void damagedTape() throws IOException
    {
        try (TapeWriter writer = open(TapeConfig.defaults().withReserveBytes(0)))
        {
            write(writer, 10_000, 100);
        }
        final Path file = rollFiles().get(0);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[300_000] ^= 1;
        Files.write(file, bytes);
    }

    void tapeWithoutItsSecondFile() throws IOException
    {
        tapeOfFiles();
        Files.delete(rollFiles().get(1));
    }

    void tapeOfFiles()
    {
        try (TapeWriter writer = open(
            TapeConfig.defaults().withReserveBytes(0).withRollBytes(TapeConfig.MIN_ROLL_BYTES)))
        {
            write(writer, 50_000, 1_000);
        }
    }

    private static void write(final TapeWriter writer, final int count, final int block)
    {
        final EventBatch events = new EventBatch(block);
        for (int i = 0; i < count; i++)
        {
            events.append().sequence(writer.firstSequence() + i).type(EventType.HEARTBEAT).eventTimeNs(i)
                .receiveTimeNs(i).orderId(-1);
        }
        for (int i = 0; i < count; i += block)
        {
            writer.onRange(events.buffer(), i * OrderBookEvent.SIZE_BYTES, writer.firstSequence() + i, block);
        }
    }

    List<Path> rollFiles() throws IOException
    {
        try (Stream<Path> paths = Files.walk(tapes.directory()))
        {
            return paths.filter((path) -> path.toString().endsWith(".cq4")).sorted().toList();
        }
    }
}
