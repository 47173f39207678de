package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(10)
final class DefinitionsTest
{
    private static final InstrumentDefinition AMZN =
        new InstrumentDefinition(0, "AMZN", 13, -9, 0, BookKind.MBP, 5, 100, 1, 1);
    private static final SourceDefinition FEED =
        new SourceDefinition(0, SourceDefinition.Kind.FEED, "XNAS", 2, 3, 0);

    private final Definitions definitions = new Definitions();

    @Test
    void shouldGiveBackWhatWasAdded()
    {
        final InstrumentDefinition second = new InstrumentDefinition(1, "ES", 5602, -9, -3, BookKind.MBO, 0, 0, 0, 50);
        final SourceDefinition strategy =
            new SourceDefinition(1, SourceDefinition.Kind.STRATEGY, "example", 0, 0, 0);

        definitions.add(AMZN);
        definitions.add(second);
        definitions.add(FEED);
        definitions.add(strategy);

        assertEquals(2, definitions.instrumentCount());
        assertSame(AMZN, definitions.instrument(0));
        assertSame(second, definitions.instrument(1));
        assertEquals(2, definitions.sourceCount());
        assertSame(FEED, definitions.source(0));
        assertSame(strategy, definitions.source(1));
    }

    @Test
    void shouldRefuseAnIdThatIsNotTheNextOne()
    {
        definitions.add(AMZN);
        definitions.add(FEED);

        assertMessage("instrumentId must be the next one, 1: instrumentId=0", () -> definitions.add(AMZN));
        assertMessage("sourceId must be the next one, 1: sourceId=0", () -> definitions.add(FEED));
        assertEquals(1, definitions.instrumentCount());
        assertEquals(1, definitions.sourceCount());
    }

    @Test
    void shouldRefuseMoreInstrumentsThanThereCanBe()
    {
        for (int id = 0; id < Definitions.MAX_INSTRUMENTS; id++)
        {
            definitions.add(instrument(id, "S"));
        }

        assertMessage("instruments must be at most 2097152: instrumentCount=2097152",
            () -> definitions.add(instrument(Definitions.MAX_INSTRUMENTS, "S")));
        assertEquals(Definitions.MAX_INSTRUMENTS, definitions.instrumentCount());
        assertEquals(Definitions.MAX_INSTRUMENTS - 1,
            definitions.instrument(Definitions.MAX_INSTRUMENTS - 1).instrumentId());
    }

    @Test
    void shouldRefuseSymbolsThatAreTooLongTogether()
    {
        final String symbol = "S".repeat(1 << 16);
        for (int id = 0; id < 1 << 11; id++)
        {
            definitions.add(instrument(id, symbol));
        }

        assertMessage("symbols must have at most 134217728 characters together: instrumentCount=2048 length=1",
            () -> definitions.add(instrument(1 << 11, "S")));
        assertEquals(1 << 11, definitions.instrumentCount());
    }

    private static InstrumentDefinition instrument(final int id, final String symbol)
    {
        return new InstrumentDefinition(id, symbol, 0, -9, 0, BookKind.MBO, 0, 0, 0, 1);
    }

    @Test
    void shouldNameAnIdThatIsNotDefined()
    {
        definitions.add(AMZN);

        assertMessage("instrument is not defined: instrumentId=1 instrumentCount=1", () -> definitions.instrument(1));
        assertMessage("instrument is not defined: instrumentId=-1 instrumentCount=1",
            () -> definitions.instrument(-1));
        assertMessage("source is not defined: sourceId=0 sourceCount=0", () -> definitions.source(0));
        assertMessage("source is not defined: sourceId=-1 sourceCount=0", () -> definitions.source(-1));
    }

    @Test
    void shouldTakeAllSourcesThatAByteCanName()
    {
        for (int id = 0; id <= Definitions.MAX_SOURCE_ID; id++)
        {
            definitions.add(new SourceDefinition(id, SourceDefinition.Kind.FEED, "F", 0, 0, 0));
        }

        assertEquals(256, definitions.sourceCount());
        assertMessage("sourceId must be 0 to 255: sourceId=256",
            () -> new SourceDefinition(256, SourceDefinition.Kind.FEED, "F", 0, 0, 0));
    }

    @Test
    void shouldNameTheInstrumentFieldThatIsOutOfRange()
    {
        assertMessage("symbol must not be empty: instrumentId=4",
            () -> new InstrumentDefinition(4, "", 0, -9, 0, BookKind.MBO, 0, 0, 0, 1));
        assertMessage("instrumentId must be 0 to 2147483647: instrumentId=-1",
            () -> new InstrumentDefinition(-1, "S", 0, -9, 0, BookKind.MBO, 0, 0, 0, 1));
        assertMessage("priceExponent must be -18 to 0: priceExponent=-19",
            () -> new InstrumentDefinition(0, "S", 0, -19, 0, BookKind.MBO, 0, 0, 0, 1));
        assertMessage("quantityExponent must be -18 to 0: quantityExponent=1",
            () -> new InstrumentDefinition(0, "S", 0, -9, 1, BookKind.MBO, 0, 0, 0, 1));
        assertMessage("depth must be 0 to 65534: depth=65535",
            () -> new InstrumentDefinition(0, "S", 0, -9, 0, BookKind.MBO, 65_535, 0, 0, 1));
        assertMessage("tickSize must be 0 to 9223372036854775807: tickSize=-1",
            () -> new InstrumentDefinition(0, "S", 0, -9, 0, BookKind.MBO, 0, -1, 0, 1));
        assertMessage("lotSize must be 0 to 9223372036854775807: lotSize=-1",
            () -> new InstrumentDefinition(0, "S", 0, -9, 0, BookKind.MBO, 0, 0, -1, 1));
        assertMessage("multiplier must be 1 to 9223372036854775807: multiplier=0",
            () -> new InstrumentDefinition(0, "S", 0, -9, 0, BookKind.MBO, 0, 0, 0, 0));
    }

    @Test
    void shouldNameTheSourceFieldThatIsOutOfRange()
    {
        assertMessage("name must not be empty: sourceId=3",
            () -> new SourceDefinition(3, SourceDefinition.Kind.STRATEGY, "", 0, 0, 0));
        assertMessage("sourceId must be 0 to 255: sourceId=-1",
            () -> new SourceDefinition(-1, SourceDefinition.Kind.STRATEGY, "S", 0, 0, 0));
    }

    @Test
    void shouldKeepTheCodesOfKinds()
    {
        final UnaryOperator<BookKind> book = (kind) -> BookKind.ofCode(kind.code());
        final UnaryOperator<SourceDefinition.Kind> source = (kind) -> SourceDefinition.Kind.ofCode(kind.code());

        for (final BookKind kind : BookKind.values())
        {
            assertSame(kind, book.apply(kind));
        }
        for (final SourceDefinition.Kind kind : SourceDefinition.Kind.values())
        {
            assertSame(kind, source.apply(kind));
        }
        assertEquals(1, BookKind.MBO.code());
        assertEquals(2, BookKind.MBP.code());
        assertEquals(1, SourceDefinition.Kind.FEED.code());
        assertEquals(2, SourceDefinition.Kind.STRATEGY.code());
        assertMessage("unknown book kind: code=3", () -> BookKind.ofCode(3));
        assertMessage("unknown source kind: code=0", () -> SourceDefinition.Kind.ofCode(0));
    }

    private static void assertMessage(final String message, final Executable code)
    {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
