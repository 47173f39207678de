package io.ringtape.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.ringtape.jvm.JvmFlags;
import java.io.IOException;
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

/** The launcher and the jar of the benchmarks: the same rules, another jar. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
final class LauncherBenchIT
{
    private static final int FAILED = 70;
    private static final String MAKES_BOTH = "for j in cli/target/ringtape.jar bench/target/benchmarks.jar; do " +
        "mkdir -p \"${j%/*}\" && cp \"$BASE/made.jar\" \"$j\"; done";

    @TempDir
    private Path base;
    private Checkout checkout;

    @BeforeEach
    void makeCheckout() throws IOException
    {
        checkout = new Checkout(base.toRealPath());
        checkout.putJava("17");
    }

    @Test
    void shouldRunTheJarOfTheBenchmarksWithEveryArgumentAsItIs() throws Exception
    {
        checkout.putBenchJar();

        final Finished finished = checkout.run("bench", "--rows", "T1,R1", "--out", "a b", "", "*");

        final List<String> expected = new ArrayList<>();
        JvmFlags.requiredBy(17).forEach((flag) -> expected.add("<" + flag + ">"));
        expected.addAll(List.of("<-Xmx256m>", "<-jar>", "<" + checkout.benchJar() + ">", "<--bench>"));
        expected.addAll(List.of("<--rows>", "<T1,R1>", "<--out>", "<a b>", "<>", "<*>"));
        assertEquals(expected, finished.out().lines().skip(1).toList());
        assertEquals("", finished.err());
    }

    @Test
    void shouldNeedNeitherMavenNorAWritableCheckoutForAFreshJar() throws Exception
    {
        checkout.putBenchJar();
        final Map<String, String> before = checkout.snapshot();
        checkout.permit("r-xr-xr-x");

        final Finished finished = checkout.run("bench");

        checkout.permit("rwxr-xr-x");
        assertEquals("", finished.err());
        assertEquals(0, finished.exitCode());
        assertEquals(before, checkout.snapshot());
        assertEquals(List.of(), checkout.leftOver());
    }

    @Test
    void shouldBuildOnFirstUseAndNotAgain() throws Exception
    {
        checkout.putMaven(MAKES_BOTH);

        final Finished first = checkout.run("bench");
        final Finished second = checkout.run("bench");
        final Finished other = checkout.run("demo");

        assertEquals("ringtape: building\n[INFO] mvn -B -Dquick -pl bench -am package\n", first.err());
        assertEquals("", second.err());
        assertEquals("", other.err());
        assertEquals(1, checkout.mavenCalls());
        assertEquals(List.of(), checkout.leftOver());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "pom.xml", "core/pom.xml", "cli/pom.xml", "bench/pom.xml", "core/src/main/java/Core.java",
        "cli/src/main/java/Cli.java", "bench/src/main/java/Bench.java", "bench/src/main/java"})
    void shouldBuildAgainWhenASourceIsNewer(final String source) throws Exception
    {
        checkout.putBenchJar();
        checkout.putMaven(MAKES_BOTH);
        checkout.touch(source);

        final Finished finished = checkout.run("bench");

        assertEquals(0, finished.exitCode());
        assertEquals(1, checkout.mavenCalls());
    }

    @Test
    void shouldNotBuildTheCommandForASourceOfTheBenchmarks() throws Exception
    {
        checkout.putJar();
        checkout.touch("bench/src/main/java/Bench.java");

        final Finished finished = checkout.run("demo");

        assertEquals("", finished.err());
        assertEquals(0, finished.exitCode());
    }

    @Test
    void shouldBuildTheCommandAgainForASourceThatWasSavedWhileTheBenchmarksWereBuilt() throws Exception
    {
        checkout.putMaven("touch core/pom.xml; " + MAKES_BOTH);

        checkout.run("bench");
        checkout.putMaven();
        checkout.run("demo");

        assertEquals(2, checkout.mavenCalls());
    }

    @Test
    void shouldSayThatMavenIsMissing() throws Exception
    {
        assertRefused(
            "ringtape: mvn not found, the jar has to be built: install Maven 3.8 or newer and put it on PATH\n");
    }

    @Test
    void shouldSayMavensFirstErrorWhenTheBuildFails() throws Exception
    {
        checkout.putMaven("echo '[ERROR] A.java:[3,4] cannot find symbol'; exit 1");

        final Finished finished = checkout.run("bench");

        assertEquals(FAILED, finished.exitCode());
        assertTrue(finished.err().endsWith(
            "ringtape: build failed: [ERROR] A.java:[3,4] cannot find symbol\n"), finished::err);
        assertTrue(Files.notExists(checkout.benchJar()));
    }

    private void assertRefused(final String message) throws IOException, InterruptedException
    {
        final Finished finished = checkout.run("bench");

        assertEquals(message, finished.err());
        assertEquals("", finished.out());
        assertEquals(FAILED, finished.exitCode());
        assertEquals(List.of(), checkout.leftOver());
    }
}
