package io.ringtape.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.stream.Stream;

/** The shapes of rule that the direction tests of the modules share; each module compiles this file. */
final class Direction
{
    private Direction()
    {
    }

    static ArchRule onlyUses(final String room, final String... others)
    {
        final String[] allowed = rooms(Stream.concat(Stream.of(room, "jvm"), Arrays.stream(others)));

        return noClasses().that().resideInAPackage("io.ringtape." + room + "..")
            .should().dependOnClassesThat(
                JavaClass.Predicates.resideInAPackage("io.ringtape..")
                    .and(JavaClass.Predicates.resideOutsideOfPackages(allowed)))
            .allowEmptyShould(true);
    }

    static ArchRule doesNotUse(final String room, final String... others)
    {
        final String[] forbidden = rooms(Arrays.stream(others));

        return noClasses().that().resideInAPackage("io.ringtape." + room + "..")
            .should().dependOnClassesThat().resideInAnyPackage(forbidden)
            .allowEmptyShould(true);
    }

    static ArchRule onlyIn(final String library, final String... rooms)
    {
        return noClasses().that().resideOutsideOfPackages(rooms)
            .should().dependOnClassesThat().resideInAPackage(library)
            .allowEmptyShould(true);
    }

    static ArchRule console()
    {
        return noClasses().should(ACCESS_STANDARD_STREAMS).allowEmptyShould(true);
    }

    /**
     * No public or protected member, super type or type parameter that a user sees names the library.
     *
     * @param prefix of the library's packages, with its closing dot.
     * @return the rule.
     */
    static ArchRule notShown(final String prefix)
    {
        return classes().that().arePublic().or().areProtected()
            .should(new NotShow(prefix))
            .allowEmptyShould(true);
    }

    private static String[] rooms(final Stream<String> names)
    {
        return names.map((name) -> "io.ringtape." + name + "..").toArray(String[]::new);
    }

    private static final class NotShow extends ArchCondition<JavaClass>
    {
        private final String prefix;

        private NotShow(final String prefix)
        {
            super("not show " + prefix + "* in a signature");
            this.prefix = prefix;
        }

        @Override
        public void check(final JavaClass type, final ConditionEvents events)
        {
            final Stream<JavaClass> parents = Stream.concat(
                type.getSuperclass().stream().flatMap((parent) -> parent.getAllInvolvedRawTypes().stream()),
                type.getInterfaces().stream().flatMap((parent) -> parent.getAllInvolvedRawTypes().stream()));
            report(type.getName(), parents, events);

            for (final JavaMember member : type.getMembers())
            {
                if (member.getModifiers().contains(JavaModifier.PUBLIC) ||
                    member.getModifiers().contains(JavaModifier.PROTECTED))
                {
                    report(member.getFullName(), involved(member), events);
                }
            }
        }

        private static Stream<JavaClass> involved(final JavaMember member)
        {
            if (member instanceof JavaField field)
            {
                return field.getType().getAllInvolvedRawTypes().stream();
            }
            final JavaCodeUnit unit = (JavaCodeUnit)member;
            return Stream.of(
                unit.getReturnType().getAllInvolvedRawTypes().stream(),
                unit.getParameterTypes().stream().flatMap((parameter) -> parameter.getAllInvolvedRawTypes().stream()),
                unit.getExceptionTypes().stream()).flatMap((types) -> types);
        }

        private void report(final String where, final Stream<JavaClass> types, final ConditionEvents events)
        {
            types.filter((type) -> type.getName().startsWith(prefix))
                .forEach((type) -> events.add(
                    SimpleConditionEvent.violated(type, where + " shows " + type.getName())));
        }
    }
}
