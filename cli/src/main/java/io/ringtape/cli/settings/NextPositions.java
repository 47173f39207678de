package io.ringtape.cli.settings;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.FileOutput;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.risk.Holding;
import io.ringtape.risk.Holdings;
import io.ringtape.risk.OpeningPosition;
import io.ringtape.risk.OpeningPositions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What the next run is to start with: what a run ends with, and what it started with of instruments that did not come.
 * <p>
 * Thread safety: stateless.
 * Allocation: for the whole text.
 */
public final class NextPositions
{
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private NextPositions()
    {
    }

    /**
     * The day that positions are of.
     *
     * @param holdings of a gate.
     * @return its last UTC day; empty if it had no event with a time.
     */
    public static Optional<LocalDate> day(final Holdings holdings)
    {
        return holdings.dayEndNs() == 0 ? Optional.empty() :
            Optional.of(LocalDate.ofEpochDay(holdings.dayEndNs() / DAY_NS - 1));
    }

    /**
     * What a run started with of instruments that it has not met.
     *
     * @param holdings    of its gate.
     * @param opening     that the gate started with.
     * @param definitions of the run.
     * @return by symbol and account.
     */
    public static SortedMap<String, SortedMap<Integer, OpeningPosition>> waiting(
        final Holdings holdings, final OpeningPositions opening, final Definitions definitions)
    {
        final SortedMap<String, SortedMap<Integer, OpeningPosition>> left = opening.positions();
        for (final Holding holding : holdings.held())
        {
            if (isFirst(holding.instrument(), definitions))
            {
                left.remove(holding.instrument().symbol());
            }
        }
        return left;
    }

    /**
     * Writes a positions file, without what is flat and won nothing.
     *
     * @param path        that is there afterwards.
     * @param holdings    of a run's gate.
     * @param opening     that the gate started with.
     * @param definitions of the run.
     * @throws CommandException if a position cannot be told: its profit is not known, another instrument of the run
     *                          has its symbol, no event has a time, or the text is longer than a tape keeps.
     */
    public static void write(
        final Path path, final Holdings holdings, final OpeningPositions opening, final Definitions definitions)
    {
        final LocalDate day = day(holdings).orElseThrow(() -> new CommandException(ExitCode.BAD_INPUT,
            "positions have no day, because no event of the run has a time: file=" + path));
        final OpeningPositions.Builder next = OpeningPositions.ofDay(day.toEpochDay());
        for (final Holding holding : holdings.held())
        {
            if (holding.quantity() != 0 || holding.dayNano() != 0)
            {
                requireTold(holding, definitions);
                next.add(holding.account(), holding.instrument().symbol(), position(holding));
            }
        }
        final boolean isSameDay = holdings.dayEndNs() == opening.dayEndNs();
        waiting(holdings, opening, definitions).forEach((symbol, accounts) -> accounts.forEach((account, position) ->
            next.add(account, symbol, new OpeningPosition(position.quantity(), position.averagePrice(),
                position.mark(), isSameDay ? position.dayNano() : 0))));
        final OpeningPositions made = next.build();
        made.positions().keySet().forEach((symbol) -> requireOne(symbol, definitions));
        final byte[] bytes = text(day, made);
        requireRoom(bytes, path);
        try (FileOutput out = FileOutput.open(path))
        {
            out.write(bytes, 0, bytes.length);
            out.complete();
        }
    }

    private static void requireTold(final Holding holding, final Definitions definitions)
    {
        final InstrumentDefinition instrument = holding.instrument();
        final String where = "account=" + holding.account() + " instrument=" + instrument.symbol();
        if (!holding.isKnown())
        {
            throw new CommandException(ExitCode.BAD_INPUT, "what a position won is not known: " + where);
        }
        requireOne(instrument.symbol(), definitions);
    }

    private static void requireOne(final String symbol, final Definitions definitions)
    {
        final List<String> ids = IntStream.range(0, definitions.instrumentCount())
            .filter((id) -> definitions.instrument(id).symbol().equals(symbol)).mapToObj(Integer::toString).toList();
        if (ids.size() > 1)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "a position cannot be told by its symbol, several " +
                "instruments have it: instrument=" + symbol + " instrumentIds=" + String.join(",", ids));
        }
    }

    private static void requireRoom(final byte[] bytes, final Path path)
    {
        if (bytes.length > SettingsDefinition.MAX_TEXT_BYTES)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "positions are longer than a tape keeps: file=" + path +
                " bytes=" + bytes.length + " maxBytes=" + SettingsDefinition.MAX_TEXT_BYTES);
        }
    }

    private static boolean isFirst(final InstrumentDefinition instrument, final Definitions definitions)
    {
        int id = 0;
        while (!definitions.instrument(id).symbol().equals(instrument.symbol()))
        {
            id++;
        }
        return id == instrument.instrumentId();
    }

    private static OpeningPosition position(final Holding holding)
    {
        final InstrumentDefinition instrument = holding.instrument();
        return new OpeningPosition(decimal(holding.quantity(), instrument.quantityExponent()),
            price(holding.averagePrice(), instrument), price(holding.mark(), instrument), holding.dayNano());
    }

    private static Optional<BigDecimal> price(final long price, final InstrumentDefinition instrument)
    {
        return price == OrderBookEvent.NULL_PRICE ? Optional.empty() :
            Optional.of(decimal(price, instrument.priceExponent()));
    }

    private static BigDecimal decimal(final long value, final int exponent)
    {
        return BigDecimal.valueOf(value, -exponent);
    }

    private static byte[] text(final LocalDate day, final OpeningPositions positions)
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonOutput json = new JsonOutput(new PrintStream(bytes, false, StandardCharsets.UTF_8)))
        {
            json.number("version", PositionsFile.VERSION).text("day", day.toString()).startObject("positions");
            for (final Map.Entry<String, SortedMap<Integer, OpeningPosition>> accounts :
                positions.positions().entrySet())
            {
                accounts.getValue().forEach((account, position) ->
                    write(json, account + ":" + accounts.getKey(), position));
            }
            json.endObject().end();
        }
        return bytes.toByteArray();
    }

    private static void write(final JsonOutput json, final String name, final OpeningPosition position)
    {
        json.startObject(name).text(PositionsFile.POSITION, Formats.plain(position.quantity()));
        position.averagePrice().ifPresent((price) -> json.text(PositionsFile.AVERAGE_PRICE, Formats.plain(price)));
        position.mark().ifPresent((price) -> json.text(PositionsFile.MARK, Formats.plain(price)));
        json.text(PositionsFile.DAY_PROFIT, Formats.nano(position.dayNano())).endObject();
    }
}
