package io.ringtape.journal;

import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.codec.FileHeaderDecoder;
import io.ringtape.journal.codec.FileHeaderEncoder;
import io.ringtape.journal.codec.InstrumentDefinitionDecoder;
import io.ringtape.journal.codec.InstrumentDefinitionEncoder;
import io.ringtape.journal.codec.MessageHeaderDecoder;
import io.ringtape.journal.codec.MessageHeaderEncoder;
import io.ringtape.journal.codec.RunHeaderDecoder;
import io.ringtape.journal.codec.RunHeaderEncoder;
import io.ringtape.journal.codec.RunTrailerDecoder;
import io.ringtape.journal.codec.RunTrailerEncoder;
import io.ringtape.journal.codec.SettingsDecoder;
import io.ringtape.journal.codec.SettingsEncoder;
import io.ringtape.journal.codec.SourceDefinitionDecoder;
import io.ringtape.journal.codec.SourceDefinitionEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes and decodes the cold documents of a tape with the codecs of the schema.
 */
final class Documents
{
    /**
     * Where a run ends: what the header of the next run says of it.
     *
     * @param runId        -1 before the first run.
     * @param fileNumber   -1 before the first run.
     * @param endOffset    of the last whole document, in that file.
     * @param crc          of the last whole document.
     * @param lastSequence -1 before the first run.
     */
    record RunEnd(long runId, long fileNumber, long endOffset, int crc, long lastSequence)
    {
        static final RunEnd NONE = new RunEnd(-1L, -1L, 0L, 0, -1L);

        /** Whether a file of the run stands behind its end: what is in it was lost with the machine. */
        boolean isBefore(final long file)
        {
            return file > fileNumber;
        }

        /** Whether a file was finished, or sealed, with more than the run has of it: the rest was lost too. */
        boolean isBefore(final Manifest.Entry end)
        {
            return isBefore(end.fileNumber()) || (end.fileNumber() == fileNumber && end.endOffset() > endOffset);
        }
    }

    /**
     * The header of a file that is not a run's first.
     *
     * @param fileNumber       1 or more.
     * @param firstBlockNumber of the first block that the file can hold.
     * @param firstSequence    of the first event that the file can hold.
     * @param maxReceiveTimeNs running maximum of the run before the file.
     */
    record FileInfo(long fileNumber, long firstBlockNumber, long firstSequence, long maxReceiveTimeNs)
    {
    }

    private static final int MAX_TEXT_BYTES = SettingsDefinition.MAX_TEXT_BYTES;

    private Documents()
    {
    }

    static boolean isOfSchema(final UnsafeBuffer from, final int offset)
    {
        return schemaId(from, offset) == DocumentLayout.SCHEMA_ID && version(from, offset) == DocumentLayout.VERSION;
    }

