package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replay and a backtest of a tape of which a file is gone: refused where the range has the gap, and only there. */
@Timeout(60)
final class GapInRangeTest
{
    private final ExitCodeStage stage = new ExitCodeStage();

    @BeforeEach
    void removeAFile() throws IOException
    {
        stage.tapeWithoutItsSecondFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "backtest"})
    void shouldNameTheFileThatIsMissing(final String command)
    {
        assertEquals(ExitCode.GAP.code(), stage.run(command, "--journal", stage.tape()));

        assertEquals("", stage.console().out());
        assertEquals("ringtape: sequences are missing: run=1 before file=19700101-02LX.cq4 sequences=16000..31999\n",
            stage.console().err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "backtest"})
    void shouldTakeARangeBeforeTheGap(final String command)
    {
        assertEquals(ExitCode.FINE.code(), stage.run(command, "--journal", stage.tape(), "--to-sequence", "1000"),
            () -> stage.console().err());
    }

    @Test
    void shouldLeaveNoFilesOfABacktest()
    {
        final Path page = Path.of(stage.tape() + ".html");
        final Path fills = Path.of(stage.tape() + ".csv");

        assertEquals(ExitCode.GAP.code(), stage.run("backtest", "--journal", stage.tape(), "--out", page.toString(),
            "--fills", fills.toString()));

        assertFalse(Files.exists(page), "page");
        assertFalse(Files.exists(fills), "fills");
        assertTrue(Files.exists(Path.of(stage.tape())), "tape");
    }
}
