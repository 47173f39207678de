package io.ringtape.journal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that opens a reader, says so, waits to be told to go on, and says how many events it read. */
final class ReadingChild
{
    private ReadingChild()
    {
    }

    public static void main(final String[] arguments) throws IOException
    {
        int events = 0;
        final PrintStream answers =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (TapeReader reader = Tape.open(Path.of(arguments[0])).read(TapeRange.ALL, RunListener.NONE))
        {
            answers.write(reader.nextBlock() ? 1 : 0);
            answers.flush();
            if (System.in.read() < 0)
            {
                return;
            }
            events = reader.count();
            while (reader.nextBlock())
            {
                events += reader.count();
            }
        }
        answers.print(events);
        answers.flush();
    }
}
