package io.ringtape.arch;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import java.util.TreeSet;

/**
 * What makes two runs over the same events differ, as byte code shows it: clocks, chance without a seed, identities of
 * objects, and the order of what has none.
 * <p>
 * Agrona's hash maps and sets may be made and looked up, and not gone through. The JDK's may not even be made, because
 * behind a variable of an interface's type nobody sees what goes through them; nor may a map or a set of an interface's
 * type be gone through. What comes sorted has a type that says so.
 */
final class Unsteady
{
    private static final String MADE = "<init>";
    private static final String AGRONA_COLLECTIONS = "org.agrona.collections.";
    /** A system's clock, of which there are several. */
    private static final String AGRONA_CLOCKS = "org.agrona.concurrent.System";
    private static final Set<String> CHANCE = Set.of("java.util.Random.<init>", "java.util.SplittableRandom.<init>");
    private static final Set<String> ALWAYS = Set.of("java.lang.System.currentTimeMillis", "java.lang.System.nanoTime",
        "java.lang.System.identityHashCode", "java.lang.Object.hashCode", "java.lang.Math.random",
        "java.lang.StrictMath.random", "java.util.UUID.randomUUID", "java.util.random.RandomGenerator.getDefault",
        "java.util.random.RandomGenerator.of", "java.util.concurrent.ConcurrentHashMap.newKeySet",
        "java.util.stream.Collectors.toMap", "java.util.stream.Collectors.toSet",
        "java.util.stream.Collectors.toUnmodifiableMap", "java.util.stream.Collectors.toUnmodifiableSet",
        "java.util.stream.Collectors.groupingBy", "java.util.stream.Collectors.partitioningBy");
    private static final Set<String> HASHED = Set.of("java.util.HashMap", "java.util.HashSet", "java.util.Hashtable",
        "java.util.IdentityHashMap", "java.util.WeakHashMap", "java.util.concurrent.ConcurrentHashMap");
    private static final Set<String> FACTORIES = Set.of("of", "ofEntries", "copyOf");
    private static final Set<String> NO_ORDER =
        Set.of("java.util.Map", "java.util.Set", "java.util.AbstractMap", "java.util.AbstractSet");
    private static final Set<String> WALKS = Set.of("iterator", "values", "keySet", "entrySet", "stream",
        "parallelStream", "spliterator", "toArray", "removeIf");

    private Unsteady()
    {
    }

    /**
     * Looks for them in a class.
     *
     * @param type any class.
     * @return each place once, as {@code Class.method -> Type.called}, in the order of these texts.
     */
    static Set<String> in(final JavaClass type)
    {
        final Set<String> found = new TreeSet<>();
        for (final JavaAccess<?> access : type.getAccessesFromSelf())
        {
            if (isUnsteady(access.getTarget()))
            {
                found.add(type.getSimpleName() + "." + access.getOrigin().getName() + " -> " +
                    access.getTargetOwner().getSimpleName() + "." + access.getTarget().getName());
            }
        }
        return found;
    }

    /**
     * Looks for them in several classes.
     *
     * @param types any classes.
     * @return each place once, in the order of these texts.
     */
    static Set<String> in(final JavaClasses types)
    {
        final Set<String> found = new TreeSet<>();
        types.forEach((type) -> found.addAll(in(type)));
        return found;
    }

    private static boolean isUnsteady(final AccessTarget target)
    {
        final String owner = target.getOwner().getName();
        final String name = target.getName();
        final String member = owner + "." + name;
        return ALWAYS.contains(member) || isTime(owner, name) || (CHANCE.contains(member) && isBare(target)) ||
            owner.equals("java.util.concurrent.ThreadLocalRandom") || owner.equals("java.security.SecureRandom") ||
            (owner.equals("java.util.Collections") && name.equals("shuffle") && !hasSeed(target)) ||
            isWithoutOrder(owner, name, target);
    }

    private static boolean isTime(final String owner, final String name)
    {
        return (owner.startsWith("java.time.") && name.equals("now")) || owner.startsWith(AGRONA_CLOCKS) ||
            (owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick")));
    }

    private static boolean isWithoutOrder(final String owner, final String name, final AccessTarget target)
    {
        if (HASHED.contains(owner) && name.equals(MADE))
        {
            return true;
        }
        if (owner.startsWith(AGRONA_COLLECTIONS))
        {
            return isWalk(name) && (owner.contains("Map") || owner.contains("Set") || owner.contains("Cache"));
        }
        // An empty one has no order to be wrong; the others have another one in each process.
        return NO_ORDER.contains(owner) && (isWalk(name) || (FACTORIES.contains(name) && !isBare(target)));
    }

    private static boolean isWalk(final String name)
    {
        return WALKS.contains(name) || name.startsWith("forEach") || name.endsWith("ForEach") ||
            name.startsWith("replaceAll");
    }

    /** Whether it takes nothing, and so no seed. */
    private static boolean isBare(final AccessTarget target)
    {
        return target instanceof CodeUnitAccessTarget called && called.getRawParameterTypes().isEmpty();
    }

    private static boolean hasSeed(final AccessTarget target)
    {
        return target instanceof CodeUnitAccessTarget called && called.getRawParameterTypes().size() > 1;
    }
}
