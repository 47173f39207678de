package io.ringtape.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The JVM flags that Ringtape's libraries need, from the one file that lists them, and whether this JVM has them.
 *
 * <p>Ask before anything is created: without the flags Agrona and Chronicle Queue fail deep inside, with files left
 * behind. Flags that only silence a warning are listed, but nothing depends on them, so they are never missing.
 *
 * <p>Thread safety: stateless.
 * <p>Allocation: each call reads the file; for start-up only.
 */
public final class JvmFlags
{
    private static final String RESOURCE = "/io/ringtape/jvm-flags.properties";
    private static final String KEY_PREFIX = "jvm.flags.";
    private static final String EXPORTS = "--add-exports=";
    private static final String OPENS = "--add-opens=";

    private JvmFlags()
    {
    }

    /**
     * The flags for the running JDK, in the order of the file.
     *
     * @return the flags, each one token without spaces.
     */
    public static List<String> required()
    {
        return requiredBy(Runtime.version().feature());
    }

    /**
     * The flags for a JDK.
     *
     * @param featureVersion of the JDK, 17 or later.
     * @return the flags, each one token without spaces.
     * @throws IllegalArgumentException if the version is below every range in the file.
     */
    public static List<String> requiredBy(final int featureVersion)
    {
        final Properties properties = read();
        int section = -1;
        for (final String key : properties.stringPropertyNames())
        {
            if (key.startsWith(KEY_PREFIX))
            {
                final int from = Integer.parseInt(key.substring(KEY_PREFIX.length()));
                if (from <= featureVersion && from > section)
                {
                    section = from;
                }
            }
        }
        if (section < 0)
        {
            throw new IllegalArgumentException("no flags for this JDK: featureVersion=" + featureVersion);
        }
        return List.of(properties.getProperty(KEY_PREFIX + section).split(" ", -1));
    }

    /**
     * The flags that the running JVM needs and does not have.
     *
     * @return the missing flags in the order of the file, empty when the JVM is fit.
     */
    public static List<String> missing()
    {
        final List<String> missing = new ArrayList<>();
        for (final String flag : required())
        {
            if (!isGiven(flag))
            {
                missing.add(flag);
            }
        }
        return List.copyOf(missing);
    }

    /**
     * Refuses a JVM that lacks flags, with one line that holds them.
     *
     * @throws IllegalStateException if a flag is missing.
     */
    public static void require()
    {
        final List<String> missing = missing();
        if (!missing.isEmpty())
        {
            throw new IllegalStateException("this JVM lacks flags, start it with: " + String.join(" ", missing));
        }
    }

    private static boolean isGiven(final String flag)
    {
        if (flag.startsWith(EXPORTS))
        {
            final String[] parts = target(flag, EXPORTS);
            return moduleNamed(parts[0]).isExported(parts[1], JvmFlags.class.getModule());
        }
        if (flag.startsWith(OPENS))
        {
            final String[] parts = target(flag, OPENS);
            return moduleNamed(parts[0]).isOpen(parts[1], JvmFlags.class.getModule());
        }
        return true;
    }

    private static String[] target(final String flag, final String prefix)
    {
        return flag.substring(prefix.length(), flag.lastIndexOf('=')).split("/", 2);
    }

    private static Module moduleNamed(final String name)
    {
        return ModuleLayer.boot().findModule(name).orElse(Object.class.getModule());
    }

    private static Properties read()
    {
        final Properties properties = new Properties();
        try (InputStream in = JvmFlags.class.getResourceAsStream(RESOURCE))
        {
            if (in == null)
            {
                throw new IllegalStateException("not on the class path: resource=" + RESOURCE);
            }
            properties.load(in);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("not readable: resource=" + RESOURCE, e);
        }
        return properties;
    }
}
