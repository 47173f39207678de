package io.ringtape.bench.rig;

import io.ringtape.bench.peer.PeerProperties;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.bench.peer.Scratch;
import io.ringtape.jvm.JvmFlags;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A peer in a JVM of its own, so that no peer's call profile shapes another's code. Between its turns the JVM waits for
 * input and has no thread that spins.
 * <p>
 * Thread safety: one thread owns a runner.
 * Allocation: a process.
 */
public final class ForkedRunner implements Runner
{
    /**
     * The property that tells a fork where its files are kept: a peer that records a histogram writes it to the folder
     * {@code histograms} there. It is not set where nobody asked for files.
     */
    public static final String OUT_PROPERTY = "ringtape.bench.out";

    /** In place of an answer. */
    private static final String ENDED = "ended";
    private static final long ANSWER_LIMIT_SECONDS = 120;
    /** What each of them may add: a run of gigabytes writes, reads and removes them. */
    private static final int EVENTS_A_SECOND = 1_000_000;

    private final String name;
    private final Path directory;
    private final Process process;
    private final BufferedReader out;
    private final long limitSeconds;

    private ForkedRunner(final String name, final Path directory, final Process process, final int events)
    {
        this.name = name;
        this.directory = directory;
        this.process = process;
        out = process.inputReader(StandardCharsets.UTF_8);
        limitSeconds = ANSWER_LIMIT_SECONDS + events / EVENTS_A_SECOND;
    }

    /**
     * Starts a JVM and waits until its peer is warm.
     *
     * @param row    of the peer, or the same with fewer peers.
     * @param peer   index in the row.
     * @param plan   turn and warm-up.
     * @param parent directory in which the fork gets one of its own.
     * @param out    see {@link #OUT_PROPERTY}.
     * @return a warm runner.
     * @throws IllegalStateException if the peer fails or does not answer.
     */
    static ForkedRunner open(
        final Row row, final int peer, final Plan plan, final Path parent, final Optional<Path> out)
    {
        final String name = "row=" + row.id() + " peer=" + row.peers().get(peer).name();
        try
        {
            final Path directory = Files.createTempDirectory(parent, row.id().toLowerCase(Locale.ROOT) + "-" + peer);
            final List<String> command = command(row, peer, plan, directory, out);
            final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
            final ForkedRunner runner = new ForkedRunner(name, directory, process, row.eventsOf(peer));
            runner.awaitReady();
            return runner;
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("cannot start a fork: " + name, e);
        }
    }

    /**
     * The flags of every fork: those of the one file for this JDK, and what all peers get alike.
     *
     * @return the flags in order.
     */
    public static List<String> flags()
    {
        final List<String> flags = new ArrayList<>(JvmFlags.required());
        flags.add("-Xms256m");
        flags.add("-Xmx256m");
        flags.add("-Dagrona.disable.bounds.checks=true");
        return List.copyOf(flags);
    }

    static List<String> command(
        final Row row, final int peer, final Plan plan, final Path directory, final Optional<Path> out)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.add(PeerProperties.dataFlag());
        out.ifPresent((kept) -> command.add("-D" + OUT_PROPERTY + "=" + kept.toAbsolutePath()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PeerMain.class.getName(),
            row.id(), Integer.toString(indexOf(row.id(), row.peers().get(peer))), directory.toString(),
            Integer.toString(plan.turnMs()), Integer.toString(plan.warmUpMs())));
        return List.copyOf(command);
    }

    /** A row that was cut to its first peers is still the row of its id to the fork. */
    private static int indexOf(final String id, final Row.Entrant peer)
    {
        return Rows.named(id).peers().indexOf(peer);
    }

    private void awaitReady()
    {
        final String answer = answer();
        if (!PeerMain.READY.equals(answer))
        {
            throw failure(answer);
        }
    }

    @Override
    public double turn()
    {
        try
        {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
        catch (final IOException e)
        {
            // The fork is gone. What it said before it went is the better error.
            final IllegalStateException failure = failure(answer());
            failure.addSuppressed(e);
            throw failure;
        }
        final String answer = answer();
        if (!answer.startsWith(PeerMain.RESULT))
        {
            throw failure(answer);
        }
        return Double.parseDouble(answer.substring(PeerMain.RESULT.length()));
    }

    private String answer()
    {
        try
        {
            final String line = CompletableFuture.supplyAsync(this::readLine)
                .get(limitSeconds, TimeUnit.SECONDS);
            return line == null ? ENDED : line;
        }
        catch (final InterruptedException e)
        {
            Thread.currentThread().interrupt();
            throw failure("interrupted");
        }
        catch (final ExecutionException | TimeoutException e)
        {
            throw failure(e.toString());
        }
    }

    private String readLine()
    {
        try
        {
            return out.readLine();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    private IllegalStateException failure(final String answer)
    {
        process.destroyForcibly();
        final String message = "fork failed: " + name + " answer=" + answer;
        return ENDED.equals(answer) ? new ForkGoneException(message) : new IllegalStateException(message);
    }

    private void endInput()
    {
        try
        {
            process.getOutputStream().close();
        }
        catch (final IOException e)
        {
            // A turn that nobody is there to read: it has told so, and the end of a fork that is gone is no news.
            process.destroyForcibly();
        }
    }

    @Override
    public void close()
    {
        try
        {
            endInput();
            if (!process.waitFor(10, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
            }
            Scratch.remove(directory);
        }
        catch (final InterruptedException e)
        {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
