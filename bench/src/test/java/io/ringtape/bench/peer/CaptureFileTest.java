package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("moves the directory of captures")
@Timeout(10)
final class CaptureFileTest
{
    private static final Host HOST = new Host(1, 0);

    @Test
    void shouldSayWhichFileIsNotThere() throws IOException
    {
        final Path before = PeerProperties.data();
        final Path directory = Files.createTempDirectory(Path.of("target"), "captures");

        try
        {
            PeerProperties.data(directory);

            assertEquals(Optional.of("capture is not there: " +
                "file=lobster/LOBSTER_SampleFile_AMZN_2012-06-21_1.zip directory=" + directory),
                CaptureFile.AMZN_LEVEL_1.missing(HOST));
            assertEquals(CaptureFile.AMZN_LEVEL_1.missing(HOST),
                Rows.named("B1L1").unfit(HOST));

            Files.createDirectories(CaptureFile.AMZN_LEVEL_1.path().getParent());
            Files.createFile(CaptureFile.AMZN_LEVEL_1.path());

            assertEquals(Optional.empty(), CaptureFile.AMZN_LEVEL_1.missing(HOST));
        }
        finally
        {
            PeerProperties.data(before);
            Scratch.remove(directory);
        }
    }

    @Test
    void shouldMakeAForkLookInTheSameDirectory()
    {
        assertEquals("-Dringtape.bench.data=" + PeerProperties.data().toAbsolutePath(), PeerProperties.dataFlag());
    }

    @Test
    void shouldLookBesideTheCheckoutUnlessToldElsewhere()
    {
        final Path module = Path.of("").toAbsolutePath();

        assertEquals(module.resolve("../../shared/data").normalize(), PeerProperties.besideCheckout());
    }
}
