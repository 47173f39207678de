package io.ringtape.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class JvmFlagsTest
{
    @Test
    void shouldFindNothingMissingInTheTestsJvm()
    {
        assertEquals(List.of(), JvmFlags.missing());
        JvmFlags.require();
    }

    @Test
    void shouldChooseTheHighestRangeNotAboveTheJdk()
    {
        assertEquals(JvmFlags.requiredBy(17), JvmFlags.requiredBy(23));
        assertEquals(JvmFlags.requiredBy(24), JvmFlags.requiredBy(99));
        assertNotEquals(JvmFlags.requiredBy(23), JvmFlags.requiredBy(24));
    }

    @Test
    void shouldRefuseAJdkBelowEveryRange()
    {
        final IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> JvmFlags.requiredBy(11));

        assertEquals("no flags for this JDK: featureVersion=11", e.getMessage());
    }

    @Test
    void shouldListEachFlagOnceAndAsOneToken()
    {
        for (final int featureVersion : new int[]{17, 24})
        {
            final List<String> flags = JvmFlags.requiredBy(featureVersion);

            assertTrue(flags.stream().allMatch((flag) -> flag.matches("--[a-z-]+=[A-Za-z0-9_./=-]+")), flags::toString);
            assertEquals(flags.stream().distinct().toList(), flags);
        }
    }

    @Test
    void shouldGiveTheManifestTheVerySamePackages() throws IOException
    {
        final Properties properties = new Properties();
        try (InputStream in = JvmFlags.class.getResourceAsStream("/io/ringtape/jvm-flags.properties"))
        {
            properties.load(in);
        }

        for (final int featureVersion : new int[]{17, 24})
        {
            assertEquals(
                packages(featureVersion, "--add-exports="), words(properties, "jvm.manifest.Add-Exports"));
            assertEquals(
                packages(featureVersion, "--add-opens="), words(properties, "jvm.manifest.Add-Opens"));
        }
        assertTrue(JvmFlags.requiredBy(24).contains(
            "--enable-native-access=" + properties.getProperty("jvm.manifest.Enable-Native-Access")));
    }

    @Test
    void shouldRunTestsWithAssertionsButNotInTheDisruptor()
    {
        assertTrue(JvmFlags.class.desiredAssertionStatus());
        assertFalse(Sequence.class.desiredAssertionStatus());
    }

    private static List<String> packages(final int featureVersion, final String option)
    {
        return JvmFlags.requiredBy(featureVersion).stream()
            .filter((flag) -> flag.startsWith(option))
            .map((flag) -> flag.substring(option.length()).replace("=ALL-UNNAMED", ""))
            .toList();
    }

    private static List<String> words(final Properties properties, final String key)
    {
        return Stream.of(properties.getProperty(key)).flatMap((line) -> Arrays.stream(line.split(" ", -1))).toList();
    }
}
