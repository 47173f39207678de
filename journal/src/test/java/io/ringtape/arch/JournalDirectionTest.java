package io.ringtape.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of the journal module's packages, with core's on the class path. */
@AnalyzeClasses(packages = "io.ringtape", importOptions = ImportOption.DoNotIncludeTests.class)
final class JournalDirectionTest
{
    @ArchTest
    static final ArchRule JOURNAL_KNOWS_NO_REPLAY = Direction.doesNotUse("journal", "replay", "backtest");

    @ArchTest
    static final ArchRule REPLAY_KNOWS_NO_BACKTEST = Direction.doesNotUse("replay", "backtest");

    @ArchTest
    static final ArchRule BACKTEST_USES_NO_BUS = Direction.onlyUses(
        "backtest", "journal", "replay", "event", "book", "order", "risk", "strategy", "gateway");

    @ArchTest
    static final ArchRule NOBODY_ELSE_USES_BACKTEST = noClasses()
        .that().resideOutsideOfPackages("io.ringtape.backtest..", "io.ringtape.cli..", "io.ringtape.bench..")
        .should().dependOnClassesThat().resideInAPackage("io.ringtape.backtest..");

    @ArchTest
    static final ArchRule ONLY_JOURNAL_IMPORTS_CHRONICLE = Direction.onlyIn("net.openhft..", "io.ringtape.journal..");

    @ArchTest
    static final ArchRule CHRONICLE_IS_NOT_SHOWN = Direction.notShown("net.openhft.");

    @ArchTest
    static final ArchRule ONLY_BUS_IMPORTS_THE_DISRUPTOR = Direction.onlyIn("com.lmax..", "io.ringtape.bus..");

    @ArchTest
    static final ArchRule NOBODY_USES_THE_CONSOLE = Direction.console();

    @ArchTest
    static final ArchRule NO_CYCLES =
        slices().matching("io.ringtape.(*)..").should().beFreeOfCycles().allowEmptyShould(true);
}
