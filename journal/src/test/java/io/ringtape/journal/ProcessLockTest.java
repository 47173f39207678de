package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lock that this test takes itself stands for that of another class loader: the JVM keeps them in one table. */
@Timeout(20)
final class ProcessLockTest
{
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private final Path directory = Tapes.fresh("process-lock");
    private final Path file = directory.resolve("lock");

    @BeforeEach
    void make() throws IOException
    {
        Files.createDirectories(directory);
        Files.createFile(file);
    }

    @AfterEach
    void clean()
    {
        Tapes.delete(directory);
    }

    @Test
    void shouldOpenAFileOnceHoweverOftenAnotherClassLoaderHoldsIt() throws IOException
    {
        assumeTrue(Files.isDirectory(OPEN_FILES), "this system does not tell which files are open");
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            assertNotNull(other.lock());
            for (int i = 0; i < 20; i++)
            {
                assertThrows(OverlappingFileLockException.class,
                    () -> ProcessLock.tryLock(file, StandardOpenOption.WRITE, false));
            }

            assertEquals(2, openCount(file));
        }

        final FileLock lock = ProcessLock.tryLock(file, StandardOpenOption.WRITE, false);

        assertNotNull(lock);
        assertTrue(lock.isValid());
        lock.acquiredBy().close();
        assertEquals(0, openCount(file));
    }

    @Test
    void shouldLockTheFileThatIsThereAndNotOneThatWasThere() throws IOException
    {
        final Path moved = directory.resolve("moved");
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            assertNotNull(other.lock());
            assertThrows(OverlappingFileLockException.class,
                () -> ProcessLock.tryLock(file, StandardOpenOption.WRITE, false));
            Files.move(file, moved);
            Files.createFile(file);

            final FileLock lock = ProcessLock.tryLock(file, StandardOpenOption.WRITE, false);

            assertNotNull(lock);
            assertThrows(OverlappingFileLockException.class,
                () -> ProcessLock.tryLock(file, StandardOpenOption.WRITE, false));
            assertThrows(OverlappingFileLockException.class,
                () -> ProcessLock.tryLock(moved, StandardOpenOption.WRITE, false));
            lock.acquiredBy().close();
        }
    }

    @Test
    void shouldKeepOneFileOpenForAllReadersOfATapeThatAnotherClassLoaderReads() throws IOException
    {
        assumeTrue(Files.isDirectory(OPEN_FILES), "this system does not tell which files are open");
        final Path tape = directory.resolve("tape");
        Tapes.record(tape, 1, 16);
        final Path readers = tape.resolve(TapeReaders.NAME);
        try (FileChannel other = FileChannel.open(readers, StandardOpenOption.READ))
        {
            assertNotNull(other.lock(0, Long.MAX_VALUE, true));
            for (int i = 0; i < 20; i++)
            {
                assertEquals(16, Tapes.sequences(tape, TapeRange.ALL).size());
            }

            assertEquals(2, openCount(readers));
        }
    }

    private static long openCount(final Path file) throws IOException
    {
        final Path real = file.toRealPath();
        final List<Path> links;
        try (Stream<Path> open = Files.list(OPEN_FILES))
        {
            links = open.toList();
        }
        return links.stream().filter((link) -> leadsTo(link, real)).count();
    }

    private static boolean leadsTo(final Path link, final Path file)
    {
        try
        {
            return Files.readSymbolicLink(link).equals(file);
        }
        catch (final IOException e)
        {
            // Of the listing itself, which is closed by now.
            return false;
        }
    }
}
