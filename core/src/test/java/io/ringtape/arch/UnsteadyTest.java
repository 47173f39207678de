package io.ringtape.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each thing that a decision must not depend on is seen in a small class that does it, and no other. */
@Timeout(20)
final class UnsteadyTest
{
    @Test
    void shouldSeeEachClock()
    {
        assertFound(Clocks.class, "agrona -> SystemEpochNanoClock.INSTANCE", "clock -> Clock.systemUTC",
            "instant -> Instant.now", "millis -> System.currentTimeMillis", "nanos -> System.nanoTime",
            "supplier -> System.nanoTime");
    }

    @Test
    void shouldSeeChanceWithoutASeed()
    {
        assertFound(Chance.class, "id -> UUID.randomUUID", "identity -> System.identityHashCode",
            "math -> Math.random", "object -> Object.hashCode", "plain -> Random.<init>",
            "secure -> SecureRandom.<init>", "shuffle -> Collections.shuffle", "split -> SplittableRandom.<init>",
            "supplier -> Random.<init>", "threads -> ThreadLocalRandom.current");
    }

    @Test
    void shouldSeeWhatGoesThroughSomethingWithoutOrder()
    {
        assertFound(Walks.class, "agronaMap -> Int2ObjectHashMap.values", "agronaSet -> LongHashSet.iterator",
            "forEach -> Long2ObjectHashMap.forEach", "forEachLong -> Long2LongHashMap.forEachLong",
            "interfaceMap -> Map.entrySet", "interfaceMap -> Set.iterator", "interfaceSet -> Set.iterator",
            "keys -> Map.keySet", "stream -> Set.stream");
    }

    @Test
    void shouldSeeThatSomethingWithoutOrderIsMade()
    {
        assertFound(Made.class, "collected -> Collectors.toSet", "concurrent -> ConcurrentHashMap.<init>",
            "fixed -> Set.of", "map -> HashMap.<init>", "set -> HashSet.<init>", "supplier -> HashMap.<init>");
    }

    @Test
    void shouldLetPassWhatDependsOnItsInputAlone()
    {
        assertFound(Steady.class);
    }

    private static void assertFound(final Class<?> type, final String... expected)
    {
        final String prefix = type.getSimpleName() + ".";

        assertEquals(Stream.of(expected).map((place) -> prefix + place).collect(Collectors.joining("\n")),
            String.join("\n", Unsteady.in(new ClassFileImporter().importClass(type))));
    }

    /** Reads clocks. */
    static final class Clocks
    {
        private Clocks()
        {
        }

        static long millis()
        {
            return System.currentTimeMillis();
        }

        static long nanos()
        {
            return System.nanoTime();
        }

        static LongSupplier supplier()
        {
            return System::nanoTime;
        }

        static Instant instant()
        {
            return Instant.now();
        }

        static Clock clock()
        {
            return Clock.systemUTC();
        }

        static EpochNanoClock agrona()
        {
            return SystemEpochNanoClock.INSTANCE;
        }
    }

    /** Draws without a seed. */
    static final class Chance
    {
        private Chance()
        {
        }

        static double math()
        {
            return Math.random();
        }

        static Random plain()
        {
            return new Random();
        }

        static Supplier<Random> supplier()
        {
            return Random::new;
        }

        static SplittableRandom split()
        {
            return new SplittableRandom();
        }

        static Random secure()
        {
            return new SecureRandom();
        }

        static Random threads()
        {
            return ThreadLocalRandom.current();
        }

        static UUID id()
        {
            return UUID.randomUUID();
        }

        static void shuffle(final List<String> list)
        {
            Collections.shuffle(list);
        }

        static int identity(final Object any)
        {
            return System.identityHashCode(any);
        }

        static int object(final Object any)
        {
            return any.hashCode();
        }
    }

    /** Goes through maps and sets. */
    static final class Walks
    {
        private Walks()
        {
        }

        static Collection<String> agronaMap(final Int2ObjectHashMap<String> map)
        {
            return map.values();
        }

        static long agronaSet(final LongHashSet set)
        {
            long last = 0;
            for (final long one : set)
            {
                last = one;
            }
            return last;
        }

        static void forEach(final Long2ObjectHashMap<String> map, final StringBuilder target)
        {
            map.forEach((key, value) -> target.append(value));
        }

        static void forEachLong(final Long2LongHashMap map, final StringBuilder target)
        {
            map.forEachLong((key, value) -> target.append(value));
        }

        static String interfaceMap(final Map<String, String> map)
        {
            String last = "";
            for (final Map.Entry<String, String> one : map.entrySet())
            {
                last = one.getValue();
            }
            return last;
        }

        static String interfaceSet(final Set<String> set)
        {
            String last = "";
            for (final String one : set)
            {
                last = one;
            }
            return last;
        }

        static Collection<String> keys(final Map<String, String> map)
        {
            return map.keySet();
        }

        static Stream<String> stream(final Set<String> set)
        {
            return set.stream();
        }
    }

    /** Makes maps and sets that go another way in each process. */
    static final class Made
    {
        private Made()
        {
        }

        static Map<String, String> map()
        {
            return new HashMap<>();
        }

        static Supplier<Map<String, String>> supplier()
        {
            return HashMap::new;
        }

        static Set<String> set(final List<String> list)
        {
            return new HashSet<>(list);
        }

        static Map<String, String> concurrent()
        {
            return new ConcurrentHashMap<>();
        }

        static Set<String> fixed()
        {
            return Set.of("a", "b");
        }

        static Set<String> collected(final List<String> list)
        {
            return list.stream().collect(Collectors.toSet());
        }
    }

    /** Sorted, seeded, looked up: the same each time. */
    static final class Steady
    {
        private final Long2ObjectHashMap<String> byId = new Long2ObjectHashMap<>();
        private final LongHashSet ids = new LongHashSet();
        private final LongArrayList list = new LongArrayList();
        private final TreeMap<String, String> sorted = new TreeMap<>(Map.of());

        String lookUp(final long id, final long seed)
        {
            Collections.shuffle(list, new Random(seed));
            ids.add(id + new SplittableRandom(seed).nextInt());
            list.forEach(ids::add);
            return ids.contains(id) ? String.valueOf(byId.get(id)) : String.join(",", sorted.values());
        }
    }
}
