package io.ringtape.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
            assertEquals(List.of("f.tmp"), names());

            assertEquals(4, out.complete());
        }

        assertEquals(List.of("f"), names());
        assertEquals("ABcd", Files.readString(file));
    }

    @Test
    void shouldLeaveWhatWasThereWhenItDoesNotBecomeWhole() throws IOException
    {
        final Path file = Files.writeString(directory.resolve("f"), "before");
        Files.writeString(directory.resolve("f.tmp"), "left by a process that was killed, and longer than the rest");
        try (FileOutput out = FileOutput.open(file))
        {
            out.write('a');
        }

        assertEquals(List.of("f"), names());
        assertEquals("before", Files.readString(file));
    }

    @Test
    void shouldSayWhyNothingCanBeWritten() throws IOException
    {
        final Path nowhere = directory.resolve("no").resolve("f");
        Files.createDirectory(directory.resolve("f.tmp"));

        assertFailure(ExitCode.IO_ERROR, "output cannot be written: file=" + nowhere + " reason=No such directory",
            nowhere);
        assertFailure(ExitCode.IO_ERROR, "output cannot be written: file=" + directory.resolve("f") +
            " reason=Is a directory", directory.resolve("f"));
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
