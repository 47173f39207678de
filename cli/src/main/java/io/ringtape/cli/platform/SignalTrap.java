package io.ringtape.cli.platform;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into a {@link StopSignal} while it is open, so that a session that records drains
 * and seals its tape, and the process then ends by itself with the code of the command.
 * <p>
 * The signals are caught themselves instead of in a shutdown hook, because hooks of the libraries would run at the
 * same time and close the files that the session still writes. The second signal ends the process as it would without
 * a trap. Where the JVM keeps a signal to itself ({@code -Xrs}) it is left alone.
 * <p>
 * Thread safety: one thread opens and closes; the JVM's signal thread asks.
 * Allocation: on opening only.
 */
public final class SignalTrap implements AutoCloseable
{
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private final StopSignal stop;
    private final List<Object[]> trapped = new ArrayList<>();

    private SignalTrap(final StopSignal stop)
    {
        this.stop = stop;
    }

    /**
     * Catches the signals.
     *
     * @param stop to ask when one comes.
     * @return the trap; closing it gives the signals back to whoever had them.
     */
    public static SignalTrap open(final StopSignal stop)
    {
        final SignalTrap trap = new SignalTrap(stop);
        for (final String name : NAMES)
        {
            trap.add(name);
        }
        return trap;
    }

    /**
     * What a caught signal asks.
     *
     * @return the signal that the trap was opened with.
     */
    public StopSignal stop()
    {
        return stop;
    }

    @Override
    public synchronized void close()
    {
        for (final Object[] signalAndHandler : trapped)
        {
            handle(signalAndHandler[0], signalAndHandler[1]);
        }
        trapped.clear();
    }

    private synchronized void add(final String name)
    {
        final Object signal = signal(name);
        final Optional<Object> previous = handle(signal, handler());
        previous.ifPresent((handler) -> trapped.add(new Object[]{signal, handler}));
    }

    private Object handler()
    {
        final Class<?> type = type("sun.misc.SignalHandler");
        final InvocationHandler onCall = (proxy, method, arguments) -> switch (method.getName())
        {
            case "handle" -> stopOnce();
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "SignalTrap";
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, onCall);
    }

    private @Nullable Object stopOnce()
    {
        stop.request();
        close();
        return null;
    }

    private static Object signal(final String name)
    {
        try
        {
            return type("sun.misc.Signal").getConstructor(String.class).newInstance(name);
        }
        catch (final ReflectiveOperationException e)
        {
            throw new IllegalStateException("signal is unknown: name=" + name, e);
        }
    }

    private static Optional<Object> handle(final Object signal, final Object handler)
    {
        try
        {
            final Class<?> signalType = signal.getClass();
            final Method handle = signalType.getMethod("handle", signalType, type("sun.misc.SignalHandler"));
            return Optional.of(handle.invoke(null, signal, handler));
        }
        catch (final InvocationTargetException e)
        {
            // The JVM keeps the signal to itself, so it does what it does without a trap.
            return Optional.empty();
        }
        catch (final ReflectiveOperationException e)
        {
            throw new IllegalStateException("signal cannot be caught: signal=" + signal, e);
        }
    }

    private static Class<?> type(final String name)
    {
        // Reflection, because the compiler's warning about sun.misc cannot be turned off and warnings are errors here.
        try
        {
            return Class.forName(name);
        }
        catch (final ClassNotFoundException e)
        {
            throw new IllegalStateException("no such class: name=" + name, e);
        }
    }
}
