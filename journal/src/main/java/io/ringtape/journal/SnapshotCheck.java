package io.ringtape.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the snapshots beside a tape against its blocks while all of them are read. One that is whole and yet not of the
 * tape is no damage: after the machine has started again sequences that were lost are given to other events.
 */
final class SnapshotCheck
{
    private final Tape tape;
    private final List<SnapshotInfo> all;
    private int next;
    private @Nullable String problem;
    private String firstForeign = "";
    private int foreignCount;

    /**
     * A check that is to be told each block.
     *
     * @param tape that is read from its start.
     */
    SnapshotCheck(final Tape tape)
    {
        this.tape = tape;
        // Before anything is read: a live writer's tape has by then what they were made from.
        this.all = tape.snapshots().list();
    }

    /**
     * Takes the next block of the tape.
     *
     * @param block that a reader stands on, whole.
     */
    void onBlock(final RunReader block)
    {
        while (next < all.size() && all.get(next).sequence() < block.nextSequence())
        {
            check(all.get(next++), block);
        }
    }

    /**
     * The first snapshot that is damaged; to be asked at the end of the tape.
     *
     * @return empty if all are whole.
     */
    Optional<String> problem()
    {
        while (next < all.size())
        {
            check(all.get(next++), null);
        }
        return Optional.ofNullable(problem);
    }

    /** What else is to be said, empty if all snapshots are of the tape; to be asked behind the problem. */
    String text()
    {
        return foreignCount == 0 ? "" :
            "snapshots are not of this tape: count=" + foreignCount + " first=" + firstForeign;
    }

    private void check(final SnapshotInfo info, final @Nullable RunReader block)
    {
        try
        {
            final BookSnapshot found = SnapshotFile.read(tape.directory(), info);
            if (block == null || !found.isBehind(block))
            {
                firstForeign = foreignCount == 0 ? info.name() : firstForeign;
                foreignCount++;
            }
        }
        catch (final SnapshotDamageException e)
        {
            problem = problem == null ? e.line() : problem;
        }
        catch (final NoSuchFileException e)
        {
            // Its maker keeps only so many, and was faster.
            return;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", SnapshotFile.directory(tape.directory()).resolve(info.name()), e);
        }
    }
}
