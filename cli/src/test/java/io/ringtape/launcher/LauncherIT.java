package io.ringtape.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.ringtape.jvm.JvmFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds, what it runs, and what it says where it cannot. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
final class LauncherIT
{
    private static final int FAILED = 70;

    @TempDir
    private Path base;
    private Checkout checkout;

    @BeforeEach
    void makeCheckout() throws IOException
    {
        checkout = new Checkout(base.toRealPath());
    }

    @Test
    void shouldRunTheRealJarFromAnotherFolderAndAPathWithSpaces() throws Exception
    {
        checkout.putJar(Path.of("target/ringtape.jar"));
        for (final Jdks.Jdk jdk : Jdks.found())
        {
            checkout.with("JAVA_HOME", jdk.home().toString());

            final Finished finished = checkout.run("--version");

            assertEquals("", finished.err());
            assertEquals(0, finished.exitCode());
            assertTrue(finished.out().startsWith("ringtape "), finished::out);
            assertEquals(List.of(), checkout.leftOver());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.1", "21", "24-ea", "25.0.3"})
    void shouldPassTheFlagsOfTheJdkAndEveryArgumentAsItIs(final String version) throws Exception
    {
        checkout.putJar();
        checkout.putJava(version);

        final Finished finished = checkout.run("record", "--journal", "a b", "", "*", "c\"d'$e");

        final List<String> expected = new ArrayList<>();
        for (final String flag : JvmFlags.requiredBy(Integer.parseInt(version.substring(0, 2))))
        {
            expected.add("<" + flag + ">");
        }
        expected.addAll(List.of("<-Xmx256m>", "<-jar>", "<" + checkout.jar() + ">"));
        expected.addAll(List.of("<record>", "<--journal>", "<a b>", "<>", "<*>", "<c\"d'$e>"));
        assertEquals(expected, finished.out().lines().skip(1).toList());
        assertEquals("", finished.err());
    }

    @Test
    void shouldBecomeTheJvmSoThatSignalsReachIt() throws Exception
    {
        checkout.putJar();
        checkout.putJava("17");

        final Process process = checkout.start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals("pid " + process.pid(), out.lines().findFirst().orElse(""));
    }

    @Test
    void shouldTakeJavaFromThePathAndAskItForItsVersion() throws Exception
    {
        checkout.putJar();
        checkout.script("bin/java",
            "case $1 in -version) echo 'openjdk version \"25.0.1\" 2025-10-21' >&2 ;; *) echo \"$*\" ;; esac");

        final Finished finished = checkout.run("verify");

        assertEquals("", finished.err());
        assertTrue(finished.out().startsWith(String.join(" ", JvmFlags.requiredBy(25)) + " -Xmx256m -jar "));
    }

    @Test
    void shouldRunThroughALink() throws Exception
    {
        checkout.putJar();
        checkout.putJava("17");
        final Path link = Files.createSymbolicLink(
            checkout.file("bin/rt"), Path.of("../a path/with spaces/ringtape"));

        final Finished finished = checkout.runAs(link.toString(), "help");

        assertEquals("", finished.err());
        assertTrue(finished.out().contains("<" + checkout.jar() + ">"));
    }

    @Test
    void shouldNeedNeitherMavenNorAWritableCheckoutForAFreshJar() throws Exception
    {
        checkout.putJar();
        checkout.putJava("17");
        final Map<String, String> before = checkout.snapshot();
        checkout.permit("r-xr-xr-x");

        final Finished finished = checkout.run();

        checkout.permit("rwxr-xr-x");
        assertEquals("", finished.err());
        assertEquals(0, finished.exitCode());
        assertEquals(before, checkout.snapshot());
        assertEquals(List.of(), checkout.leftOver());
    }

    @Test
    void shouldBuildOnFirstUseAndNotAgain() throws Exception
    {
        checkout.putJava("17");
        checkout.putMaven();

        final Finished first = checkout.run("demo");
        final Finished second = checkout.run("demo");

        assertEquals("ringtape: building\n[INFO] mvn -B -Dquick -pl cli -am package\n", first.err());
        assertEquals(0, first.exitCode());
        assertEquals(withoutPid(second), withoutPid(first));
        assertEquals("", second.err());
        assertEquals(1, checkout.mavenCalls());
        assertEquals(List.of(), checkout.leftOver());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "pom.xml", "core/pom.xml", "journal/pom.xml", "cli/pom.xml", "core/src/main/java/Core.java",
        "journal/src/main/java/Journal.java", "cli/src/main/java/Cli.java", "cli/src/main/java"})
    void shouldBuildAgainWhenASourceIsNewer(final String source) throws Exception
    {
        checkout.putJar();
        checkout.putJava("17");
        checkout.putMaven();
        checkout.touch(source);

        final Finished finished = checkout.run();

        assertEquals(0, finished.exitCode());
        assertEquals(1, checkout.mavenCalls());
    }

    @Test
    void shouldBuildAgainForASourceThatWasSavedDuringTheBuild() throws Exception
    {
        checkout.putJava("17");
        checkout.putMaven("touch core/pom.xml; mkdir -p cli/target && cp \"$BASE/made.jar\" cli/target/ringtape.jar");

        checkout.run();
        checkout.putMaven();
        checkout.run();

        assertEquals(2, checkout.mavenCalls());
    }

    @Test
    void shouldSayMavensFirstErrorWhenTheBuildFails() throws Exception
    {
        checkout.putJar();
        checkout.touch("pom.xml");
        checkout.putJava("17");
        checkout.putMaven("echo '[ERROR] COMPILATION ERROR : '; echo '[ERROR] A.java:[3,4] cannot find symbol'; " +
            "echo '[ERROR] second'; exit 1");

        final Finished finished = checkout.run();

        assertEquals(FAILED, finished.exitCode());
        assertEquals("", finished.out());
        assertEquals(
            "ringtape: build failed: [ERROR] A.java:[3,4] cannot find symbol",
            finished.err().lines().reduce((first, last) -> last).orElse(""));
        assertEquals(List.of(), checkout.leftOver());
    }

    @Test
    void shouldSayThatMavenIsMissing() throws Exception
    {
        checkout.putJava("17");

        assertRefused(
            "ringtape: mvn not found, the jar has to be built: install Maven 3.8 or newer and put it on PATH\n");
    }

    @Test
    void shouldSayThatJavaIsMissing() throws Exception
    {
        checkout.putJar();

        assertRefused("ringtape: java not found, install a JDK 17 or newer or set JAVA_HOME\n");
    }

    @Test
    void shouldSayThatJavaHomeHoldsNoJava() throws Exception
    {
        checkout.putJar();
        checkout.with("JAVA_HOME", "/no/such/jdk");

        assertRefused("ringtape: no java in JAVA_HOME, set it to a JDK 17 or newer: JAVA_HOME=/no/such/jdk\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.2", "1.8.0_392", "16"})
    void shouldSayThatJavaIsTooOld(final String version) throws Exception
    {
        checkout.putJar();
        checkout.putJava(version);
        final String feature = version.replace("1.8.0_392", "8").replace("11.0.2", "11");

        assertRefused("ringtape: java " + feature + " is too old, ringtape needs 17 or newer: " +
            checkout.file("jdk/bin/java") + "\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBuildOnceForTwoCallers(final boolean flock) throws Exception
    {
        if (!flock)
        {
            checkout.withoutTool("flock");
        }
        checkout.putJava("17");
        final Path gate = gatedMaven();

        final Process first = checkout.start();
        awaitLine(first, "[INFO] mvn");
        final Process second = checkout.start();
        awaitLine(second, "ringtape: waiting for another build");
        Files.writeString(gate, "open\n");

        assertEquals(0, first.waitFor());
        assertEquals(0, second.waitFor());
        assertEquals(1, checkout.mavenCalls());
        assertEquals(List.of(), checkout.leftOver());
        assertTrue(Files.notExists(checkout.home().resolve(".ringtape-build.lock")));
    }

    @Test
    void shouldTakeOverTheLockOfACallerThatDied() throws Exception
    {
        checkout.withoutTool("flock");
        checkout.putJava("17");
        checkout.putMaven();
        final Path lock = Files.createDirectory(checkout.home().resolve(".ringtape-build.lock"));
        final Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

        final Finished finished = checkout.run();

        assertEquals(0, finished.exitCode());
        assertTrue(Files.notExists(lock));
    }

    @Test
    void shouldStopItsMavenWhenItIsStopped() throws Exception
    {
        checkout.putJava("17");
        gatedMaven();
        final Process process = checkout.start();
        final String line = awaitLine(process, "[INFO] pid ");
        final long maven = Long.parseLong(line.substring("[INFO] pid ".length()));

        process.destroy();

        assertEquals(128 + 15, process.waitFor());
        assertTrue(ProcessHandle.of(maven).map((handle) -> !handle.isAlive()).orElse(true));
        assertEquals(List.of(), checkout.leftOver());
    }

    private Path gatedMaven() throws IOException, InterruptedException
    {
        final Path gate = checkout.file("gate");
        new ProcessBuilder("mkfifo", gate.toString()).start().waitFor();
        checkout.putMaven("echo \"[INFO] pid $$\"; read -r line <\"$BASE/gate\"; " +
            "mkdir -p cli/target && cp \"$BASE/made.jar\" cli/target/ringtape.jar");
        return gate;
    }

    private static String awaitLine(final Process process, final String start) throws IOException
    {
        String line = process.errorReader().readLine();
        while (line != null && !line.startsWith(start))
        {
            line = process.errorReader().readLine();
        }
        if (line == null)
        {
            throw new IllegalStateException("ended before it said: start=" + start);
        }
        return line;
    }

    private void assertRefused(final String message) throws IOException, InterruptedException
    {
        final Finished finished = checkout.run("demo");

        assertEquals(message, finished.err());
        assertEquals("", finished.out());
        assertEquals(FAILED, finished.exitCode());
        assertEquals(List.of(), checkout.leftOver());
    }

    private static List<String> withoutPid(final Finished finished)
    {
        return finished.out().lines().skip(1).toList();
    }
}
