package io.ringtape.journal;

import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.codec.InstrumentDefinitionDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the definitions of a run. Each file repeats those before it, so a known one must be the same.
 */
final class ReadDefinitions
{
    private ReadDefinitions()
    {
    }

    /**
     * Adds the definition in a document.
     *
     * @return what is wrong with it, or null.
     * @throws IllegalArgumentException  if a field is out of its range.
     * @throws IndexOutOfBoundsException if the document does not hold what it says.
     */
    static @Nullable String add(
        final Definitions definitions, final UnsafeBuffer buffer, final int offset, final int template)
    {
        if (template == InstrumentDefinitionDecoder.TEMPLATE_ID)
        {
            return add(definitions, Documents.decodeInstrument(buffer, offset));
        }
        return add(definitions, Documents.decodeSource(buffer, offset));
    }

    private static @Nullable String add(final Definitions definitions, final InstrumentDefinition read)
    {
        final int id = read.instrumentId();
        if (id < definitions.instrumentCount())
        {
            return definitions.instrument(id).equals(read) ? null : "instrument changes: instrumentId=" + id;
        }
        definitions.add(read);
        return null;
    }

    private static @Nullable String add(final Definitions definitions, final SourceDefinition read)
    {
        final int id = read.sourceId();
        if (id < definitions.sourceCount())
        {
            return definitions.source(id).equals(read) ? null : "source changes: sourceId=" + id;
        }
        definitions.add(read);
        return null;
    }
}
