package io.ringtape.cli.platform;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
final class StartUpCheckTest
{
    @ParameterizedTest
    @CsvSource({"Linux, amd64", "Linux, aarch64", "Mac OS X, x86_64", "Mac OS X, aarch64"})
    void shouldTakeSupportedPlatforms(final String system, final String architecture)
    {
        final StartUpCheck check =
            new StartUpCheck(new PlatformProperties(system, architecture), List.of(), List.of("--a"));

        assertDoesNotThrow(check::require);
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Linux, riscv64", "FreeBSD, amd64", "'', ''"})
    void shouldRefuseOtherPlatforms(final String system, final String architecture)
    {
        final StartUpCheck check = new StartUpCheck(new PlatformProperties(system, architecture), List.of(), List.of());

        final CommandException e = assertThrows(CommandException.class, check::require);

        assertEquals("platform is not supported, ringtape runs on Linux and macOS, x86-64 and aarch64: os.name=" +
            system + " os.arch=" + architecture, e.getMessage());
        assertEquals(ExitCode.INTERNAL, e.exitCode());
    }

    @Test
    void shouldNameAllFlagsWhenOneIsMissing()
    {
        final StartUpCheck check =
            new StartUpCheck(new PlatformProperties("Linux", "amd64"), List.of("--b"), List.of("--a", "--b"));

        final CommandException e = assertThrows(CommandException.class, check::require);

        assertEquals("this JVM lacks flags, start it with: java --a --b", e.getMessage());
        assertEquals(ExitCode.INTERNAL, e.exitCode());
    }

    @Test
    void shouldTakeTheJvmOfTheTests()
    {
        assertDoesNotThrow(() -> StartUpCheck.ofThisProcess().require());
    }
}
