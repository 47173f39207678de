package io.ringtape.cli.capture;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.SourceDefinition;
import io.ringtape.feed.FeedException;
import io.ringtape.feed.LobsterDecoder;

/**
 * A LOBSTER message and orderbook pair.
 */
final class LobsterSource implements FileSource
{
    static final String FORMAT = "lobster";

    // Four numbers a level of at most 20 characters and a comma, and 9,999 levels.
    private static final int MAX_LINE_BYTES = 1 << 20;
    private static final String VENUE = "LOBSTER";

    private final LobsterName name;
    private final Input messages;
    private final Input books;
    private final long totalBytes;
    private int instrumentId;
    private int sourceId;

    LobsterSource(final LobsterName name, final Input messages, final Input books, final long totalBytes)
    {
        this.name = name;
        this.messages = messages;
        this.books = books;
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
        return messages.display();
    }

    @Override
    public long totalBytes()
    {
        return totalBytes;
    }

    @Override
    public void check() throws CaptureException
    {
        try (Reading reading = open())
        {
            final EventBatch scratch = new EventBatch(2 * name.depth() + 2);
            if (!reading.next(scratch))
            {
                throw CaptureException.bad(messages.display(), "file has no rows", "");
            }
        }
    }

    @Override
    public void define(final Definitions definitions, final InstrumentRegistry registry)
    {
        sourceId = definitions.sourceCount();
        definitions.add(new SourceDefinition(sourceId, SourceDefinition.Kind.FEED, VENUE, 0, 0, 0));
        instrumentId = registry.instrumentId(
            new InstrumentRegistry.Key(VENUE, 0, name.symbol(), 0, BookKind.MBP, name.depth()),
            LobsterDecoder.PRICE_EXPONENT, LobsterDecoder.QUANTITY_EXPONENT);
    }

    @Override
    public Reading open() throws CaptureException
    {
        final ByteWindow messageWindow = messages.open();
        boolean opened = false;
        try
        {
            final Rows rows = new Rows(messageWindow, books.open(),
                new LobsterDecoder(instrumentId, sourceId, name.depth(), name.midnightNs()));
            opened = true;
            return rows;
        }
        finally
        {
            if (!opened)
            {
                messageWindow.close();
            }
        }
    }

    /** The two files side by side. */
    private static final class Rows implements Reading
    {
        private final ByteWindow messages;
        private final ByteWindow books;
        private final LobsterDecoder decoder;

        Rows(final ByteWindow messages, final ByteWindow books, final LobsterDecoder decoder)
        {
            this.messages = messages;
            this.books = books;
            this.decoder = decoder;
        }

        @Override
        public boolean next(final EventBatch batch) throws CaptureException
        {
            final boolean hasMessage = messages.hasLine(MAX_LINE_BYTES);
            final boolean hasBook = books.hasLine(MAX_LINE_BYTES);
            if (!hasMessage || !hasBook)
            {
                if (hasMessage != hasBook)
                {
                    throw differentLength(hasMessage ? books : messages, hasMessage ? "message" : "orderbook");
                }
                return false;
            }
            requireNoBlankLine(messages);
            requireNoBlankLine(books);
            try
            {
                decoder.decode(messages.buffer(), messages.position(), messages.lineLimit(),
                    books.buffer(), books.position(), books.lineLimit(), batch);
            }
            catch (final FeedException e)
            {
                final ByteWindow wrong = LobsterDecoder.isOrderbookField(e.field()) ? books : messages;
                throw CaptureException.bad(wrong.input().display(), e);
            }
            messages.position(decoder.messageEnd());
            books.position(decoder.bookEnd());
            return true;
        }

        @Override
        public long bytesRead()
        {
            return messages.rawBytesRead() + books.rawBytesRead();
        }

        @Override
        public long skippedRecords()
        {
            return 0;
        }

        @Override
        public void close()
        {
            messages.close();
            books.close();
        }

        // Row k of one file belongs to row k of the other, so a blank one that is stepped over would shift the rest.
        private void requireNoBlankLine(final ByteWindow window) throws CaptureException
        {
            if (window.isBehindBlankLine())
            {
                throw CaptureException.bad(window.input().display(), "row is blank",
                    FeedException.Unit.ROW.label(), decoder.rowCount() + 1, "");
            }
        }

        private CaptureException differentLength(final ByteWindow shorter, final String longer)
        {
            return CaptureException.bad(shorter.input().display(), "file ends before the " + longer + " file",
                FeedException.Unit.ROW.label(), decoder.rowCount() + 1, "rows=" + decoder.rowCount());
        }
    }
}
