package io.ringtape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * A LOBSTER capture of the instrument TEST, one level deep: orders at the bid, each of which is added and deleted
 * again.
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
final class LobsterPairs
{
    private static final String MESSAGES = "TEST_2012-06-21_34200000_57600000_message_1.csv";
    private static final String BOOKS = "TEST_2012-06-21_34200000_57600000_orderbook_1.csv";

    private LobsterPairs()
    {
    }

    /**
     * Writes both files.
     *
     * @param directory that gets them.
     * @param pairs     of an add and a delete.
     * @param added     when the order of a pair, from 1, is added: seconds of the day.
     * @param deleted   when it is deleted.
     * @return the file of messages.
     */
    static String write(
        final Path directory, final int pairs, final IntFunction<String> added, final IntFunction<String> deleted)
        throws IOException
    {
        final StringBuilder messages = new StringBuilder();
        final StringBuilder books = new StringBuilder();
        for (int i = 1; i <= pairs; i++)
        {
            messages.append(added.apply(i)).append(",1,").append(i).append(",10,1000100,1\n")
                .append(deleted.apply(i)).append(",3,").append(i).append(",10,1000100,1\n");
            books.append("1010000,100,1000100,10\n1010000,100,1000000,100\n");
        }
        Files.writeString(directory.resolve(BOOKS), books);
        return Files.writeString(directory.resolve(MESSAGES), messages).toString();
    }
}
