package io.ringtape.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a run is told from outside, as the text of the user's file: limits of the risk gate, parameters of the strategy,
 * positions to start with. It stands on tape, so that a replay needs no file.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction and when asked.
 *
 * @param settingsId dense from 0 in order of definition, below {@link Definitions#MAX_SETTINGS}.
 * @param kind       what the text is.
 * @param version    of limits, 1 or more; else 0.
 * @param text       of 1 to {@link #MAX_TEXT_BYTES} bytes of UTF-8.
 */
public record SettingsDefinition(int settingsId, Kind kind, long version, String text)
{
    /** The most bytes of UTF-8 that a text may have. */
    public static final int MAX_TEXT_BYTES = 65_534;

    /**
     * What a text is.
     */
    public enum Kind
    {
        /** Limits that are in force from the start of the run. */
        LIMITS(1, "limits"),
        /** Parameters of the strategy. */
        PARAMETERS(2, "parameters"),
        /** Limits that a control event of their version puts in force. */
        LIMITS_CHANGE(3, "limits-change"),
        /** Positions that the gate starts with. */
        POSITIONS(4, "positions");

        private final int code;
        private final String text;

        Kind(final int code, final String text)
        {
            this.code = code;
            this.text = text;
        }

        /**
         * The stable code on tape.
         *
         * @return 1 to 4.
         */
        public int code()
        {
            return code;
        }

        /**
         * Whether its texts have a version.
         *
         * @return true of limits.
         */
        public boolean hasVersion()
        {
            return this == LIMITS || this == LIMITS_CHANGE;
        }

        /**
         * The kind as commands print it.
         *
         * @return one word in lower case.
         */
        public String text()
        {
            return text;
        }

        /**
         * The kind of a code.
         *
         * @param code as on tape.
         * @return the kind.
         * @throws IllegalArgumentException if the code is unknown.
         */
        public static Kind ofCode(final int code)
        {
            return switch (code)
            {
                case 1 -> LIMITS;
                case 2 -> PARAMETERS;
                case 3 -> LIMITS_CHANGE;
                case 4 -> POSITIONS;
                default -> throw new IllegalArgumentException("unknown settings kind: code=" + code);
            };
        }
    }

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if a field is out of its range; the message names it.
     */
    public SettingsDefinition
    {
        Objects.requireNonNull(kind, "kind");
        if (settingsId < 0 || settingsId >= Definitions.MAX_SETTINGS)
        {
            throw new IllegalArgumentException(
                "settingsId must be 0 to " + (Definitions.MAX_SETTINGS - 1) + ": settingsId=" + settingsId);
        }
        if (kind.hasVersion() ? version < 1 : version != 0)
        {
            throw new IllegalArgumentException("version must be " + (kind.hasVersion() ? "1 or more" : "0") +
                ": kind=" + kind.text() + " version=" + version);
        }
        final int bytes = bytes(text).length;
        if (bytes == 0 || bytes > MAX_TEXT_BYTES)
        {
            throw new IllegalArgumentException(
                "text must be 1 to " + MAX_TEXT_BYTES + " bytes of UTF-8: kind=" + kind.text() + " bytes=" + bytes);
        }
    }

    /**
     * The text as it stands on tape.
     *
     * @return its bytes, UTF-8.
     */
    public byte[] textBytes()
    {
        return bytes(text);
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Makes a text of bytes, so that they are the same again when it is written.
     *
     * @param bytes UTF-8.
     * @return the text.
     * @throws IllegalArgumentException if they are not UTF-8.
     */
    public static String textOf(final byte[] bytes)
    {
        try
        {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
        catch (final CharacterCodingException e)
        {
            throw new IllegalArgumentException("text is not UTF-8: bytes=" + bytes.length, e);
        }
    }

    @Override
    public String toString()
    {
        return "SettingsDefinition[settingsId=" + settingsId + ", kind=" + kind.text() + ", version=" + version +
            ", bytes=" + textBytes().length + "]";
    }
}
