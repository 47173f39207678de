package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ringtape.event.Definitions;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.codec.InstrumentDefinitionDecoder;
import io.ringtape.journal.codec.SourceDefinitionDecoder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents that are whole define no more than there can be. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class ReadDefinitionsTest
{
    private final Definitions definitions = new Definitions();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);

    @Test
    void shouldTakeEachInstrumentOnce()
    {
        assertNull(instrument(0, 2));
        assertNull(instrument(1, 2));
        assertNull(instrument(0, 2));

        assertEquals(2, definitions.instrumentCount());
    }

    @Test
    void shouldRefuseMoreInstrumentsThanThereCanBe()
    {
        instrument(0, 2);
        instrument(1, 2);

        assertEquals("more instruments than there can be: instrumentId=2 most=2", instrument(2, 2));
        assertEquals(2, definitions.instrumentCount());
    }

    @Test
    void shouldHaveRoomForEachSourceThatAByteCanName()
    {
        for (int id = 0; id <= Definitions.MAX_SOURCE_ID; id++)
        {
            assertNull(source(id));
        }

        assertEquals("source changes: sourceId=255", source(-1));
        assertEquals(256, definitions.sourceCount());
    }

    private @Nullable String instrument(final int id, final int most)
    {
        Documents.encodeInstrument(buffer, 1, 0, Tapes.instrument(id));
        return ReadDefinitions.add(definitions, buffer, 0, InstrumentDefinitionDecoder.TEMPLATE_ID, most);
    }

    private @Nullable String source(final int id)
    {
        final String name = id < 0 ? "other" : "venue";
        Documents.encodeSource(buffer, 1, 0,
            new SourceDefinition(id & 0xFF, SourceDefinition.Kind.FEED, name, 1, 2, 0));
        return ReadDefinitions.add(definitions, buffer, 0, SourceDefinitionDecoder.TEMPLATE_ID);
    }
}
