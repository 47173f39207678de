package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a manifest says of many files is read at a cost that grows with their number. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ManifestTest
{
    private static final int FILES = 20_000;

    private final Path tape = Tapes.fresh("manifest");
    private final RunDirectory run = new RunDirectory(1, tape.resolve(RunDirectory.name(1)), List.of());

    @BeforeEach
    void make() throws IOException
    {
        Files.createDirectories(run.path());
        Manifest.create(run.path());
    }

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldTellManyFilesThatWereRemoved() throws IOException
    {
        for (int file = 0; file < FILES; file++)
        {
            Manifest.append(run.path(), end(file));
            Manifest.append(run.path(), end(file).removed(file));
        }
        Manifest.append(run.path(), end(FILES));

        assertEquals(new RemovedPart(List.of(), run, 0, FILES, 10L * FILES), RemovedPart.read(List.of(run)));
    }

    @Test
    void shouldShowItsFilesWithoutACopy() throws IOException
    {
        Manifest.append(run.path(), end(0));
        final Manifest manifest = Manifest.read(run);

        assertEquals(List.of(end(0)), manifest.ends());
        assertSame(manifest.ends(), manifest.ends());
        assertThrows(UnsupportedOperationException.class, () -> manifest.ends().remove(0));
    }

    private static Manifest.Entry end(final long file)
    {
        return new Manifest.Entry(Manifest.FINISHED, 1, file, 10 * file, 10 * file + 9, 64, 0, 0, 0);
    }
}
