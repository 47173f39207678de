package io.ringtape.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.cli.TestConsole;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class JsonOutputTest
{
    private final TestConsole console = new TestConsole();

    @Test
    void shouldWriteOneObjectOnOneLine()
    {
        try (JsonOutput json = new JsonOutput(console.console().out()))
        {
            json.number("max", Long.MAX_VALUE).number("none", OptionalLong.empty()).seconds("seconds", 1_500_000_000L)
                .flag("yes", true).text("text", "a\"b\n").hash("hash", 10).time("time", 0).absent("nil")
                .startObject("inner").number("n", 1).endObject()
                .startArray("list").element("x").element(OptionalLong.of(2)).element(OptionalLong.empty())
                .startArray().element("y").endArray().startObject().endObject().endArray().end();
        }

        assertEquals("{\"max\":9223372036854775807,\"none\":null,\"seconds\":1.500000000,\"yes\":true," +
            "\"text\":\"a\\\"b\\n\",\"hash\":\"000000000000000a\",\"time\":\"1970-01-01T00:00:00.000000000Z\"," +
            "\"nil\":null,\"inner\":{\"n\":1},\"list\":[\"x\",2,null,[\"y\"],{}]}\n", console.out());
    }

    @Test
    void shouldLeaveAnObjectCutThatDidNotEnd()
    {
        try (JsonOutput json = new JsonOutput(console.console().out()))
        {
            json.number("n", 1);
        }

        assertEquals("{\"n\":1", console.out());
    }
}
