package io.ringtape.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ScaleTest
{
    @Test
    void shouldPlaceValuesByTheirDifferences()
    {
        final Scale scale = Scale.linear(0, 50, 100, 200);

        assertEquals(100, scale.at(0));
        assertEquals(150, scale.at(25));
        assertEquals(200, scale.at(51));
    }

    @Test
    void shouldPlaceValuesByTheirRatios()
    {
        final Scale scale = Scale.log(1, 10_000, 400, 0);

        assertEquals(400, scale.at(1));
        assertEquals(300, scale.at(10));
        assertEquals(0, scale.at(1e9));
        assertEquals(400, scale.at(0.5));
    }

    @Test
    void shouldHaveRoundTicks()
    {
        assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0), Scale.linear(0, 91, 0, 1).ticks(5));
        assertEquals(List.of(0.0, 0.5, 1.0, 1.5, 2.0), Scale.linear(0, 2, 0, 1).ticks(5));
        assertEquals(List.of(1.0, 10.0, 100.0, 1000.0), Scale.log(1, 1_000, 0, 1).decades());
    }

    @Test
    void shouldHaveAWidthWhereAllValuesAreEqual()
    {
        assertEquals(0, Scale.linear(0, 0, 0, 10).at(0));
        assertEquals(0, Scale.log(5, 5, 0, 10).at(5));
    }
}
