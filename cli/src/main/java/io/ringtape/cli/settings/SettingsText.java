package io.ringtape.cli.settings;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.event.SettingsDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The text of settings as the user's file has it, and as a tape keeps it.
 * <p>
 * Thread safety: immutable.
 * Allocation: for the whole text, at most a mebibyte.
 *
 * @param text of the settings.
 * @param from names where it is from in messages, for example {@code file=limits.json}.
 */
public record SettingsText(String text, String from)
{
    private static final long MAX_BYTES = 1 << 20;

    /**
     * Reads a file.
     *
     * @param file to read.
     * @return its text.
     * @throws CommandException if it is missing, too large, or not UTF-8; the message names it.
     */
    public static SettingsText read(final Path file)
    {
        try
        {
            if (Files.size(file) > MAX_BYTES)
            {
                throw new CommandException(ExitCode.BAD_INPUT,
                    "file is too large: file=" + file + " bytes=" + Files.size(file) + " maxBytes=" + MAX_BYTES);
            }
            return new SettingsText(SettingsDefinition.textOf(Files.readAllBytes(file)), "file=" + file);
        }
        catch (final IllegalArgumentException e)
        {
            throw new CommandException(ExitCode.BAD_INPUT, e.getMessage() + " file=" + file, e);
        }
        catch (final NoSuchFileException e)
        {
            throw new CommandException(ExitCode.INPUT_MISSING, "file does not exist: file=" + file, e);
        }
        catch (final IOException e)
        {
            throw new CommandException(ExitCode.IO_ERROR, "file cannot be read: file=" + file, e);
        }
    }

    /**
     * What stands on a tape.
     *
     * @param definition of the run.
     * @return its text.
     */
    public static SettingsText of(final SettingsDefinition definition)
    {
        return new SettingsText(definition.text(),
            "settingsId=" + definition.settingsId() + " kind=" + definition.kind().text());
    }

    /**
     * The text as a tape is to keep it.
     *
     * @param settingsId the next one.
     * @param kind       what the text is.
     * @param version    of limits; else 0.
     * @return the definition.
     * @throws CommandException if a tape has no room for it; the message names the file.
     */
    public SettingsDefinition definition(final int settingsId, final SettingsDefinition.Kind kind, final long version)
    {
        try
        {
            return new SettingsDefinition(settingsId, kind, version, text);
        }
        catch (final IllegalArgumentException e)
        {
            throw new CommandException(ExitCode.BAD_INPUT, e.getMessage() + " " + from, e);
        }
    }
}
