package io.ringtape.cli.faults;

import io.ringtape.cli.Main;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.faults.FaultTapes.Shape;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a tape is written and what the process is given: F9, F21, F36 and F37.
 */
final class PlaceRows
{
    private static final String PHONE_HOME = "net/openhft/chronicle/analytics/Analytics.class";
    private static final Set<PosixFilePermission> OPEN_TO_THE_GROUP = PosixFilePermissions.fromString("rwxrwx---");
    private static final Set<PosixFilePermission> OPEN_TO_ALL = PosixFilePermissions.fromString("rwxrwxrwx");

    private PlaceRows()
    {
    }

    static List<FaultRow> limited()
    {
        return List.of(new Row("F9", "ulimit -f, -n", 20, PlaceRows::limitedProcess));
    }

    static List<FaultRow> places()
    {
        final GuardedPlaces guarded = GuardedPlaces.find(isRoot());
        return List.of(new Row("F21", "read-only, foreign, missing, open or linked directory", 100, guarded.note(),
            (seed, scratch) -> place(guarded, seed, scratch)));
    }

    static List<FaultRow> processes()
    {
        return List.of(
            new Row("F36", "phone-home", 1, PlaceRows::phoneHome),
            new Row("F37", "JVM without the flags", 1, PlaceRows::withoutFlags));
    }

    private static boolean isRoot()
    {
        try
        {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        }
        catch (final IOException | UnsupportedOperationException e)
        {
            return false;
        }
    }

    private static void limitedProcess(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final boolean isFiles = random.nextBoolean();
        // From too few for a tape to enough for one; blocks of 512 bytes, as sh has them, from 1 to 145 MiB.
        final String limit = isFiles ? "ulimit -n " + (8 + random.nextInt(12)) :
            "ulimit -f " + (2_048 + random.nextInt(295_000));
        final List<String> command = new ArrayList<>(List.of("sh", "-c", limit + "; exec \"$0\" \"$@\""));
        command.addAll(Children.with(Children.java(Main.class, List.of("-XX:-UsePerfData", "-Xshare:auto")),
            "demo", "--events", isFiles ? "200000" : "1500000", "--journal", tape.toString(), "--json"));
        final Children.Ended ended = Children.run(command, tape.getParent());

        final boolean isTyped = ended.saidOneLine() &&
            (ended.code() == ExitCode.IO_ERROR.code() || ended.code() == ExitCode.CANNOT_CREATE.code());
        // With too few files the JVM itself does not start, and says so in its own words.
        final boolean isTheJvm = isFiles && ended.code() == 1 && !Files.exists(tape);
        FaultFailure.require(ended.code() == 0 || isTyped || isTheJvm,
            "not refused in one line: " + limit + " code=" + ended.code() + " err=" + ended.err());
        FaultFailure.require(ended.code() != ExitCode.CANNOT_CREATE.code() || !Files.exists(tape),
            "something is left of a tape that was not opened: " + limit + " err=" + ended.err());
        if (Files.exists(tape))
        {
            final TapeReport report = TapeVerifier.verify(tape);
            FaultFailure.require(report.status() == TapeStatus.OK || report.status() == TapeStatus.TORN_TAIL,
                "a half tape is left: " + limit + " " + report);
        }
    }

    private static void place(final GuardedPlaces guarded, final long seed, final Path scratch)
        throws IOException, InterruptedException
    {
        final Path tape = FaultTapes.fresh(scratch);
        switch ((int)Math.floorMod(seed, 10L))
        {
            case 0 -> requireRefused(tape.resolve("a").resolve("b"), TapeException.Kind.CANNOT_CREATE);
            case 1 ->
            {
                Files.writeString(tape, "a letter", StandardCharsets.UTF_8);
                requireRefused(tape, TapeException.Kind.UNREADABLE);
            }
            case 2 ->
            {
                Files.createDirectory(tape);
                Files.writeString(tape.resolve("letter"), "a letter", StandardCharsets.UTF_8);
                requireRefused(tape, TapeException.Kind.UNREADABLE);
            }
            case 3 ->
            {
                FaultTapes.copy(FaultTapes.good(scratch, Shape.CLOSED), tape);
                Files.setPosixFilePermissions(
                    tape, Math.floorMod(seed, 20L) < 10 ? OPEN_TO_ALL : OPEN_TO_THE_GROUP);
                requireGuarded(tape, "tape must not be writable by others: directory=" + tape);
                ReadBack.requireWhole(tape, Shape.CLOSED.events());
            }
            case 4 ->
            {
                final Path real = tape.resolveSibling("real");
                FaultTapes.copy(FaultTapes.good(scratch, Shape.CLOSED), real);
                Files.createSymbolicLink(tape, real);
                requireGuarded(tape, "tape must not be a symbolic link: directory=" + tape);
                ReadBack.requireWhole(real, Shape.CLOSED.events());
            }
            default -> guarded.round(seed, scratch, tape);
        }
    }

