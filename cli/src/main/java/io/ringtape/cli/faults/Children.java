package io.ringtape.cli.faults;

import io.ringtape.cli.Main;
import io.ringtape.jvm.JvmFlags;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts JVMs of the class path of this one.
 */
final class Children
{
    // In seconds, behind which a child is taken to hang. One that waits for its tape at each order takes 7 by itself
    // and took over 60 beside builds.
    static final long LIMIT_S = 240;
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m");

    /**
     * How a child ended.
     *
     * @param code of its process.
     * @param out  standard output.
     * @param err  standard error.
     */
    record Ended(int code, String out, String err)
    {
        /** Whether it said why in one line of the command's. */
        boolean saidOneLine()
        {
            return out.isEmpty() && err.startsWith("ringtape: ") && err.indexOf('\n') == err.length() - 1;
        }
    }

    private Children()
    {
    }

    /** The words that start a class of this class path with the flags that it needs. */
    static List<String> java(final Class<?> main, final List<String> options)
    {
        final List<String> flags = new ArrayList<>(JvmFlags.required());
        flags.addAll(options);
        return java(ChildProperties.javaHome(), flags, main);
    }

    static List<String> java(final Path home, final List<String> options, final Class<?> main)
    {
        final List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(options);
        command.addAll(SMALL);
        command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath(), main.getName()));
        return command;
    }

    /** The words that run the command itself. */
    static List<String> ringtape(final String... arguments)
    {
        return with(java(Main.class, List.of()), arguments);
    }

    static List<String> with(final List<String> command, final String... arguments)
    {
        final List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }

    /** Ends a child, and waits until it is gone. */
    static void kill(final Process process)
    {
        // Started in a place of its own it is a child of the child.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try
        {
            process.waitFor();
        }
        catch (final InterruptedException e)
        {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a child whose output goes to files beside it. */
    static Process start(final List<String> command, final Path directory) throws IOException
    {
        final ProcessBuilder builder = new ProcessBuilder(command)
            .redirectOutput(directory.resolve("out").toFile()).redirectError(directory.resolve("err").toFile());
        builder.environment().put("HOME", directory.resolve("home").toString());
        return builder.start();
    }

    /** Runs a child to its end. */
    static Ended run(final List<String> command, final Path directory) throws IOException, InterruptedException
    {
        return end(start(command, directory), directory);
    }

    static Ended end(final Process child, final Path directory) throws IOException, InterruptedException
    {
        try
        {
            FaultFailure.require(child.waitFor(LIMIT_S, TimeUnit.SECONDS), "a child hangs: limitSeconds=" + LIMIT_S);
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }
        return new Ended(child.exitValue(), text(directory.resolve("out")), text(directory.resolve("err")));
    }

    static String text(final Path file) throws IOException
    {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** Sends a signal that Java has no word for. */
    static void signal(final String name, final long pid) throws IOException, InterruptedException
    {
        final int code = kill(name, pid);
        FaultFailure.require(code == 0, "signal was not sent: signal=" + name + " pid=" + pid + " code=" + code);
    }

    /** The same for a process that may end meanwhile by itself. */
    static void signalIfThere(final String name, final long pid) throws IOException, InterruptedException
    {
        final int code = kill(name, pid);
        FaultFailure.require(code == 0 || !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false),
            "signal was not sent: signal=" + name + " pid=" + pid + " code=" + code);
    }

    private static int kill(final String name, final long pid) throws IOException, InterruptedException
    {
        return new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start().waitFor();
    }
}
