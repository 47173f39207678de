package io.ringtape.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.event.Definitions;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SettingsDefinition.Kind;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands on tape is read as a file is, and whatever stands there is refused in one line. */
@Timeout(30)
final class SettingsTextTest
{
    private static final int CASES = 20_000;
    private static final String LIMITS = "{\"version\": 1, \"instruments\": {\"A\": {\"max-order-quantity\": 100, " +
        "\"max-notional\": 50000, \"max-position\": 500, \"price-collar-bps\": 200, \"reference-age-ms\": 5000, " +
        "\"message-rate\": 10, \"message-burst\": 20, \"daily-loss\": 10000}}, \"accounts\": {\"1\": " +
        "{\"open-notional\": 1000000, \"daily-loss\": 20000, \"message-rate\": 100, \"message-burst\": 200}}}";

    private final Definitions definitions = new Definitions();

    @Test
    void shouldTakeTheFirstOfEachKindAndTheLastVersion()
    {
        add(Kind.LIMITS_CHANGE, 9, "[]");
        add(Kind.LIMITS, 1, LIMITS);
        add(Kind.PARAMETERS, 0, "{\"lots\": 2}");
        add(Kind.LIMITS, 1, "[]");

        assertEquals(Optional.of(1L), RunSettings.limits(definitions).map(LimitSet::version));
        assertEquals(new ParameterFile(Map.of("lots", "2"), "settingsId=2 kind=parameters"),
            RunSettings.parameters(definitions));
        assertEquals(9, RunSettings.limitsVersion(List.of(definitions.settings(0), definitions.settings(1))));
        assertEquals(Optional.empty(), RunSettings.limits(new Definitions()));
        assertEquals(ParameterFile.NONE, RunSettings.parameters(new Definitions()));
        assertEquals(0, RunSettings.limitsVersion(List.of()));
    }

    @Test
    void shouldSayWhichSettingsOnTapeMakeNoSense()
    {
        add(Kind.PARAMETERS, 0, "[1]");

        final CommandException e =
            assertThrows(CommandException.class, () -> RunSettings.parameters(definitions));

        assertEquals("file must hold one JSON object: settingsId=0 kind=parameters", e.getMessage());
        assertEquals(ExitCode.BAD_INPUT, e.exitCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "NaN | value must be a finite number: file=x line=1 name=lots value=NaN",
        "Infinity | value must be a finite number: file=x line=1 name=lots value=Infinity",
        "-Infinity | value must be a finite number: file=x line=1 name=lots value=-Infinity",
        "nan | file is no JSON: file=x line=1 column=10 reason=Unrecognized token 'nan'",
        "-NaN | file is no JSON: file=x line=1 column=11 reason=" +
            "Unexpected character ('N' (code 78)) in numeric value: expected digit (0-9) to follow minus sign, " +
            "for valid numeric value",
        "+1 | file is no JSON: file=x line=1 column=11 reason=" +
            "Unexpected character ('+' (code 43)) in numeric value: " +
            "JSON spec does not allow numbers to have plus signs",
        "01 | file is no JSON: file=x line=1 column=11 reason=Invalid numeric value: Leading zeroes not allowed",
        ".5 | file is no JSON: file=x line=1 column=10 reason=" +
            "Unexpected character ('.' (code 46)): expected a valid value",
        "1. | file is no JSON: file=x line=1 column=12 reason=" +
            "Unexpected character ('}' (code 125)) in numeric value: Decimal point not followed by a digit",
        "1e | file is no JSON: file=x line=1 column=12 reason=" +
            "Unexpected character ('}' (code 125)) in numeric value: Exponent indicator not followed by a digit",
        "0x10 | file is no JSON: file=x line=1 column=11 reason=" +
            "Unexpected character ('x' (code 120)): was expecting comma to separate Object entries",
        "true | value must be a number or text: file=x line=1 name=lots",
        "[1] | list must hold texts: file=x line=1 name=lots",
        "{} | lots must be a number: file=x",
        "1_000 | file is no JSON: file=x line=1 column=11 reason=" +
            "Unexpected character ('_' (code 95)): was expecting comma to separate Object entries",
        "'' | file is no JSON: file=x line=1 column=10 reason=" +
            "Unexpected character ('}' (code 125)): expected a value"})
    void shouldSayWhichValueIsNoNumber(final String value, final String message)
    {
        final SettingsText text = new SettingsText("{\"lots\": " + value + "}", "file=x");

        final CommandException e = assertThrows(CommandException.class, () -> ParameterFile.parse(text));

        assertEquals(message, e.getMessage());
        assertEquals(ExitCode.BAD_INPUT, e.exitCode());
    }

