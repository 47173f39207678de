package io.ringtape.journal;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file that stands under a name at one moment, and not the one that may stand there later.
 *
 * @param file its name.
 * @param key  of the file itself; null if there was none.
 */
record FileIdentity(Path file, @Nullable Object key)
{
    static FileIdentity of(final Path file)
    {
        return new FileIdentity(file, keyOf(file));
    }

    /** Whether the very file stands under its name still. */
    boolean isThere()
    {
        return key != null && key.equals(keyOf(file));
    }

    private static @Nullable Object keyOf(final Path file)
    {
        try
        {
            return TapeFiles.key(file);
        }
        catch (final IOException e)
        {
            return null;
        }
    }
}
