package io.ringtape.journal;

import io.ringtape.journal.TapeDirectory.Prepared;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Takes a tape back that was made for a recording of which nothing stays, without losing a kill that comes meanwhile:
 * its kill switch goes under the lock that a kill is made under, so that a kill is ahead of it and keeps the
 * directory, or finds that the tape is gone. From all to nothing in one step for who looks, where the directory was
 * made too; where it was only marked, a kill that comes in between leaves its kill switch in it, for the next tape
 * that it becomes.
 */
final class TapeRemoval
{
    /** What a recording has beside its runs, but for its lock. */
    private static final List<String> BESIDE = List.of(MarkFile.JOURNALED, MarkFile.DURABLE, CountersFile.NAME,
        GatewaySideFile.NAME, LimitsExchange.REQUEST, LimitsExchange.ANSWER, TapeOwner.NAME, TapeReaders.NAME);

    private TapeRemoval()
    {
    }

    /**
     * Takes back what {@link TapeDirectory#prepare} did: nothing was recorded. Only for who holds the lock: anybody
     * else might take away what another writer records. While somebody is stopped the directory stays, as a tape
     * without runs, for the kill switch to be obeyed by the next run.
     *
     * @param directory of the tape.
     * @param prepared  what was done.
     * @throws TapeException if it cannot be removed.
     */
    static void takeBack(final Path directory, final Prepared prepared)
    {
        try
        {
            if (prepared == Prepared.MADE)
            {
                takeAway(directory);
            }
            else if (prepared == Prepared.MARKED)
            {
                // The marker last: what is killed in between leaves a tape, and no directory that is foreign to all.
                clear(directory);
                removeUnlessStopped(directory, () -> unmark(directory));
                Files.deleteIfExists(directory.resolve(TapeLock.NAME));
            }
        }
        catch (final IOException e)
        {
            throw TapeDirectory.cannotCreate(directory, e);
        }
    }

    private static void takeAway(final Path directory) throws IOException
    {
        final Path absolute = directory.toAbsolutePath();
        final Path away = TapeDirectory.temporary(absolute);
        if (removeUnlessStopped(directory, () -> move(absolute, away)))
        {
            TapeDirectory.deleteTree(away);
        }
        else
        {
            clear(directory);
            Files.deleteIfExists(directory.resolve(TapeLock.NAME));
        }
    }

    private static void clear(final Path directory) throws IOException
    {
        for (final String name : BESIDE)
        {
            Files.deleteIfExists(directory.resolve(name));
        }
    }

    private static boolean removeUnlessStopped(final Path directory, final BooleanSupplier removal)
    {
        try (ControlFile control = ControlFile.open(directory))
        {
            return control.unlessStopped(removal);
        }
        catch (final TapeException e)
        {
            // Another thread of this process stops somebody just now; else there is no room for one, or nobody can
            // read or lock it. What was done before the failure is found done.
            return e.kind() != Kind.IN_USE && !ControlFile.isInForce(directory) && removal.getAsBoolean();
        }
    }

    private static boolean move(final Path from, final Path to)
    {
        try
        {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
        catch (final IOException e)
        {
            // Unless it is there already it stays as a tape without runs.
            return Files.exists(to);
        }
    }

    private static boolean unmark(final Path directory)
    {
        try
        {
            Files.deleteIfExists(directory.resolve(ControlFile.NAME));
            Files.deleteIfExists(directory.resolve(TapeMarker.NAME));
            return true;
        }
        catch (final IOException e)
        {
            return false;
        }
    }
}
