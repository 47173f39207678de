package io.ringtape.cli.platform;

import java.lang.reflect.Method;

/**
 * Keeps JDK 24 and later from warning on stderr that Chronicle's libraries use {@code sun.misc.Unsafe}.
 * <p>
 * The launcher passes the flag that allows it; a manifest cannot, and {@code java -jar} has to be as quiet. The JVM
 * warns once and remembers that it did; this marks it as done. Nothing else changes: a JVM that was told to deny the
 * access still denies it.
 * <p>
 * Thread safety: stateless.
 * Allocation: start-up only.
 */
public final class UnsafeWarning
{
    private static final String TYPE = "sun.misc.Unsafe";
    private static final String MARK = "trySetMemoryAccessWarned";

    private UnsafeWarning()
    {
    }

    /**
     * Marks the warning as given, where the JVM has one.
     *
     * @return true if it had not been given yet; false also on a JDK that does not warn.
     */
    public static boolean markAsGiven()
    {
        try
        {
            final Method mark = Class.forName(TYPE).getDeclaredMethod(MARK);
            mark.setAccessible(true);
            return Boolean.TRUE.equals(mark.invoke(null));
        }
        catch (final ReflectiveOperationException e)
        {
            // An older JDK has no such mark because it does not warn; a newer one without it warns.
            return false;
        }
    }
}
