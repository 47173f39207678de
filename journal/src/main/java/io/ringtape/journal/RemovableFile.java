package io.ringtape.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that may go from the start of a tape, and what goes with it: its index, the snapshots of its sequences, and
 * with the last file of a run what stands behind the run's end, which was lost with the machine.
 *
 * @param place  where it is.
 * @param run    directory of its run.
 * @param seal   what the run has of it, with a CRC of 0 if it was never sealed, or not as it is.
 * @param end    where the run ends in it, if the manifest does not say that it is finished; or null.
 * @param empty  number of the file behind it at whose start the run ends, if it does; or {@link #NONE}.
 * @param behind numbers of the files behind the one of the run's end, if it is the last one that has anything.
 * @param named  how many files behind it, from the next one on, the manifest says to be finished.
 */
record RemovableFile(
    RemovableFiles.Place place,
    Path run,
    Manifest.Entry seal,
    Manifest.@Nullable Entry end,
    long empty,
    List<Long> behind,
    int named)
{
    /** No file that is in the run, but has nothing of it. */
    static final long NONE = -1;

    /**
     * Removes it. A kill at any moment leaves a tape with the file or without it: what is nobody's goes first, and all
     * of the run is removed, for a reader, with the record of the file. A file at whose start the run ends stays until
     * then, as a reader goes up to it, and its record comes with that one.
     *
     * @param tape   its directory, locked.
     * @param lastNs the greatest receive time of the run up to the end of the file.
     * @throws IOException if it cannot be removed.
     */
    void remove(final Path tape, final long lastNs) throws IOException
    {
        for (final long number : behind)
        {
            delete(number);
        }
        if (!behind.isEmpty())
        {
            Device.REAL.force(run);
        }
        Manifest.append(run, records(lastNs));
        Device.REAL.force(run.resolve(Manifest.NAME));
        SnapshotFile.delete(tape, seal.firstSequence(), seal.lastSequence());
        delete(seal.fileNumber());
        if (empty != NONE)
        {
            delete(empty);
        }
        Device.REAL.force(run);
    }

    /** What the manifest is to say, that of the file last: until then all of it is there for a reader. */
    private List<Manifest.Entry> records(final long lastNs)
    {
        final List<Manifest.Entry> records = new ArrayList<>();
        if (end != null)
        {
            records.add(end);
        }
        for (long number = Math.max(seal.fileNumber(), empty) + 1; number <= seal.fileNumber() + named; number++)
        {
            records.add(seal.emptyBehind(number).removed(lastNs));
        }
        if (empty != NONE)
        {
            if (named == 0)
            {
                records.add(seal.emptyBehind(empty));
            }
            records.add(seal.emptyBehind(empty).removed(lastNs));
        }
        records.add(seal.removed(lastNs));
        return records;
    }

    /** The index first: a file that a kill leaves is found again, and its index with it. */
    private void delete(final long number) throws IOException
    {
        Files.deleteIfExists(FileIndex.path(run, number));
        Files.deleteIfExists(run.resolve(RollFiles.name(number)));
    }

    /**
     * How much smaller the tape is without it: the records that it is removed stay.
     *
     * @param tape its directory.
     * @return bytes.
     * @throws IOException if a file cannot be looked at.
     */
    long freedBytes(final Path tape) throws IOException
    {
        long freed = lengthBytes() + SnapshotFile.sizeBytes(tape, seal.firstSequence(), seal.lastSequence()) +
            FileIndex.sizeBytes(run, seal.fileNumber()) - (long)records(0).size() * Manifest.ENTRY_BYTES;
        for (final long number : goingWithIt())
        {
            freed += FileIndex.sizeBytes(run, number);
        }
        return freed;
    }

    /**
     * Of the file, and of the files behind the end of its run that go with it.
     *
     * @return bytes.
     * @throws IOException if a file cannot be looked at.
     */
    long lengthBytes() throws IOException
    {
        long length = seal.length();
        for (final long number : goingWithIt())
        {
            final Path file = run.resolve(RollFiles.name(number));
            length += Files.exists(file) ? Files.size(file) : 0;
        }
        return length;
    }

    private List<Long> goingWithIt()
    {
        return empty == NONE ? behind : Stream.concat(Stream.of(empty), behind.stream()).toList();
    }
}
