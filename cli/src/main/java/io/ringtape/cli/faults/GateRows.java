package io.ringtape.cli.faults;

import io.ringtape.risk.RiskCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Random orders, with at most one thing wrong with each, and gates that do not see it: F38.
 */
final class GateRows
{
    private static final int ORDERS = 1_000;
    // But what a venue or a gateway answers later.
    private static final List<RiskCheck> CHECKS = Arrays.stream(RiskCheck.values())
        .filter((check) -> check != RiskCheck.VENUE && check != RiskCheck.GATEWAY).toList();

    private GateRows()
    {
    }

    static List<FaultRow> gate()
    {
        return List.of(new Row("F38", "orders that must not go, each check of the gate switched off", 10_000,
            (seed, scratch) -> orders(seed)));
    }

    private static void orders(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ORDERS; i++)
        {
            final int drawn = random.nextInt(2 * CHECKS.size());
            order(random.nextLong(), drawn < CHECKS.size() ? Optional.of(CHECKS.get(drawn)) : Optional.empty());
        }
    }

    private static void order(final long seed, final Optional<RiskCheck> defect)
    {
        final String name = defect.map(RiskCheck::text).orElse("none");
        final GateCase real = new GateCase(seed, defect, Optional.empty());
        final int answer = real.run();
        final int expected = defect.map(RiskCheck::code).orElse(GateCase.SENT);
        FaultFailure.require(real.wrong().isEmpty(), "order=" + seed + " defect=" + name + ": " + real.wrong());
        FaultFailure.require(answer == expected, "a wrong answer: order=" + seed + " defect=" + name + " answer=" +
            (answer == GateCase.SENT ? "sent" : RiskCheck.text(answer)));
        if (defect.isPresent())
        {
            final GateCase without = new GateCase(seed, defect, defect);
            FaultFailure.require(without.run() == GateCase.SENT && !without.wrong().isEmpty(),
                "a gate without a check was not caught: order=" + seed + " check=" + name);
        }
    }
}