    @Test
    void shouldSayThatANumberIsTooLong()
    {
        final SettingsText text = new SettingsText("{\"lots\": " + "9".repeat(2_000) + "}", "file=x");

        assertEquals("a number or a name is too long: file=x",
            assertThrows(CommandException.class, () -> ParameterFile.parse(text)).getMessage());
    }

    @Test
    void shouldSayThatATextEndsTooEarly()
    {
        final SettingsText text = new SettingsText("{\"lots\": 2", "file=x");

        assertEquals("file is no JSON: file=x line=1 column=11 " +
            "reason=Unexpected end-of-input: expected close marker for Object",
            assertThrows(CommandException.class, () -> ParameterFile.parse(text)).getMessage());
    }

    @Test
    void shouldNameAtMostFiveInstrumentsThatDidNotCome()
    {
        assertEquals("", LimitsCheck.unmet("--fees", Set.of("A", "B"), Set.of("B", "A", "C")));
        assertEquals("--fees names instruments that did not come: count=5 instruments=A,B,C,D,E",
            LimitsCheck.unmet("--fees", Set.of("E", "D", "C", "B", "A"), Set.of()));
        assertEquals("--fees names instruments that did not come: count=6 instruments=A,B,C,D,E,\u2026",
            LimitsCheck.unmet("--fees", Set.of("F", "E", "D", "C", "B", "A"), Set.of("X")));
    }

    @Test
    void shouldNameWhatLimitsLeaveOut()
    {
        final AccountLimits account = AccountLimits.defaults();
        final RiskLimits wide = RiskLimits.builder().maxOrderQuantity(1).maxNotional(1).maxPosition(1).collarBps(1)
            .maxReferenceAgeNs(1).messagesPerSecond(1).messageBurst(1).maxDailyLoss(1).build();
        final LimitSet one = LimitSet.builder(1).instrument("A", wide).account(7, account).build();
        final LimitSet all = LimitSet.builder(1).otherInstruments(wide).otherAccounts(account).build();

        assertEquals("", LimitsCheck.left(one, Set.of("A"), 7));
        assertEquals("", LimitsCheck.left(all, Set.of("A", "B"), 1));
        assertEquals("--limits leaves out instruments, whose orders are all rejected: count=2 instruments=B,C",
            LimitsCheck.left(one, Set.of("C", "A", "B"), 7));
        assertEquals("--limits leaves out the strategy's account, whose orders are all rejected: account=1",
            LimitsCheck.left(one, Set.of("A"), 1));
    }

    @Test
    void shouldTakeOrRefuseWhateverStandsThere()
    {
        final SplittableRandom random = new SplittableRandom(1);
        int taken = 0;
        for (int i = 0; i < CASES; i++)
        {
            final byte[] bytes = LIMITS.getBytes(StandardCharsets.US_ASCII);
            for (int changes = random.nextInt(3); changes >= 0; changes--)
            {
                bytes[random.nextInt(bytes.length)] = (byte)random.nextInt(9, 127);
            }
            final SettingsText text =
                new SettingsText(new String(bytes, StandardCharsets.US_ASCII), "settingsId=0 kind=limits");
            taken += isTaken(text, LimitsFile::parse) + isTaken(text, ParameterFile::parse);
        }

        assertTrue(taken > CASES / 1_000, "taken=" + taken);
    }

    private static int isTaken(final SettingsText text, final Function<SettingsText, ?> parser)
    {
        try
        {
            return parser.apply(text) == null ? 0 : 1;
        }
        catch (final CommandException e)
        {
            assertEquals(ExitCode.BAD_INPUT, e.exitCode(), text.text());
            assertTrue(e.getMessage() != null && e.getMessage().contains(text.from()), e.getMessage());
            return 0;
        }
    }

    private void add(final Kind kind, final long version, final String text)
    {
        definitions.add(new SettingsDefinition(definitions.settingsCount(), kind, version, text));
    }
}
