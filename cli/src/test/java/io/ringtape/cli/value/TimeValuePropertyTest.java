package io.ringtape.cli.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.cli.output.Formats;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class TimeValuePropertyTest
{
    @Property
    void shouldReadWhatReportsWrite(@ForAll final long timeNs)
    {
        assertEquals(timeNs, TimeValue.parse("--from-time", Formats.time(timeNs)).valueNs());
        assertEquals(timeNs, TimeValue.parse("--from-time", Long.toString(timeNs)).valueNs());
    }
}
