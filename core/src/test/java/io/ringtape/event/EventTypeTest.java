package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class EventTypeTest
{
    @Test
    void shouldNameEveryCodeAfterItsConstant() throws IllegalAccessException
    {
        final Map<Integer, String> constants = constants();

        for (int code = 0; code < 256; code++)
        {
            assertEquals(constants.containsKey(code), EventType.isKnown(code), "code=" + code);
            assertEquals(constants.getOrDefault(code, "unknown(" + code + ")"), EventType.name(code));
        }
    }

    // Codes are part of the tape format: this table only ever grows.
    @Test
    void shouldKeepItsCodes() throws IllegalAccessException
    {
        assertEquals("{1=order-add, 2=order-modify, 3=order-reduce, 4=order-delete, 5=order-execute, 6=trade, " +
            "7=fill-report, 8=quote, 9=level-set, 10=book-clear, 11=trading-status, 12=gap, 13=recovered, 14=timer, " +
            "20=own-new, 21=own-cancel, 22=own-accepted, 23=own-rejected, 24=own-fill, 25=own-cancelled, " +
            "26=timer-request, 30=control, 31=heartbeat, 32=run-start, 33=void, 34=detail}", constants().toString());
    }

    @Test
    void shouldNotKnowCodesOutsideAByte()
    {
        assertFalse(EventType.isKnown(-1));
        assertFalse(EventType.isKnown(256 + EventType.TRADE));
        assertTrue(EventType.isKnown(EventType.LIMIT - 1));
        assertEquals("unknown(-1)", EventType.name(-1));
    }

    @Test
    void shouldNameSides()
    {
        assertEquals("bid", Side.name(Side.BID));
        assertEquals("ask", Side.name(Side.ASK));
        assertEquals("-", Side.name(Side.NONE));
        assertEquals(Side.ASK, Side.opposite(Side.BID));
        assertEquals(Side.BID, Side.opposite(Side.ASK));
    }

    private static Map<Integer, String> constants() throws IllegalAccessException
    {
        final Map<Integer, String> constants = new TreeMap<>();
        for (final Field field : EventType.class.getFields())
        {
            if (Modifier.isStatic(field.getModifiers()) && !"LIMIT".equals(field.getName()))
            {
                constants.put(field.getInt(null), field.getName().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        return constants;
    }
}
