package io.ringtape.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine: the running one and those in the folder beside it, one per feature version. */
final class Jdks
{
    private Jdks()
    {
    }

    static Collection<Jdk> found() throws IOException
    {
        final Path running = Path.of(System.getProperty("java.home")).toRealPath();
        final SortedMap<Integer, Jdk> found = new TreeMap<>();
        try (Stream<Path> homes = Files.list(running.getParent()))
        {
            homes.filter((home) -> Files.isExecutable(home.resolve("bin/java")) &&
                    Files.isRegularFile(home.resolve("release")))
                .map((home) -> new Jdk(featureVersion(home), home))
                .filter((jdk) -> jdk.featureVersion() >= 17)
                .forEach((jdk) -> found.putIfAbsent(jdk.featureVersion(), jdk));
        }
        final int featureVersion = Runtime.version().feature();
        found.put(featureVersion, new Jdk(featureVersion, running));
        return found.values();
    }

    private static int featureVersion(final Path home)
    {
        final Properties release = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("release")))
        {
            release.load(in);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
        final String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Integer.parseInt(version.replaceFirst("^1\\.", "").replaceFirst("\\D.*$", ""));
    }

    record Jdk(int featureVersion, Path home)
    {
        String java()
        {
            return home.resolve("bin/java").toString();
        }
    }
}
