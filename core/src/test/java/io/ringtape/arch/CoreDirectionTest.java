package io.ringtape.arch;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of core's packages, as DESIGN draws it. */
@AnalyzeClasses(packages = "io.ringtape", importOptions = ImportOption.DoNotIncludeTests.class)
final class CoreDirectionTest
{
    @ArchTest
    static final ArchRule EVENT_KNOWS_NOBODY = Direction.onlyUses("event");

    @ArchTest
    static final ArchRule BOOK_USES_EVENT = Direction.onlyUses("book", "event");

    @ArchTest
    static final ArchRule FEED_USES_EVENT = Direction.onlyUses("feed", "event");

    @ArchTest
    static final ArchRule BUS_USES_EVENT = Direction.onlyUses("bus", "event");

    @ArchTest
    static final ArchRule ORDER_USES_EVENT = Direction.onlyUses("order", "event");

    @ArchTest
    static final ArchRule RISK_USES_BOOK_AND_ORDER = Direction.onlyUses("risk", "event", "book", "order");

    @ArchTest
    static final ArchRule GATEWAY_KNOWS_NO_STRATEGY = Direction.doesNotUse("gateway", "strategy");

    @ArchTest
    static final ArchRule STRATEGY_USES_BOOK_AND_ORDER = Direction.onlyUses("strategy", "event", "book", "order");

    @ArchTest
    static final ArchRule GATEWAY_USES_RISK_AND_ORDER = Direction.onlyUses("gateway", "event", "order", "risk");

    @ArchTest
    static final ArchRule ONLY_BUS_IMPORTS_THE_DISRUPTOR = Direction.onlyIn("com.lmax..", "io.ringtape.bus..");

    @ArchTest
    static final ArchRule THE_DISRUPTOR_IS_NOT_SHOWN = Direction.notShown("com.lmax.");

    @ArchTest
    static final ArchRule NOBODY_IMPORTS_CHRONICLE = Direction.onlyIn("net.openhft..", "nowhere");

    @ArchTest
    static final ArchRule NOBODY_USES_THE_CONSOLE = Direction.console();

    @ArchTest
    static final ArchRule NO_CYCLES =
        slices().matching("io.ringtape.(*)..").should().beFreeOfCycles().allowEmptyShould(true);
}
