package io.ringtape.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.ringtape.jvm.JvmFlags;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the jar holds, what its manifest is good for, and that nothing calls home or writes there. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
final class RingtapeJarIT
{
    private static final Path JAR = Path.of("target/ringtape.jar").toAbsolutePath();
    private static final Path TEST_CLASSES = Path.of("target/test-classes").toAbsolutePath();

    @TempDir
    private Path scratch;

    static Collection<Jdks.Jdk> jdks() throws IOException
    {
        return Jdks.found();
    }

    @Test
    void shouldHoldNothingThatCallsHomeCompilesOrGenerates() throws IOException
    {
        try (JarFile jar = new JarFile(JAR.toFile()))
        {
            final List<String> unwanted = jar.stream()
                .map((entry) -> entry.getName())
                .filter((name) -> Stream.of("net/openhft/chronicle/analytics/", "net/openhft/compiler/",
                    "com/sun/jna/", "uk/co/real_logic/", "org/junit/").anyMatch(name::startsWith))
                .toList();

            assertEquals(List.of(), unwanted);
        }
    }

    @Test
    void shouldHaveNoAnalyticsOnTheRunTimeClassPath()
    {
        final ClassLoader loader = RingtapeJarIT.class.getClassLoader();

        assertNull(loader.getResource("net/openhft/chronicle/analytics/Analytics.class"));
        assertNull(loader.getResource("net/openhft/chronicle/analytics"));
        assertTrue(Stream.of(System.getProperty("java.class.path"), System.getProperty("surefire.test.class.path", ""))
            .noneMatch((path) -> path.contains("chronicle-analytics")));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void shouldRunFromItsManifestAlone(final Jdks.Jdk jdk) throws Exception
    {
        final Finished finished = run(List.of(jdk.java(), homeFlag(), "-jar", JAR.toString(), "--version"));

        assertEquals("", finished.err());
        assertEquals(0, finished.exitCode());
        assertTrue(finished.out().startsWith("ringtape "), finished::out);
        assertHomeIsEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void shouldOpenAQueueInSilenceWithTheListedFlags(final Jdks.Jdk jdk) throws Exception
    {
        final List<String> command = new ArrayList<>(List.of(jdk.java(), homeFlag()));
        command.addAll(JvmFlags.requiredBy(jdk.featureVersion()));
        command.addAll(List.of("-cp", JAR + File.pathSeparator + TEST_CLASSES, QueueProbe.class.getName()));
        command.add(scratch.resolve("queue").toString());

        assertSilent(run(command));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void shouldOpenAQueueInSilenceWithTheManifestAlone(final Jdks.Jdk jdk) throws Exception
    {
        final Path probe = jarThatRuns(QueueProbe.class);

        assertSilent(run(List.of(
            jdk.java(), homeFlag(), "-jar", probe.toString(), scratch.resolve("queue").toString())));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void shouldNameTheFlagsThatAJvmLacksAndMakeNothing(final Jdks.Jdk jdk) throws Exception
    {
        final Path tape = scratch.resolve("tape");

        final Finished finished = run(List.of(jdk.java(), homeFlag(), "-cp", JAR.toString(), "io.ringtape.cli.Main",
            "demo", "--journal", tape.toString()));

        assertEquals("", finished.out());
        assertEquals(1, finished.err().lines().count(), finished::err);
        for (final String flag : JvmFlags.requiredBy(jdk.featureVersion()))
        {
            assertTrue(finished.err().contains(flag), finished::err);
        }
        assertEquals(70, finished.exitCode());
        assertTrue(Files.notExists(tape));
        assertHomeIsEmpty();
    }

    private Path jarThatRuns(final Class<?> main) throws IOException
    {
        final Path probe = scratch.resolve("probe.jar");
        final Manifest manifest;
        try (JarFile jar = new JarFile(JAR.toFile()))
        {
            manifest = jar.getManifest();
        }
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, JAR.toUri() + " " + TEST_CLASSES.toUri());
        new JarOutputStream(Files.newOutputStream(probe), manifest).close();
        return probe;
    }

    private Finished run(final List<String> command) throws IOException, InterruptedException
    {
        Files.createDirectories(scratch.resolve("home"));
        return Finished.run(scratch, scratch, Map.of("HOME", scratch.resolve("home").toString()), command);
    }

    private String homeFlag()
    {
        return "-Duser.home=" + scratch.resolve("home");
    }

    private void assertSilent(final Finished finished) throws IOException
    {
        assertEquals("", finished.err());
        assertEquals("", finished.out());
        assertEquals(0, finished.exitCode());
        assertHomeIsEmpty();
    }

    private void assertHomeIsEmpty() throws IOException
    {
        try (Stream<Path> files = Files.list(scratch.resolve("home")))
        {
            assertEquals(List.of(), files.toList());
        }
    }
}
