package io.ringtape.cli.settings;

import java.util.Map;

/**
 * Parameters of a strategy, as in {@code {"lots": 2, "max-lots": 10}}.
 * <p>
 * Thread safety: stateless.
 * Allocation: for the whole text.
 */
public final class ParameterFile
{
    private ParameterFile()
    {
    }

    /**
     * Takes a text apart.
     *
     * @param text of a file or a tape.
     * @return its parameters by name.
     * @throws io.ringtape.cli.error.CommandException if it is wrong; the message names file and field.
     */
    public static Map<String, String> parse(final SettingsText text)
    {
        return SettingsFile.parse(text).texts();
    }
}
