package io.ringtape.journal;

import java.io.IOException;
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
        try (TapeReader reader = Tape.open(Path.of(arguments[0])).read(TapeRange.ALL, RunListener.NONE))
        {
            System.out.write(reader.nextBlock() ? 1 : 0);
            System.out.flush();
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
        System.out.print(events);
        System.out.flush();
    }
}
