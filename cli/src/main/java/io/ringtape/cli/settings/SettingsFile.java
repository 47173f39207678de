package io.ringtape.cli.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A JSON file of settings, read whole: objects of texts and numbers, at most three deep, and lists of texts at the top.
 * A name that stands twice is an error, and so is everything else.
 * <p>
 * Thread safety: immutable.
 * Allocation: for the whole file, at most a mebibyte.
 */
final class SettingsFile
{
    private static final long MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 3;
    private static final JsonFactory FACTORY =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Path file;
    private final Map<String, Object> root;

    private SettingsFile(final Path file, final Map<String, Object> root)
    {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @param file to read.
     * @return its settings.
     * @throws CommandException if it is missing, too large or no such JSON; the message names file, line and column.
     */
    static SettingsFile read(final Path file)
    {
        try
        {
            if (Files.size(file) > MAX_BYTES)
            {
                throw new CommandException(ExitCode.BAD_INPUT,
                    "file is too large: file=" + file + " bytes=" + Files.size(file) + " maxBytes=" + MAX_BYTES);
            }
            try (JsonParser parser = FACTORY.createParser(Files.readAllBytes(file)))
            {
                final Map<String, Object> root = parser.nextToken() == JsonToken.START_OBJECT ?
                    readObject(parser, 1, file) : Map.of();
                if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null)
                {
                    throw new CommandException(ExitCode.BAD_INPUT, "file must hold one JSON object: file=" + file);
                }
                return new SettingsFile(file, root);
            }
        }
        catch (final NoSuchFileException e)
        {
            throw new CommandException(ExitCode.INPUT_MISSING, "file does not exist: file=" + file, e);
        }
        catch (final JsonProcessingException e)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "file is no JSON: file=" + file + " line=" +
                e.getLocation().getLineNr() + " column=" + e.getLocation().getColumnNr() + " reason=" +
                e.getOriginalMessage(), e);
        }
        catch (final IOException e)
        {
            throw new CommandException(ExitCode.IO_ERROR, "file cannot be read: file=" + file, e);
        }
    }

    Path file()
    {
        return file;
    }

    /** The objects inside an object at the top, by name; empty if it is not there. */
    Map<String, Map<String, String>> section(final String name)
    {
        final Object found = root.get(name);
        final Map<String, Map<String, String>> section = new TreeMap<>();
        if (found == null)
        {
            return section;
        }
        if (!(found instanceof Map<?, ?> members))
        {
            throw wrong(name + " must be an object");
        }
        members.forEach((key, value) -> section.put((String)key, texts(name + "." + key, value)));
        return section;
    }

    /** A text or number at the top as text; empty if it is not there. */
    String text(final String name)
    {
        final Object found = root.getOrDefault(name, "");
        if (found instanceof String text)
        {
            return text;
        }
        throw wrong(name + " must be a number");
    }

    /** The texts of a list at the top; empty if it is not there. */
    List<String> texts(final String name)
    {
        final Object found = root.getOrDefault(name, List.of());
        if (!(found instanceof List<?> list))
        {
            throw wrong(name + " must be a list of texts");
        }
        return list.stream().map(String::valueOf).toList();
    }

    /** The texts and numbers at the top; anything else there is wrong. */
    Map<String, String> texts()
    {
        return texts("file", root);
    }

    void requireNames(final Set<String> known)
    {
        for (final String name : root.keySet())
        {
            if (!known.contains(name))
            {
                throw wrong("unknown name", "name=" + name);
            }
        }
    }

    CommandException wrong(final String what)
    {
        return new CommandException(ExitCode.BAD_INPUT, what + ": file=" + file);
    }

    CommandException wrong(final String what, final String where)
    {
        return new CommandException(ExitCode.BAD_INPUT, what + ": file=" + file + " " + where);
    }

    private Map<String, String> texts(final String where, final Object value)
    {
        if (!(value instanceof Map<?, ?> members))
        {
            throw wrong(where + " must be an object");
        }
        final Map<String, String> texts = new TreeMap<>();
        members.forEach((key, text) ->
        {
            if (!(text instanceof String known))
            {
                throw wrong(where + "." + key + " must be a number");
            }
            texts.put((String)key, known);
        });
        return texts;
    }

    private static Map<String, Object> readObject(final JsonParser parser, final int depth, final Path file)
        throws IOException
    {
        final Map<String, Object> members = new TreeMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME)
        {
            final String name = parser.currentName();
            final JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT && depth < MAX_DEPTH)
            {
                members.put(name, readObject(parser, depth + 1, file));
            }
            else if (token == JsonToken.VALUE_STRING || (token != null && token.isNumeric()))
            {
                members.put(name, parser.getText());
            }
            else if (token == JsonToken.START_ARRAY && depth == 1)
            {
                members.put(name, readList(parser, name, file));
            }
            else
            {
                throw new CommandException(ExitCode.BAD_INPUT,
                    "value must be a number or text: file=" + file + " name=" + name);
            }
        }
        return members;
    }

    private static List<String> readList(final JsonParser parser, final String name, final Path file)
        throws IOException
    {
        final List<String> texts = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING)
        {
            texts.add(parser.getText());
        }
        if (parser.currentToken() != JsonToken.END_ARRAY)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "list must hold texts: file=" + file + " name=" + name);
        }
        return texts;
    }
}
