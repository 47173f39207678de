package io.ringtape.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * Writes one JSON object on one line, field by field, and a line feed behind it.
 * <p>
 * Hashes are 16 hex digits, times are ISO-8601, prices and quantities are decimals in strings, so that nothing loses a
 * digit on its way through a script.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: a buffer; nothing is kept for the length of the object.
 */
public final class JsonOutput implements AutoCloseable
{
    // Of a name that stands twice a reader would see one.
    private static final JsonFactory FACTORY =
        JsonFactory.builder().enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION).build();

    private final PrintStream out;
    private final JsonGenerator generator;

    /**
     * Starts the object.
     *
     * @param out to write to; it stays open.
     */
    public JsonOutput(final PrintStream out)
    {
        this.out = out;
        try
        {
            generator = FACTORY.createGenerator(out);
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            generator.writeStartObject();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a whole number.
     *
     * @param key   of the field.
     * @param value any value.
     * @return this.
     */
    public JsonOutput number(final String key, final long value)
    {
        return write(() -> generator.writeNumberField(key, value));
    }

    /**
     * Writes a whole number or null.
     *
     * @param key   of the field.
     * @param value empty for null.
     * @return this.
     */
    public JsonOutput number(final String key, final OptionalLong value)
    {
        return value.isPresent() ? number(key, value.getAsLong()) : absent(key);
    }

    /**
     * Writes a length of time in seconds.
     *
     * @param key        of the field.
     * @param durationNs in ns.
     * @return this.
     */
    public JsonOutput seconds(final String key, final long durationNs)
    {
        return write(() -> generator.writeNumberField(key, BigDecimal.valueOf(durationNs, 9)));
    }

    /**
     * Writes a truth value.
     *
     * @param key   of the field.
     * @param value any value.
     * @return this.
     */
    public JsonOutput flag(final String key, final boolean value)
    {
        return write(() -> generator.writeBooleanField(key, value));
    }

    /**
     * Writes text.
     *
     * @param key   of the field.
     * @param value any text.
     * @return this.
     */
    public JsonOutput text(final String key, final String value)
    {
        return write(() -> generator.writeStringField(key, value));
    }

    /**
     * Writes text that may stand for a value that is not there.
     *
     * @param key   of the field.
     * @param value any text; {@link Formats#NONE} for null.
     * @return this.
     */
    public JsonOutput textOrNull(final String key, final String value)
    {
        return value.equals(Formats.NONE) ? absent(key) : text(key, value);
    }

    /**
     * Writes a hash.
     *
     * @param key  of the field.
     * @param hash any value.
     * @return this.
     */
    public JsonOutput hash(final String key, final long hash)
    {
        return text(key, Formats.hash(hash));
    }

    /**
     * Writes a time.
     *
     * @param key    of the field.
     * @param timeNs ns since the epoch, UTC.
     * @return this.
     */
    public JsonOutput time(final String key, final long timeNs)
    {
        return text(key, Formats.time(timeNs));
    }

    /**
     * Writes null.
     *
     * @param key of the field.
     * @return this.
     */
    public JsonOutput absent(final String key)
    {
        return write(() -> generator.writeNullField(key));
    }

    /**
     * Starts an object inside; end it with {@link #endObject()}.
     *
     * @param key of the field.
     * @return this.
     */
    public JsonOutput startObject(final String key)
    {
        return write(() -> generator.writeObjectFieldStart(key));
    }

    /**
     * Starts an object that is an element of an array; end it with {@link #endObject()}.
     *
     * @return this.
     */
    public JsonOutput startObject()
    {
        return write(generator::writeStartObject);
    }

    /**
     * Ends an object inside.
     *
     * @return this.
     */
    public JsonOutput endObject()
    {
        return write(generator::writeEndObject);
    }

    /**
     * Starts an array; end it with {@link #endArray()}.
     *
     * @param key of the field.
     * @return this.
     */
    public JsonOutput startArray(final String key)
    {
        return write(() -> generator.writeArrayFieldStart(key));
    }

    /**
     * Starts an array that is an element of an array; end it with {@link #endArray()}.
     *
     * @return this.
     */
    public JsonOutput startArray()
    {
        return write(generator::writeStartArray);
    }

    /**
     * Ends an array.
     *
     * @return this.
     */
    public JsonOutput endArray()
    {
        return write(generator::writeEndArray);
    }

    /**
     * Writes text as an element of an array.
     *
     * @param value any text.
     * @return this.
     */
    public JsonOutput element(final String value)
    {
        return write(() -> generator.writeString(value));
    }

    /**
     * Writes a whole number or null as an element of an array.
     *
     * @param value empty for null.
     * @return this.
     */
    public JsonOutput element(final OptionalLong value)
    {
        return write(() ->
        {
            if (value.isPresent())
            {
                generator.writeNumber(value.getAsLong());
            }
            else
            {
                generator.writeNull();
            }
        });
    }

    /**
     * Ends the object and the line.
     */
    public void end()
    {
        write(generator::writeEndObject);
        write(generator::flush);
        out.print('\n');
        out.flush();
    }

    @Override
    public void close()
    {
        // An object that did not come to its end stays cut, so that nobody takes it for a whole one.
        write(generator::close);
    }

    private JsonOutput write(final Write write)
    {
        try
        {
            write.run();
            return this;
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    /** A call of the generator. */
    private interface Write
    {
        void run() throws IOException;
    }
}
