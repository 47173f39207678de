package io.ringtape.cli.settings;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.event.Definitions;
import io.ringtape.strategy.MarketMaker;
import io.ringtape.strategy.Strategy;
import io.ringtape.strategy.StrategyException;
import io.ringtape.strategy.StrategyParameters;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the class of a strategy that the user names on the command line, in the command's own jar or in one of his own,
 * and makes strategies of it. The class needs a public constructor with {@link Definitions} and
 * {@link StrategyParameters}, or with {@link Definitions} alone.
 * <p>
 * No class is ever named by a file or a tape.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction and for each strategy.
 */
public final class StrategyLoader
{
    private static final List<List<Class<?>>> CONSTRUCTORS =
        List.of(List.of(Definitions.class, StrategyParameters.class), List.of(Definitions.class));

    private static final String EXAMPLES = MarketMaker.class.getPackageName() + ".";

    private final Constructor<?> constructor;
    private final Function<Definitions, ParameterFile> parameters;

    private StrategyLoader(
        final Constructor<?> constructor, final Function<Definitions, ParameterFile> parameters)
    {
        this.constructor = constructor;
        this.parameters = parameters;
    }

    /**
     * Finds a strategy.
     *
     * @param className  full name; a name without a package is one of the examples, such as {@link MarketMaker}.
     * @param classPath  jar or directory of the user's classes; empty if the command has the class itself.
     * @param parameters of the strategy.
     * @return makes strategies.
     * @throws CommandException if there is no such class, or it is no strategy; the message names it.
     */
    public static StrategyLoader find(
        final String className, final Optional<Path> classPath, final ParameterFile parameters)
    {
        return new StrategyLoader(find(className, classPath), (definitions) -> parameters);
    }

    /**
     * Finds a strategy that has the parameters which each run has on tape.
     *
     * @param className full name, or that of an example.
     * @param classPath jar or directory of the user's classes; empty if the command has the class itself.
     * @return makes strategies.
     * @throws CommandException if there is no such class, or it is no strategy; the message names it.
     */
    public static StrategyLoader ofTape(final String className, final Optional<Path> classPath)
    {
        return new StrategyLoader(find(className, classPath), RunSettings::parameters);
    }

    private static Constructor<?> find(final String className, final Optional<Path> classPath)
    {
        final String example = EXAMPLES + className;
        final ClassLoader loader = loader(classPath);
        final String name = className.indexOf('.') < 0 && isThere(example, loader) ? example : className;
        try
        {
            final Class<?> found = Class.forName(name, true, loader);
            if (!Strategy.class.isAssignableFrom(found))
            {
                throw new CommandException(ExitCode.BAD_INPUT, "class is no strategy: class=" + name);
            }
            if (Modifier.isAbstract(found.getModifiers()))
            {
                throw new CommandException(ExitCode.BAD_INPUT, "class is abstract: class=" + name);
            }
            return constructor(found);
        }
        catch (final ClassNotFoundException e)
        {
            throw new CommandException(ExitCode.INPUT_MISSING, "strategy class is not found: class=" + name +
                classPath.map((path) -> " classPath=" + path).orElse(""), e);
        }
        catch (final Error e)
        {
            // A static initialiser lets any error out as it is.
            throw new CommandException(ExitCode.BAD_INPUT, "strategy class cannot be loaded: class=" + name +
                " reason=" + StrategyException.reason(e), e);
        }
    }

    /**
     * The name of the class: simple of an example, full of the user's own.
     *
     * @return for reports and as the name of the source.
     */
    public String name()
    {
        final String name = constructor.getDeclaringClass().getName();
        return name.startsWith(EXAMPLES) ? name.substring(EXAMPLES.length()) : name;
    }

    /**
     * Makes a strategy.
     *
     * @param definitions of the instruments.
     * @return a strategy that has seen nothing.
     * @throws CommandException if its constructor fails, or a parameter is wrong or unknown; the message names it, and
     *                          where it is from.
     */
    public Strategy create(final Definitions definitions)
    {
        final ParameterFile file = parameters.apply(definitions);
        return create(definitions, file, new StrategyParameters(file.values()));
    }

    /**
     * Makes a strategy and asks for nothing but its parameters.
     *
     * @param definitions of the instruments.
     * @return those that it reads, with the values that it has, its own defaults among them.
     * @throws CommandException as {@link #create(Definitions)} does.
     */
    public Map<String, String> parameters(final Definitions definitions)
    {
        final ParameterFile file = parameters.apply(definitions);
        final StrategyParameters given = new StrategyParameters(file.values());
        create(definitions, file, given);
        return given.inForce();
    }

    private Strategy create(final Definitions definitions, final ParameterFile file, final StrategyParameters given)
    {
        try
        {
            final Object made = constructor.getParameterCount() == 2 ?
                constructor.newInstance(definitions, given) : constructor.newInstance(definitions);
            given.requireAllRead();
            return (Strategy)made;
        }
        catch (final IllegalArgumentException e)
        {
            throw failed(file, e, e);
        }
        catch (final InvocationTargetException e)
        {
            throw failed(file, e.getCause() == null ? e : e.getCause(), e);
        }
        catch (final ReflectiveOperationException e)
        {
            throw failed(file, e, e);
        }
    }

    // Who refuses an argument has parameters in mind, and the user their file.
    private CommandException failed(final ParameterFile file, final Throwable failure, final Exception cause)
    {
        final Throwable reason = StrategyException.reason(failure);
        final boolean isArgument = reason instanceof IllegalArgumentException;
        return new CommandException(ExitCode.BAD_INPUT, "strategy cannot be made: class=" +
            constructor.getDeclaringClass().getName() +
            (isArgument && !file.from().isEmpty() ? " " + file.from() : "") +
            " reason=" + (isArgument ? reason.getMessage() : reason.toString()), cause);
    }

    private static boolean isThere(final String name, final ClassLoader loader)
    {
        return loader.getResource(name.replace('.', '/') + ".class") != null;
    }

    private static Constructor<?> constructor(final Class<?> found)
    {
        for (final List<Class<?>> wanted : CONSTRUCTORS)
        {
            for (final Constructor<?> constructor : found.getConstructors())
            {
                if (List.of(constructor.getParameterTypes()).equals(wanted))
                {
                    return constructor;
                }
            }
        }
        throw new CommandException(ExitCode.BAD_INPUT, "strategy needs a public constructor with Definitions, or " +
            "with Definitions and StrategyParameters: class=" + found.getName());
    }

    private static ClassLoader loader(final Optional<Path> classPath)
    {
        final ClassLoader own = StrategyLoader.class.getClassLoader();
        if (classPath.isEmpty())
        {
            return own;
        }
        if (!Files.exists(classPath.get()))
        {
            throw new CommandException(ExitCode.INPUT_MISSING, "file does not exist: file=" + classPath.get());
        }
        try
        {
            return URLClassLoader.newInstance(new URL[] {classPath.get().toUri().toURL()}, own);
        }
        catch (final MalformedURLException e)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "class path makes no URL: file=" + classPath.get(), e);
        }
    }
}
