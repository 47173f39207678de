package io.ringtape.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.risk.Holding;
import io.ringtape.risk.Holdings;
import io.ringtape.risk.OpeningPosition;
import io.ringtape.risk.OpeningPositions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written for the next run, of what a gate holds. */
@Timeout(10)
final class NextPositionsTest
{
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long DAY = 100;

    private final Definitions definitions = new Definitions();
    @TempDir
    private Path directory;

    @Test
    void shouldWriteTheDayAtTheMarkAndLeaveOutWhatIsFlatAndWonNothing() throws IOException
    {
        define("A");
        define("B");
        define("B");

        final String text = write(OpeningPositions.NONE, held(0, -3, -5_000_000_000L), held(1, 0, 0), held(2, 0, 0));

        assertEquals("{\"version\":1,\"day\":\"1970-04-11\",\"positions\":{\"1:A\":{\"position\":\"-3\"," +
            "\"average-price\":\"1\",\"mark\":\"2\",\"day-profit\":\"-5\"}}}\n", text);
    }

    @ParameterizedTest
    @CsvSource({"5, -1, 0.5", "-1, -9, -0.000000001", "123456789, -18, 0.000000000123456789", "-1500, -2, -15"})
    void shouldWriteQuantitiesExactlySoThatTheyReadBackTheSame(
        final long units, final int exponent, final String text) throws IOException
    {
        definitions.add(new InstrumentDefinition(0, "A", 0, -2, exponent, BookKind.MBP, 0, 0, 0, 1));

        final String written = write(OpeningPositions.NONE, held(0, units, -1));
        final OpeningPositions read = PositionsFile.parse(SettingsText.read(file()));

        assertTrue(written.contains("{\"position\":\"" + text + "\","), written);
        assertEquals(0, new BigDecimal(text).compareTo(read.positions().get("A").get(1).quantity()));
        assertEquals(-1, read.positions().get("A").get(1).dayNano());
        assertEquals((DAY + 1) * DAY_NS, read.dayEndNs());
    }

    @Test
    void shouldRefuseASymbolThatSeveralInstrumentsHave()
    {
        define("A");
        define("B");
        define("A");
        final String message =
            "a position cannot be told by its symbol, several instruments have it: instrument=A instrumentIds=0,2";

        assertRefused(message, OpeningPositions.NONE, held(0, 1, 0));
        assertRefused(message, OpeningPositions.NONE, held(0, 0, 1));
        assertRefused(message, OpeningPositions.NONE, held(0, 0, 0), held(2, 1, 0));
        assertRefused(message, opening(DAY));
    }

    @Test
    void shouldHandOnWhatWaitsWithItsDayOnlyWhileItLasts() throws IOException
    {
        define("B");

        assertEquals("\"1:A\":{\"position\":\"-3\",\"average-price\":\"1\",\"mark\":\"2\",\"day-profit\":\"-7\"}",
            entry(write(opening(DAY), held(0, 0, 0))));
        assertEquals("\"1:A\":{\"position\":\"-3\",\"average-price\":\"1\",\"mark\":\"2\",\"day-profit\":\"0\"}",
            entry(write(opening(DAY - 1), held(0, 0, 0))));
    }

    @Test
    void shouldRefuseWhatATapeDoesNotKeep()
    {
        final Holding[] held = IntStream.range(0, 1_000).mapToObj((id) ->
        {
            define("LONGSYMBOL" + id);
            return held(id, 1, 1);
        }).toArray(Holding[]::new);

        final String message = refused(OpeningPositions.NONE, held);

        assertEquals("positions are longer than a tape keeps: file=" + file() + " bytes=", message.substring(0,
            message.indexOf("bytes=") + 6));
        assertEquals(" maxBytes=65534", message.substring(message.lastIndexOf(' ')));
        assertFalse(Files.exists(file()));
    }

    private static String entry(final String text)
    {
        return text.substring(text.indexOf("\"1:"), text.length() - 3);
    }

    private void define(final String symbol)
    {
        definitions.add(new InstrumentDefinition(
            definitions.instrumentCount(), symbol, 0, -2, 0, BookKind.MBP, 0, 0, 0, 1));
    }

    private Holding held(final int id, final long quantity, final long dayNano)
    {
        return new Holding(1, definitions.instrument(id), quantity,
            quantity == 0 ? OrderBookEvent.NULL_PRICE : 100, 200, 0, 0, 0, dayNano, true);
    }

    private static OpeningPositions opening(final long day)
    {
        return OpeningPositions.ofDay(day).add(1, "A", new OpeningPosition(BigDecimal.valueOf(-3),
            Optional.of(BigDecimal.ONE), Optional.of(BigDecimal.valueOf(2)), -7_000_000_000L)).build();
    }

    private Path file()
    {
        return directory.resolve("positions.json");
    }

    private String write(final OpeningPositions opening, final Holding... held) throws IOException
    {
        NextPositions.write(file(), new Holdings((DAY + 1) * DAY_NS, List.of(held)), opening, definitions);
        return Files.readString(file());
    }

    private String refused(final OpeningPositions opening, final Holding... held)
    {
        final CommandException failure =
            assertThrows(CommandException.class, () -> write(opening, held));
        assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
        return failure.getMessage();
    }

    private void assertRefused(final String message, final OpeningPositions opening, final Holding... held)
    {
        assertEquals(message, refused(opening, held));
    }
}
