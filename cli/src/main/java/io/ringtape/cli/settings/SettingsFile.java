package io.ringtape.cli.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The JSON of settings, taken apart as a whole: objects of texts and numbers, at most three deep, and lists of texts at
 * the top. A name that stands twice is an error, and so is everything else.
 * <p>
 * Thread safety: immutable.
 * Allocation: for the whole text.
 */
final class SettingsFile
{
    private static final int MAX_DEPTH = 3;
    // NaN and infinities are read so that they can be refused by name.
    private static final JsonFactory FACTORY =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    // What the parser says to programmers.
    private static final Pattern ADVICE =
        Pattern.compile("(: enable `| \\(start marker at |: was expecting \\(JSON | \\(JSON ).*");

    private final String from;
    private final Map<String, Object> root;

    private SettingsFile(final String from, final Map<String, Object> root)
    {
        this.from = from;
        this.root = root;
    }

    /**
     * Takes a text apart.
     *
     * @param text of a file or a tape.
     * @return its settings.
     * @throws CommandException if it is no such JSON; the message names file, line and column.
     */
    static SettingsFile parse(final SettingsText text)
    {
        final String from = text.from();
        try (JsonParser parser = FACTORY.createParser(text.text().getBytes(StandardCharsets.UTF_8)))
        {
            final Map<String, Object> root = parser.nextToken() == JsonToken.START_OBJECT ?
                readObject(parser, 1, from) : Map.of();
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null)
            {
                throw new CommandException(ExitCode.BAD_INPUT, "file must hold one JSON object: " + from);
            }
            return new SettingsFile(from, root);
        }
        catch (final StreamConstraintsException e)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "a number or a name is too long: " + from, e);
        }
        catch (final JsonProcessingException e)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "file is no JSON: " + from + " line=" +
                e.getLocation().getLineNr() + " column=" + e.getLocation().getColumnNr() + " reason=" +
                ADVICE.matcher(e.getOriginalMessage()).replaceFirst(""), e);
        }
        catch (final IOException e)
        {
            throw new CommandException(ExitCode.IO_ERROR, "file cannot be read: " + from, e);
        }
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

    /** The same of an object that must be there. */
    Map<String, Map<String, String>> requiredSection(final String name)
    {
        if (!root.containsKey(name))
        {
            throw wrong(name + " is missing");
        }
        return section(name);
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
        return texts("", root);
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
        return new CommandException(ExitCode.BAD_INPUT, what + ": " + from);
    }

    CommandException wrong(final String what, final String where)
    {
        return new CommandException(ExitCode.BAD_INPUT, what + ": " + from + " " + where);
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
                throw wrong((where.isEmpty() ? "" : where + ".") + key + " must be a number");
            }
            texts.put((String)key, known);
        });
        return texts;
    }

    private static Map<String, Object> readObject(final JsonParser parser, final int depth, final String from)
        throws IOException
    {
        final Map<String, Object> members = new TreeMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME)
        {
            final String name = parser.currentName();
            final JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT && depth < MAX_DEPTH)
            {
                members.put(name, readObject(parser, depth + 1, from));
            }
            else if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN())
            {
                throw wrong("value must be a finite number", from, parser, name, " value=" + parser.getText());
            }
            else if (token == JsonToken.VALUE_STRING || (token != null && token.isNumeric()))
            {
                members.put(name, parser.getText());
            }
            else if (token == JsonToken.START_ARRAY && depth == 1)
            {
                members.put(name, readList(parser, name, from));
            }
            else
            {
                throw wrong("value must be a number or text", from, parser, name, "");
            }
        }
        return members;
    }

    private static List<String> readList(final JsonParser parser, final String name, final String from)
        throws IOException
    {
        final List<String> texts = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING)
        {
            texts.add(parser.getText());
        }
        if (parser.currentToken() != JsonToken.END_ARRAY)
        {
            throw wrong("list must hold texts", from, parser, name, "");
        }
        return texts;
    }

    private static CommandException wrong(
        final String what, final String from, final JsonParser parser, final String name, final String value)
    {
        return new CommandException(ExitCode.BAD_INPUT, what + ": " + from + " line=" +
            parser.currentTokenLocation().getLineNr() + " name=" + name + value);
    }
}
