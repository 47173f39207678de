package io.ringtape.cli.capture;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.SourceDefinition;
import io.ringtape.feed.DbnMboDecoder;
import io.ringtape.feed.DbnMetadata;
import io.ringtape.feed.FeedException;
import io.ringtape.feed.InstrumentResolver;
import org.jspecify.annotations.Nullable;

/**
 * A DBN file of market-by-order records.
 */
final class DbnSource implements FileSource
{
    static final String FORMAT = "dbn";

    private static final int MBO_BYTES = 56;
    private static final InstrumentResolver SCRATCH = (symbol, venueInstrumentId, publisher) -> 0;

    private final Input input;
    private final long totalBytes;
    private InstrumentResolver resolver = SCRATCH;
    private String venue = "";
    private int publisher;
    private int channel;
    private int sourceId;

    DbnSource(final Input input, final long totalBytes)
    {
        this.input = input;
        this.totalBytes = totalBytes;
    }

    @Override
    public String format()
    {
        return FORMAT;
    }

    @Override
    public String file()
    {
        return input.display();
    }

    @Override
    public long totalBytes()
    {
        return totalBytes;
    }

    // The file is opened again when its turn comes, so that only one is open at a time.
    @Override
    public void check() throws CaptureException
    {
        try (Records records = openRecords())
        {
            venue = records.metadata.dataset();
            if (records.window.require(MBO_BYTES) &&
                DbnMboDecoder.isMbo(records.window.buffer(), records.window.position()))
            {
                publisher = DbnMboDecoder.publisher(records.window.buffer(), records.window.position());
                channel = DbnMboDecoder.channel(records.window.buffer(), records.window.position());
            }
            records.next(new EventBatch(Capture.MAX_EVENTS));
        }
    }

    @Override
    public void define(final Definitions definitions, final InstrumentRegistry registry)
    {
        sourceId = definitions.sourceCount();
        definitions.add(
            new SourceDefinition(sourceId, SourceDefinition.Kind.FEED, venue, publisher, channel, 0));
        resolver = (symbol, venueInstrumentId, instrumentPublisher) -> registry.instrumentId(
            new InstrumentRegistry.Key(venue, instrumentPublisher, symbol, venueInstrumentId, BookKind.MBO, 0),
            DbnMboDecoder.PRICE_EXPONENT, DbnMboDecoder.QUANTITY_EXPONENT);
    }

    @Override
    public Reading open() throws CaptureException
    {
        return openRecords();
    }

    private Records openRecords() throws CaptureException
    {
        final ByteWindow window = input.open();
        boolean opened = false;
        try
        {
            final DbnMetadata metadata = readMetadata(window);
            final Records records = new Records(window, metadata, new DbnMboDecoder(metadata, sourceId, resolver));
            opened = true;
            return records;
        }
        catch (final FeedException e)
        {
            throw CaptureException.bad(input.display(), e);
        }
        finally
        {
            if (!opened)
            {
                window.close();
            }
        }
    }

    private DbnMetadata readMetadata(final ByteWindow window) throws CaptureException, FeedException
    {
        if (!window.require(DbnMetadata.PREFIX_BYTES))
        {
            throw truncated(window, "metadata");
        }
        final int length = DbnMetadata.length(window.buffer(), window.position());
        if (!window.require(length))
        {
            throw truncated(window, "metadata");
        }
        final DbnMetadata metadata = DbnMetadata.parse(window.buffer(), window.position());
        window.position(window.position() + length);
        return metadata;
    }

    private static CaptureException truncated(final ByteWindow window, final String where)
    {
        return CaptureException.bad(window.input().display(), "file is truncated", "byte",
            window.streamOffset() + window.remaining(), "within=" + where);
    }

    /** The records behind the metadata. */
    private static final class Records implements Reading
    {
        private final ByteWindow window;
        private final DbnMetadata metadata;
        private final DbnMboDecoder decoder;
        private @Nullable CaptureException pending;

        Records(final ByteWindow window, final DbnMetadata metadata, final DbnMboDecoder decoder)
        {
            this.window = window;
            this.metadata = metadata;
            this.decoder = decoder;
        }

        @Override
        public boolean next(final EventBatch batch) throws CaptureException
        {
            if (pending != null)
            {
                throw pending;
            }
            try
            {
                while (!decode(batch))
                {
                    if (!window.fill(DbnMetadata.MAX_BYTES))
                    {
                        requireWhole();
                        return batch.count() > 0;
                    }
                }
            }
            catch (final CaptureException e)
            {
                if (batch.count() == 0)
                {
                    throw e;
                }
                // What came before the mistake is given out first.
                pending = e;
            }
            return true;
        }

        @Override
        public long bytesRead()
        {
            return window.rawBytesRead();
        }

        @Override
        public long skippedRecords()
        {
            return decoder.skippedCount();
        }

        @Override
        public void close()
        {
            window.close();
        }

        // True if the batch is to be given out.
        private boolean decode(final EventBatch batch) throws CaptureException
        {
            try
            {
                final int used = decoder.decode(
                    window.buffer(), window.position(), window.limit(), Capture.MAX_EVENTS, batch);
                window.position(window.position() + used);
            }
            catch (final FeedException e)
            {
                throw CaptureException.bad(window.input().display(), e);
            }
            return batch.count() == Capture.MAX_EVENTS || (batch.count() > 0 && decoder.isEventEnded());
        }

        private void requireWhole() throws CaptureException
        {
            if (window.remaining() > 0)
            {
                throw CaptureException.bad(window.input().display(), "file is truncated",
                    FeedException.Unit.RECORD.label(), decoder.recordCount() + 1,
                    "byte=" + (window.streamOffset() + window.remaining()));
            }
        }
    }
}
