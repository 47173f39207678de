package io.ringtape.cli.faults;

import io.ringtape.jvm.JvmFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A JDK of this machine.
 *
 * @param home    its directory.
 * @param feature its feature version.
 */
record Jdk(Path home, int feature)
{
    private static final int LEAST = 17;
    private static final Path FOLDER = Path.of("/usr/lib/jvm");
    private static final Pattern VERSION = Pattern.compile("^JAVA_VERSION=\"(\\d{1,4})", Pattern.MULTILINE);

    /** This one and those beside it, each once, from 17 on. */
    static List<Jdk> found()
    {
        final List<Jdk> found = new ArrayList<>();
        add(found, ChildProperties.javaHome());
        for (final Path folder : List.of(ChildProperties.javaHome().resolveSibling("."), FOLDER))
        {
            if (Files.isDirectory(folder))
            {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder))
                {
                    entries.forEach((entry) -> add(found, entry));
                }
                catch (final IOException e)
                {
                    // What cannot be read holds no JDK for us.
                }
            }
        }
        found.sort(Comparator.comparingInt(Jdk::feature));
        return List.copyOf(found);
    }

    private static void add(final List<Jdk> found, final Path home)
    {
        try
        {
            final Path release = home.resolve("release");
            if (Files.isRegularFile(release) && Files.isExecutable(home.resolve("bin").resolve("java")))
            {
                final Path real = home.toRealPath();
                final Matcher version = VERSION.matcher(Files.readString(release, StandardCharsets.UTF_8));
                if (version.find() && Integer.parseInt(version.group(1)) >= LEAST &&
                    found.stream().noneMatch((jdk) -> jdk.home().equals(real)))
                {
                    found.add(new Jdk(real, Integer.parseInt(version.group(1))));
                }
            }
        }
        catch (final IOException e)
        {
            // What cannot be read is no JDK for us.
            return;
        }
    }

    static String names()
    {
        return found().stream().map((jdk) -> Integer.toString(jdk.feature)).collect(Collectors.joining(", "));
    }

    List<String> flags()
    {
        return JvmFlags.requiredBy(feature);
    }
}
