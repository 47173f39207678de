package io.ringtape.cli;

import io.ringtape.journal.Durability;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * When a tape is forced to the device, as an option says it.
 */
final class DurabilityConverter implements ITypeConverter<Durability>
{
    static final String PAGE_CACHE = "page-cache";
    private static final String BATCH = "batch";
    private static final Pattern INTERVAL = Pattern.compile("([1-9]\\d{0,8})ms");

    @Override
    public Durability convert(final String value)
    {
        final Matcher interval = INTERVAL.matcher(value);
        if (interval.matches())
        {
            return Durability.everyNs(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(interval.group(1))));
        }
        return switch (value)
        {
            case PAGE_CACHE -> Durability.PAGE_CACHE;
            case BATCH -> Durability.EVERY_BATCH;
            default -> throw new TypeConversionException(
                "must be page-cache, batch or an interval such as 5ms: " + value);
        };
    }
}