    private static void requireRefused(final Path tape, final TapeException.Kind kind) throws IOException
    {
        final List<Path> before = everything(tape);
        try
        {
            FaultTapes.open(tape).close();
        }
        catch (final TapeException e)
        {
            FaultFailure.require(e.kind() == kind && String.valueOf(e.getMessage()).contains(tape.toString()),
                "refused in other words: kind=" + e.kind() + " " + e.getMessage());
            FaultFailure.require(before.equals(everything(tape)), "something was made: " + everything(tape));
            return;
        }
        throw new FaultFailure("a tape was opened where none can be: path=" + tape);
    }

    /** The guard refuses the place in its own words, and nothing is changed; a reader works, or refuses it too. */
    private static void requireGuarded(final Path tape, final String words) throws IOException
    {
        final List<Path> before = everything(tape);
        final TapeException refusal = refusal(tape);
        FaultFailure.require(refusal != null && String.valueOf(refusal.getMessage()).startsWith(words) &&
            before.equals(everything(tape)), "not refused, or in other words: " + refusal);
    }

    private static @Nullable TapeException refusal(final Path tape)
    {
        try
        {
            FaultTapes.open(tape).close();
            return null;
        }
        catch (final TapeException e)
        {
            return e;
        }
    }

    private static List<Path> everything(final Path tape) throws IOException
    {
        Path top = tape;
        while (!Files.exists(top))
        {
            top = top.resolve("..").normalize();
        }
        try (Stream<Path> walk = Files.walk(top))
        {
            return walk.sorted().toList();
        }
    }

    private static void phoneHome(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final Path tape = FaultTapes.fresh(scratch);
        final Path home = tape.resolveSibling("home");
        Files.createDirectories(home);
        FaultFailure.require(FaultRow.class.getClassLoader().getResource(PHONE_HOME) == null,
            "a class that calls home is on the class path: resource=" + PHONE_HOME);
        final List<String> command = Children.with(Children.java(Main.class, List.of("-Duser.home=" + home)), "demo",
            "--events", "20000", "--seed", Long.toString(seed), "--journal", tape.toString(), "--json");
        final Children.Ended ended = Children.run(command, tape.getParent());
        FaultFailure.require(ended.code() == 0, "demo failed: code=" + ended.code() + " err=" + ended.err());
        FaultFailure.require(everything(home).equals(List.of(home)),
            "files were left in the home directory: " + everything(home));
    }

    private static void withoutFlags(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final Path tape = FaultTapes.fresh(scratch);
        for (final Jdk jdk : Jdk.found())
        {
            final Children.Ended ended = Children.run(Children.with(
                Children.java(jdk.home(), List.of(), Main.class), "demo", "--events", "20000", "--seed",
                Long.toString(seed), "--journal", tape.toString()), tape.getParent());
            FaultFailure.require(ended.code() == ExitCode.INTERNAL.code() && ended.saidOneLine(),
                "not refused in one line: jdk=" + jdk + " code=" + ended.code() + " err=" + ended.err());
            FaultFailure.require(ended.err().contains(String.join(" ", jdk.flags())),
                "the line does not hold the flags: jdk=" + jdk + " err=" + ended.err());
            FaultFailure.require(!Files.exists(tape), "a tape was made: jdk=" + jdk);
        }
    }
}
