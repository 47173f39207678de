package io.ringtape.bench.peer;

import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * What the peers are told from outside: where captures are that are no part of the project.
 * <p>
 * That is the directory that the property {@value #DATA} names, or else the environment as
 * {@code RINGTAPE_BENCH_DATA}, or else {@code ../shared/data} beside the checkout that the classes come from.
 * <p>
 * Thread safety: stateless; looked up at each call.
 * Allocation: not for hot paths.
 */
public final class PeerProperties
{
    private static final String DATA = "ringtape.bench.data";
    private static final String DATA_VARIABLE = "RINGTAPE_BENCH_DATA";
    /** Classes are in {@code bench/target/classes} or {@code bench/target/benchmarks.jar}. */
    private static final Path BESIDE_CHECKOUT = Path.of("..", "..", "..", "..", "shared", "data");

    private PeerProperties()
    {
    }

    /**
     * Where captures are.
     *
     * @return a directory that may be there or not.
     */
    public static Path data()
    {
        final String given = System.getProperty(DATA, "");
        if (!given.isEmpty())
        {
            return Path.of(given);
        }
        final String outside = System.getenv(DATA_VARIABLE);
        return outside == null || outside.isEmpty() ? besideCheckout() : Path.of(outside);
    }

    /**
     * From here on captures are elsewhere.
     *
     * @param directory that has them.
     */
    public static void data(final Path directory)
    {
        System.setProperty(DATA, directory.toString());
    }

    /**
     * What makes another JVM look in the same directory.
     *
     * @return an argument of {@code java}.
     */
    public static String dataFlag()
    {
        return "-D" + DATA + "=" + data().toAbsolutePath();
    }

    static Path besideCheckout()
    {
        try
        {
            final Path classes =
                Path.of(PeerProperties.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return classes.resolve(BESIDE_CHECKOUT).normalize();
        }
        catch (final URISyntaxException e)
        {
            throw new IllegalStateException("classes have no place: " + e.getMessage(), e);
        }
    }
}
