package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random orders of two strategies between random events of market, venue and operator: the gate and its naive twin give
 * the same answer to each. 100,000 of them, or as many as {@link GateProperties} says.
 */
final class RiskGatePropertyTest
{
    private static final int TRIES = 200;
    private static final long ROUND = 500;
    private static final TreeMap<String, Long> ANSWERS = new TreeMap<>();

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void shouldAnswerAsItsNaiveTwin(@ForAll final long seed)
    {
        long left = GateProperties.orders() / TRIES;
        for (long round = 0; left > 0; round++)
        {
            new RandomOrders(seed + round, ANSWERS).run(Math.min(left, ROUND));
            left -= ROUND;
        }
    }

    @AfterContainer
    static void shouldHaveSeenEveryAnswer()
    {
        final Set<String> answerable = new TreeSet<>(Set.of(NaiveGate.PASSED));
        for (final RiskCheck check : RiskCheck.values())
        {
            if (check != RiskCheck.VENUE && check != RiskCheck.GATEWAY)
            {
                answerable.add(check.text());
            }
        }

        assertEquals(answerable, ANSWERS.keySet(), ANSWERS::toString);
        assertEquals(GateProperties.orders() / TRIES * TRIES,
            ANSWERS.values().stream().mapToLong(Long::longValue).sum());
    }
}
