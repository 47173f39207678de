package io.ringtape.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Map;
import java.util.TreeSet;

/** What decides, and what it decides from, depends on events alone: the good uses are all named here, with why. */
@AnalyzeClasses(packages = {"io.ringtape.strategy", "io.ringtape.risk", "io.ringtape.book", "io.ringtape.order"},
    importOptions = ImportOption.DoNotIncludeTests.class)
final class DeterminismTest
{
    private static final Map<String, String> GOOD = Map.of(
        "KillSwitch.store -> LongHashSet.stream", "sorted before they are written",
        "RiskGate.<init> -> ConcurrentHashMap.<init>", "versions are looked up by their number");

    @ArchTest
    static void shouldReadNoClockDrawNoChanceAndGoThroughNothingWithoutOrder(final JavaClasses classes)
    {
        assertEquals(String.join("\n", new TreeSet<>(GOOD.keySet())), String.join("\n", Unsteady.in(classes)));
    }
}
