package io.ringtape.cli.settings;

import java.util.Map;

/**
 * Parameters of a strategy, as in {@code {"lots": 2, "max-lots": 10}}.
 * <p>
 * Thread safety: immutable.
 * Allocation: for the whole text.
 *
 * @param values by name.
 * @param from   names where they are from in messages, for example {@code file=params.json}; empty for nowhere.
 */
public record ParameterFile(Map<String, String> values, String from)
{
    /** No parameters. */
    public static final ParameterFile NONE = new ParameterFile(Map.of(), "");

    /**
     * Makes the map its own.
     */
    public ParameterFile
    {
        values = Map.copyOf(values);
    }

    /**
     * Takes a text apart.
     *
     * @param text of a file or a tape.
     * @return its parameters.
     * @throws io.ringtape.cli.error.CommandException if it is wrong; the message names file and field.
     */
    public static ParameterFile parse(final SettingsText text)
    {
        return new ParameterFile(SettingsFile.parse(text).texts(), text.from());
    }
}
