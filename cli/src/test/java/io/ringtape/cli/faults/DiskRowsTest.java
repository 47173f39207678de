package io.ringtape.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rows of a full device where no small one can be mounted. */
@Timeout(60)
final class DiskRowsTest
{
    private static final int ROUNDS = 6;

    private final List<FaultRow> rows =
        new DiskRows(new Limits(SystemNanoClock.INSTANCE, false), Optional.empty()).rows();

    @TempDir
    private Path scratch;

    @Test
    void shouldInjectTheFullDeviceAndSaySo() throws IOException, InterruptedException
    {
        for (int i = 0; i < ROUNDS; i++)
        {
            rows.get(0).round(i, scratch);
        }

        assertEquals(List.of("F7", "F8"), rows.stream().map(FaultRow::id).toList());
        assertEquals("space source and refusals are injected: no tmpfs can be mounted here, root can",
            rows.get(0).note());
    }

    @Test
    void shouldSeeSpaceThatIsNotGivenBack() throws IOException
    {
        Files.writeString(scratch.resolve("blocks"), "8 4096 a whole\n9 4000 b\n");
        SmallDisk.requireGivenBack(scratch);
        Files.writeString(scratch.resolve("blocks"), "16 4096 a file\n");

        final FaultFailure failure = assertThrows(FaultFailure.class, () -> SmallDisk.requireGivenBack(scratch));

        assertEquals("space is not given back: file=a file takenBytes=8192 lengthBytes=4096", failure.getMessage());
    }
}
