package io.ringtape.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class FileOutputTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldBeThereWhenItIsWholeAndNotBefore() throws IOException
    {
        final Path file = directory.resolve("f");
        try (FileOutput out = FileOutput.open(file))
        {
            out.write('a');
            out.write(new byte[]{'b', 'c'}, 0, 2);
            out.write(ByteBuffer.wrap(new byte[]{'d'}));
            out.writeAtStart(ByteBuffer.wrap(new byte[]{'A', 'B'}));
            assertEquals(1, names().size());
            assertTrue(names().get(0).matches("ringtape-[-0-9a-f]{36}\\.tmp"), names().get(0));

            assertEquals(4, out.complete());
        }

        assertEquals(List.of("f"), names());
        assertEquals("ABcd", Files.readString(file));
    }

    @Test
    void shouldLeaveWhatWasThereWhenItDoesNotBecomeWhole() throws IOException
    {
        final Path file = Files.writeString(directory.resolve("f"), "before");
        final Path beside = Files.writeString(directory.resolve("f.tmp"), "of somebody else");
        try (FileOutput out = FileOutput.open(file))
        {
            out.write('a');
        }

        assertEquals(List.of("f", "f.tmp"), names());
        assertEquals("before", Files.readString(file));
        assertEquals("of somebody else", Files.readString(beside));
    }

    @Test
    void shouldLeaveAFileOfAnotherBesideIt() throws IOException
    {
        final Path beside = Files.writeString(directory.resolve("f.tmp"), "of somebody else");
        try (FileOutput out = FileOutput.open(directory.resolve("f")))
        {
            out.write('a');

            out.complete();
        }

        assertEquals(List.of("f", "f.tmp"), names());
        assertEquals("of somebody else", Files.readString(beside));
    }

    @Test
    void shouldLeaveNothingWhereItCannotGetItsName() throws IOException
    {
        final Path file = directory.resolve("f");
        try (FileOutput out = FileOutput.open(file))
        {
            out.write('a');
            Files.createDirectory(file);

            assertEquals("output cannot be written: file=" + file.toRealPath() + " reason=Is a directory",
                assertThrows(CommandException.class, out::complete).getMessage());
        }

        assertEquals(List.of("f"), names());
    }

    @Test
    void shouldSayWhyNothingCanBeWritten()
    {
        final Path nowhere = directory.resolve("no").resolve("f");

        assertFailure(ExitCode.IO_ERROR, "output cannot be written: file=" + nowhere + " reason=No such directory",
            nowhere);
        assertFailure(ExitCode.USAGE, "output is not a regular file: file=" + directory, directory);
    }

    private void assertFailure(final ExitCode exitCode, final String message, final Path file)
    {
        final CommandException failure = assertThrows(CommandException.class, () -> FileOutput.open(file));

        assertEquals(message, failure.getMessage());
        assertEquals(exitCode, failure.exitCode());
    }

    private List<String> names() throws IOException
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.map((path) -> path.getFileName().toString()).sorted().toList();
        }
    }
}
