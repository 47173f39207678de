package io.ringtape.cli.capture;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the captures that are not part of the project: see {@code data/README.md} of the shared folder.
 * <p>
 * Thread safety: stateless.
 * Allocation: as it needs.
 */
public final class RealCaptures
{
    private RealCaptures()
    {
    }

    /** The one file that fits, or else the test is skipped. */
    public static Path find(final String folder, final String glob) throws IOException
    {
        final Path data = data();
        final PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        final Path place = data.resolve(folder);
        assumeTrue(Files.isDirectory(place), "skipped: no real captures: folder=" + place);
        try (Stream<Path> files = Files.list(place))
        {
            final List<Path> found = files.filter(file -> matcher.matches(file.getFileName())).toList();
            assumeTrue(found.size() == 1, "skipped: capture is not there: folder=" + place + " name=" + glob);
            return found.get(0);
        }
    }

    // Beside the repository: ../shared/data, looked for upward from where the tests run.
    private static Path data()
    {
        final String given = System.getProperty("ringtape.data", "");
        if (!given.isEmpty())
        {
            return Path.of(given);
        }
        Path place = Path.of("").toAbsolutePath();
        while (place != null)
        {
            final Path data = place.resolve("shared").resolve("data");
            if (Files.isDirectory(data))
            {
                return data;
            }
            place = place.getParent();
        }
        assumeTrue(false, "skipped: no real captures: expected shared/data beside the repository or -Dringtape.data");
        return Path.of("");
    }
}
