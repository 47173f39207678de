package io.ringtape.cli.settings;

import java.nio.file.Path;
import java.util.Map;

/**
 * Parameters of a strategy from a file, as in {@code {"lots": 2, "max-lots": 10}}.
 * <p>
 * Thread safety: stateless.
 * Allocation: for the whole file.
 */
public final class ParameterFile
{
    private ParameterFile()
    {
    }

    /**
     * Reads a file.
     *
     * @param path of the file.
     * @return its parameters by name.
     * @throws io.ringtape.cli.error.CommandException if it is missing or wrong; the message names file and field.
     */
    public static Map<String, String> read(final Path path)
    {
        return SettingsFile.read(path).texts();
    }
}
