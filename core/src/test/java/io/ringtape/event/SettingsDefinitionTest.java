package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.SettingsDefinition.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(10)
final class SettingsDefinitionTest
{
    private static final String LONGEST = "x".repeat(SettingsDefinition.MAX_TEXT_BYTES);

    private final Definitions definitions = new Definitions();

    @Test
    void shouldGiveBackWhatWasAdded()
    {
        final SettingsDefinition limits = new SettingsDefinition(0, Kind.LIMITS, 3, "{\"version\": 3}");
        final SettingsDefinition parameters = new SettingsDefinition(1, Kind.PARAMETERS, 0, "{}");

        definitions.add(limits);
        definitions.add(parameters);

        assertEquals(2, definitions.settingsCount());
        assertSame(limits, definitions.settings(0));
        assertSame(parameters, definitions.settings(1));
        assertMessage("settings are not defined: settingsId=2 settingsCount=2", () -> definitions.settings(2));
        assertMessage("settingsId must be the next one, 2: settingsId=0", () -> definitions.add(limits));
        assertEquals("SettingsDefinition[settingsId=0, kind=limits, version=3, bytes=14]", limits.toString());
    }

    @Test
    void shouldKnowEachKindByItsCode()
    {
        for (final Kind kind : Kind.values())
        {
            assertSame(kind, Kind.ofCode(kind.code()));
        }
        assertMessage("unknown settings kind: code=0", () -> Kind.ofCode(0));
    }

    @Test
    void shouldRefuseAFieldThatIsOutOfItsRange()
    {
        assertMessage("settingsId must be 0 to 4095: settingsId=-1",
            () -> new SettingsDefinition(-1, Kind.LIMITS, 1, "{}"));
        assertMessage("settingsId must be 0 to 4095: settingsId=4096",
            () -> new SettingsDefinition(4096, Kind.LIMITS, 1, "{}"));
        assertMessage("version must be 1 or more: kind=limits-change version=0",
            () -> new SettingsDefinition(0, Kind.LIMITS_CHANGE, 0, "{}"));
        assertMessage("version must be 0: kind=parameters version=1",
            () -> new SettingsDefinition(0, Kind.PARAMETERS, 1, "{}"));
        assertMessage("text must be 1 to 65534 bytes of UTF-8: kind=limits bytes=0",
            () -> new SettingsDefinition(0, Kind.LIMITS, 1, ""));
        assertMessage("text must be 1 to 65534 bytes of UTF-8: kind=limits bytes=65536",
            () -> new SettingsDefinition(0, Kind.LIMITS, 1, LONGEST + "\u03a9"));
    }

    @Test
    void shouldTakeTheVeryBytesOfATextAndNoOthers()
    {
        final byte[] bytes = "{\"a\": \"\u03a9\"}\r\n".getBytes(StandardCharsets.UTF_8);

        assertArrayEquals(bytes,
            new SettingsDefinition(0, Kind.LIMITS, 1, SettingsDefinition.textOf(bytes)).textBytes());
        assertMessage("text is not UTF-8: bytes=2",
            () -> SettingsDefinition.textOf(new byte[] {(byte)0xC3, (byte)0x28}));
    }

    @Test
    void shouldRefuseMoreThanARunHasRoomFor()
    {
        final int most = Definitions.MAX_SETTINGS_BYTES / SettingsDefinition.MAX_TEXT_BYTES;
        for (int id = 0; id < most; id++)
        {
            definitions.add(new SettingsDefinition(id, Kind.LIMITS_CHANGE, id + 1, LONGEST));
        }

        assertMessage("settings must have at most 16777216 bytes together: settingsCount=" + most + " bytes=65534",
            () -> definitions.add(new SettingsDefinition(most, Kind.LIMITS_CHANGE, most + 1, LONGEST)));
        assertEquals(most, definitions.settingsCount());
    }

    private static void assertMessage(final String message, final Executable executable)
    {
        assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
    }
}
