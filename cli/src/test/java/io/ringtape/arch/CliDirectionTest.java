package io.ringtape.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of the command, with the whole product on the class path. */
@AnalyzeClasses(packages = "io.ringtape", importOptions = ImportOption.DoNotIncludeTests.class)
final class CliDirectionTest
{
    @ArchTest
    static final ArchRule NOBODY_USES_THE_COMMAND = noClasses().that().resideOutsideOfPackage("io.ringtape.cli..")
        .should().dependOnClassesThat().resideInAPackage("io.ringtape.cli..");

    @ArchTest
    static final ArchRule THE_COMMAND_IMPORTS_NO_CHRONICLE = Direction.onlyIn("net.openhft..", "io.ringtape.journal..");

    @ArchTest
    static final ArchRule THE_COMMAND_IMPORTS_NO_DISRUPTOR = Direction.onlyIn("com.lmax..", "io.ringtape.bus..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_PARSES_ARGUMENTS = Direction.onlyIn("picocli..", "io.ringtape.cli..");

    @ArchTest
    static final ArchRule NO_CYCLES =
        slices().matching("io.ringtape.(*)..").should().beFreeOfCycles().allowEmptyShould(true);
}
