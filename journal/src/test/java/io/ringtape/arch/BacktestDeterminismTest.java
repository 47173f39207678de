package io.ringtape.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Set;
import java.util.TreeSet;

/** A backtest depends on its tape and its seed alone: the good uses are all named here, with why. */
@AnalyzeClasses(packages = "io.ringtape.backtest", importOptions = ImportOption.DoNotIncludeTests.class)
final class BacktestDeterminismTest
{
    private static final Set<String> GOOD = Set.of(
        // A sum is the same in any order.
        "BacktestCounts.rejected -> Map.values",
        "BacktestCounts.plus -> Map.forEach");

    @ArchTest
    static void shouldReadNoClockDrawNoChanceAndGoThroughNothingWithoutOrder(final JavaClasses classes)
    {
        assertEquals(String.join("\n", new TreeSet<>(GOOD)), String.join("\n", Unsteady.in(classes)));
    }
}
