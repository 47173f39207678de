package io.ringtape.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small JSON file as a tree whose fields are asked for by name; what is not there or something else is an error that
 * names file and field.
 */
final class JsonTree
{
    private static final Object NULL = Optional.empty();

    private final Path file;
    private final String field;
    private final Object value;

    private JsonTree(final Path file, final String field, final Object value)
    {
        this.file = file;
        this.field = field;
        this.value = value;
    }

    /**
     * Reads a file.
     *
     * @param file to read.
     * @return its tree.
     * @throws CommandException if the file is not there, cannot be read, or is not one JSON value.
     */
    static JsonTree read(final Path file)
    {
        if (!Files.isRegularFile(file))
        {
            throw new CommandException(ExitCode.INPUT_MISSING, "no such file: file=" + file);
        }
        try (JsonParser parser = new JsonFactory().createParser(file.toFile()))
        {
            parser.nextToken();
            final Object value = value(parser);
            return new JsonTree(file, "", value);
        }
        catch (final JsonParseException e)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "file is not JSON: file=" + file +
                " line=" + e.getLocation().getLineNr() + " column=" + e.getLocation().getColumnNr(), e);
        }
        catch (final IOException e)
        {
            throw new CommandException(ExitCode.IO_ERROR, "file cannot be read: file=" + file, e);
        }
    }

    private static Object value(final JsonParser parser) throws IOException
    {
        final JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT)
        {
            final Map<String, Object> fields = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME)
            {
                final String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            return fields;
        }
        if (token == JsonToken.START_ARRAY)
        {
            final List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY)
            {
                elements.add(value(parser));
            }
            return elements;
        }
        if (token == null)
        {
            throw new JsonParseException(parser, "nothing there");
        }
        return token.isNumeric() ? (Object)parser.getDoubleValue() :
            token == JsonToken.VALUE_NULL ? NULL : parser.getText();
    }

    /** A field of an object. */
    JsonTree at(final String name)
    {
        final Object found = value instanceof Map<?, ?> fields ? fields.get(name) : null;
        final String path = field.isEmpty() ? name : field + "." + name;
        if (found == null)
        {
            throw wrong("is missing", path);
        }
        return new JsonTree(file, path, found);
    }

    /** A field of an object, or empty where it is null or not there. */
    Optional<JsonTree> find(final String name)
    {
        final Object found = value instanceof Map<?, ?> fields ? fields.get(name) : null;
        return found == null || found == NULL ? Optional.empty() : Optional.of(at(name));
    }

    /** The names of the fields of an object, in its order. */
    List<String> names()
    {
        if (value instanceof Map<?, ?> fields)
        {
            return fields.keySet().stream().map(String::valueOf).toList();
        }
        throw wrong("is not an object", field);
    }

    /** The elements of an array. */
    List<JsonTree> elements()
    {
        if (value instanceof List<?> list)
        {
            final List<JsonTree> elements = new ArrayList<>();
            for (final Object element : list)
            {
                elements.add(new JsonTree(file, field + "[" + elements.size() + "]", element));
            }
            return elements;
        }
        throw wrong("is not an array", field);
    }

    /** A text. */
    String text()
    {
        if (value instanceof String text)
        {
            return text;
        }
        throw wrong("is not a text", field);
    }

    /** A number, NaN for null. */
    double number()
    {
        if (value instanceof Double number)
        {
            return number;
        }
        if (value == NULL)
        {
            return Double.NaN;
        }
        throw wrong("is not a number", field);
    }

    private CommandException wrong(final String what, final String path)
    {
        return new CommandException(
            ExitCode.BAD_INPUT, "file is not a result of bench, a field " + what + ": file=" + file + " field=" + path);
    }
}