    static int schemaId(final UnsafeBuffer from, final int offset)
    {
        return from.getShort(offset + DocumentLayout.SCHEMA_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    static int version(final UnsafeBuffer from, final int offset)
    {
        return from.getShort(offset + DocumentLayout.VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Refuses a document whose fields reach past its end: what stands behind it belongs to another one.
     *
     * @throws IllegalArgumentException if they do; a template that is not known has none.
     */
    static void requireFields(final UnsafeBuffer from, final int offset, final int length, final int template)
    {
        final int needed = MessageHeaderDecoder.ENCODED_LENGTH + switch (template)
        {
            case RunHeaderDecoder.TEMPLATE_ID -> RunHeaderDecoder.BLOCK_LENGTH;
            case FileHeaderDecoder.TEMPLATE_ID -> FileHeaderDecoder.BLOCK_LENGTH;
            case RunTrailerDecoder.TEMPLATE_ID -> RunTrailerDecoder.BLOCK_LENGTH;
            case InstrumentDefinitionDecoder.TEMPLATE_ID ->
                text(from, offset, InstrumentDefinitionDecoder.BLOCK_LENGTH);
            case SourceDefinitionDecoder.TEMPLATE_ID -> text(from, offset, SourceDefinitionDecoder.BLOCK_LENGTH);
            case SettingsDecoder.TEMPLATE_ID -> text(from, offset, SettingsDecoder.BLOCK_LENGTH);
            default -> 0;
        };
        if (needed > length)
        {
            throw new IllegalArgumentException("fields do not fit: length=" + length + " needed=" + needed);
        }
    }

    /** Bytes of the fields and of the text behind them. */
    private static int text(final UnsafeBuffer from, final int offset, final int fieldsLength)
    {
        final int at = offset + MessageHeaderDecoder.ENCODED_LENGTH + fieldsLength;
        return fieldsLength + Short.BYTES + (from.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
    }

    static int encodeRunHeader(final MutableDirectBuffer to, final RunInfo run, final RunEnd previous)
    {
        final RunHeaderEncoder encoder = new RunHeaderEncoder().wrapAndApplyHeader(to, 0, new MessageHeaderEncoder());
        encoder.runId(run.runId())
            .previousCrc(previous.crc() & 0xFFFF_FFFFL)
            .crc(0)
            .firstSequence(run.firstSequence())
            .startTimeNs(run.startTimeNs())
            .previousRunId(previous.runId())
            .previousFileNumber(previous.fileNumber())
            .previousEndOffset(previous.endOffset())
            .pid(run.pid());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    static RunInfo decodeRunHeader(final UnsafeBuffer from, final int offset)
    {
        final RunHeaderDecoder decoder = runHeader(from, offset);
        return new RunInfo(decoder.runId(), decoder.firstSequence(), decoder.startTimeNs(), decoder.previousRunId(),
            decoder.pid());
    }

    static RunEnd decodePreviousEnd(final UnsafeBuffer from, final int offset)
    {
        final RunHeaderDecoder decoder = runHeader(from, offset);
        return new RunEnd(decoder.previousRunId(), decoder.previousFileNumber(), decoder.previousEndOffset(),
            (int)decoder.previousCrc(), decoder.firstSequence() - 1);
    }

    private static RunHeaderDecoder runHeader(final UnsafeBuffer from, final int offset)
    {
        return new RunHeaderDecoder().wrap(from, offset + MessageHeaderDecoder.ENCODED_LENGTH,
            RunHeaderDecoder.BLOCK_LENGTH, RunHeaderDecoder.SCHEMA_VERSION);
    }

    static int encodeFileHeader(final MutableDirectBuffer to, final long runId, final FileInfo file)
    {
        final FileHeaderEncoder encoder = new FileHeaderEncoder().wrapAndApplyHeader(to, 0, new MessageHeaderEncoder());
        encoder.runId(runId)
            .previousCrc(0)
            .crc(0)
            .firstSequence(file.firstSequence())
            .fileNumber(file.fileNumber())
            .firstBlockNumber(file.firstBlockNumber())
            .maxReceiveTimeNs(file.maxReceiveTimeNs());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    static FileInfo decodeFileHeader(final UnsafeBuffer from, final int offset)
    {
        final FileHeaderDecoder decoder = new FileHeaderDecoder().wrap(from,
            offset + MessageHeaderDecoder.ENCODED_LENGTH, FileHeaderDecoder.BLOCK_LENGTH,
            FileHeaderDecoder.SCHEMA_VERSION);
        return new FileInfo(decoder.fileNumber(), decoder.firstBlockNumber(), decoder.firstSequence(),
            decoder.maxReceiveTimeNs());
    }

    static int encodeTrailer(final MutableDirectBuffer to, final long runId, final RunTrailer trailer)
    {
        final RunTrailerEncoder encoder = new RunTrailerEncoder().wrapAndApplyHeader(to, 0, new MessageHeaderEncoder());
        final RunSummary summary = trailer.summary();
        encoder.runId(runId)
            .previousCrc(0)
            .crc(0)
            .lastSequence(trailer.lastSequence())
            .endTimeNs(trailer.endTimeNs())
            .inputCount(summary.inputCount())
            .ownCount(summary.ownCount())
            .eventHash(summary.eventHash())
            .outputHash(summary.outputHash())
            .bookHash(summary.bookHash());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    static RunTrailer decodeTrailer(final UnsafeBuffer from, final int offset)
    {
        final RunTrailerDecoder decoder = new RunTrailerDecoder().wrap(from,
            offset + MessageHeaderDecoder.ENCODED_LENGTH, RunTrailerDecoder.BLOCK_LENGTH,
            RunTrailerDecoder.SCHEMA_VERSION);
        return new RunTrailer(decoder.lastSequence(), decoder.endTimeNs(), new RunSummary(decoder.inputCount(),
            decoder.ownCount(), decoder.eventHash(), decoder.outputHash(), decoder.bookHash()));
    }

    static int encodeInstrument(
        final MutableDirectBuffer to,
        final long runId,
        final long validFromSequence,
        final InstrumentDefinition definition)
    {
        final InstrumentDefinitionEncoder encoder =
            new InstrumentDefinitionEncoder().wrapAndApplyHeader(to, 0, new MessageHeaderEncoder());
        final byte[] symbol = text("symbol", definition.symbol());
        encoder.runId(runId)
            .previousCrc(0)
            .crc(0)
            .validFromSequence(validFromSequence)
            .instrumentId(definition.instrumentId())
            .depth(definition.depth())
            .venueInstrumentId(definition.venueInstrumentId())
            .tickSize(definition.tickSize())
            .lotSize(definition.lotSize())
            .multiplier(definition.multiplier())
            .priceExponent((byte)definition.priceExponent())
            .quantityExponent((byte)definition.quantityExponent())
            .bookKind((short)definition.bookKind().code())
            .putSymbol(symbol, 0, symbol.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    static InstrumentDefinition decodeInstrument(final UnsafeBuffer from, final int offset)
    {
        final InstrumentDefinitionDecoder decoder = new InstrumentDefinitionDecoder().wrap(from,
            offset + MessageHeaderDecoder.ENCODED_LENGTH, InstrumentDefinitionDecoder.BLOCK_LENGTH,
            InstrumentDefinitionDecoder.SCHEMA_VERSION);
        return new InstrumentDefinition(decoder.instrumentId(), decoder.symbol(), decoder.venueInstrumentId(),
            decoder.priceExponent(), decoder.quantityExponent(), BookKind.ofCode(decoder.bookKind()), decoder.depth(),
            decoder.tickSize(), decoder.lotSize(), decoder.multiplier());
    }

    static int encodeSource(
        final MutableDirectBuffer to,
        final long runId,
        final long validFromSequence,
        final SourceDefinition definition)
    {
        final SourceDefinitionEncoder encoder =
            new SourceDefinitionEncoder().wrapAndApplyHeader(to, 0, new MessageHeaderEncoder());
        final byte[] name = text("name", definition.name());
        encoder.runId(runId)
            .previousCrc(0)
            .crc(0)
            .validFromSequence(validFromSequence)
            .sourceId((short)definition.sourceId())
            .kind((short)definition.kind().code())
            .publisher(definition.publisher())
            .channel(definition.channel())
            .line(definition.line())
            .putName(name, 0, name.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    static SourceDefinition decodeSource(final UnsafeBuffer from, final int offset)
    {
        final SourceDefinitionDecoder decoder = new SourceDefinitionDecoder().wrap(from,
            offset + MessageHeaderDecoder.ENCODED_LENGTH, SourceDefinitionDecoder.BLOCK_LENGTH,
            SourceDefinitionDecoder.SCHEMA_VERSION);
        return new SourceDefinition(decoder.sourceId(), SourceDefinition.Kind.ofCode(decoder.kind()), decoder.name(),
            decoder.publisher(), decoder.channel(), decoder.line());
    }

    static int encodeSettings(
        final MutableDirectBuffer to,
        final long runId,
        final long validFromSequence,
        final SettingsDefinition definition)
    {
        final SettingsEncoder encoder = new SettingsEncoder().wrapAndApplyHeader(to, 0, new MessageHeaderEncoder());
        final byte[] text = definition.textBytes();
        encoder.runId(runId)
            .previousCrc(0)
            .crc(0)
            .validFromSequence(validFromSequence)
            .settingsVersion(definition.version())
            .settingsId(definition.settingsId())
            .kind((short)definition.kind().code())
            .putText(text, 0, text.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    static SettingsDefinition decodeSettings(final UnsafeBuffer from, final int offset)
    {
        final SettingsDecoder decoder = new SettingsDecoder().wrap(from,
            offset + MessageHeaderDecoder.ENCODED_LENGTH, SettingsDecoder.BLOCK_LENGTH,
            SettingsDecoder.SCHEMA_VERSION);
        final byte[] text = new byte[decoder.textLength()];
        decoder.getText(text, 0, text.length);
        return new SettingsDefinition(decoder.settingsId(), SettingsDefinition.Kind.ofCode(decoder.kind()),
            decoder.settingsVersion(), SettingsDefinition.textOf(text));
    }

    private static byte[] text(final String field, final String value)
    {
        final byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_TEXT_BYTES)
        {
            throw new IllegalArgumentException(
                field + " must be at most " + MAX_TEXT_BYTES + " bytes of UTF-8: length=" + bytes.length);
        }
        return bytes;
    }
}
