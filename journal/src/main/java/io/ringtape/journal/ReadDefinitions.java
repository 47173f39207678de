package io.ringtape.journal;

import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.codec.InstrumentDefinitionDecoder;
import io.ringtape.journal.codec.SettingsDecoder;
import io.ringtape.journal.codec.SourceDefinitionDecoder;
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
        return add(definitions, buffer, offset, template, Definitions.MAX_INSTRUMENTS);
    }

    /** With the most instruments that are taken; the id of a source is a byte. */
    static @Nullable String add(
        final Definitions definitions, final UnsafeBuffer buffer, final int offset, final int template, final int most)
    {
        return switch (template)
        {
            case InstrumentDefinitionDecoder.TEMPLATE_ID ->
                add(definitions, Documents.decodeInstrument(buffer, offset), most);
            case SourceDefinitionDecoder.TEMPLATE_ID -> add(definitions, Documents.decodeSource(buffer, offset));
            case SettingsDecoder.TEMPLATE_ID -> add(definitions, Documents.decodeSettings(buffer, offset));
            default -> "document is of an unknown kind: templateId=" + template;
        };
    }

    private static @Nullable String add(
        final Definitions definitions, final InstrumentDefinition read, final int most)
    {
        final int id = read.instrumentId();
        if (id < definitions.instrumentCount())
        {
            return definitions.instrument(id).equals(read) ? null : "instrument changes: instrumentId=" + id;
        }
        if (id >= most)
        {
            return "more instruments than there can be: instrumentId=" + id + " most=" + most;
        }
        definitions.add(read);
        return null;
    }

    private static @Nullable String add(final Definitions definitions, final SettingsDefinition read)
    {
        final int id = read.settingsId();
        if (id < definitions.settingsCount())
        {
            return definitions.settings(id).equals(read) ? null : "settings change: settingsId=" + id;
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
