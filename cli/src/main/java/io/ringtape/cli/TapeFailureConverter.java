package io.ringtape.cli;

import io.ringtape.journal.TapeFailurePolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What becomes of a recording when its tape cannot go on, as an option says it.
 */
final class TapeFailureConverter implements ITypeConverter<TapeFailurePolicy>
{
    static final String HALT = "halt";
    private static final String GO_ON = "go-on";

    @Override
    public TapeFailurePolicy convert(final String value)
    {
        return switch (value)
        {
            case HALT -> TapeFailurePolicy.HALT;
            case GO_ON -> TapeFailurePolicy.GO_ON_UNJOURNALED;
            default -> throw new TypeConversionException("must be halt or go-on: " + value);
        };
    }
}
