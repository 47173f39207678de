package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the indexes of a tape anew where they are missing or wrong. An index can be made from its roll file and is all
 * that is touched: it is written beside its place, forced to the device and renamed, so it is there as a whole or as it
 * was.
 * <p>
 * Each file is read by itself, so that one that is damaged takes only its own index with it. A sealed file has to have
 * the CRC of its seal.
 * <p>
 * Thread safety: none; one thread, one call. The tape's lock is held.
 * Allocation: on each call; none a block.
 */
public final class TapeIndexes
{
    private final LongConsumer progress;
    private final TapeMarks marks;
    private final RunChain chain;
    private final IndexEntries entries = new IndexEntries();
    private final List<String> rebuilt = new ArrayList<>();
    private String problem = "";
    private int files;
    private long events;

    private TapeIndexes(final Tape tape, final LongConsumer progress)
    {
        this.progress = progress;
        this.marks = TapeMarks.read(tape);
        this.chain = RunChain.read(tape, new Walker(Walker.DEFAULT_WINDOW_BYTES));
    }

    /**
     * Makes what is missing or wrong anew, where a tape may be written by default.
     *
     * @param tape     whose indexes.
     * @param progress told after each block how many events were read.
     * @return what was made, and why no more.
     * @throws TapeException as {@link #rebuild(Tape, LongConsumer, TapeConfig)}.
     */
    public static IndexRepair rebuild(final Tape tape, final LongConsumer progress)
    {
        return rebuild(tape, progress, TapeConfig.defaults());
    }

    /**
     * Makes what is missing or wrong anew.
     *
     * @param tape     whose indexes.
     * @param progress told after each block how many events were read.
     * @param config   as the tape is written with: {@link TapeConfig#anyFileSystem()} is all that is asked of it.
     * @return what was made, and why no more.
     * @throws TapeException if another process writes the tape, it is where no writer may go to work, or reading or
     *     writing failed.
     */
    public static IndexRepair rebuild(final Tape tape, final LongConsumer progress, final TapeConfig config)
    {
        return rebuild(tape, progress, TapeParts.of(tape.directory(), config, () -> 0L));
    }

    static IndexRepair rebuild(final Tape tape, final LongConsumer progress, final TapeParts parts)
    {
        TapeGuard.check(tape.directory(), parts);
        final TapeLock lock = TapeLock.acquire(tape.directory(), tape.bootId());
        try (lock)
        {
            return new TapeIndexes(tape, progress).rebuild();
        }
    }

    private IndexRepair rebuild()
    {
        for (int i = 0; i < chain.size(); i++)
        {
            try
            {
                final RunHead head = chain.head(i);
                final Manifest manifest = Manifest.read(chain.directory(i));
                final int count = chain.files(i).size();
                for (int j = 0; j < count; j++)
                {
                    rebuild(i, j, head, manifest);
                }
            }
            catch (final IOException e)
            {
                throw Tape.failed("cannot make an index of run", chain.directory(i).path(), e);
            }
            catch (final TapeException e)
            {
                note(e);
            }
        }
        return new IndexRepair(files, rebuilt, problem);
    }

    private void note(final TapeException e)
    {
        if (e.kind() == Kind.IO)
        {
            throw e;
        }
        problem = problem.isEmpty() ? String.valueOf(e.getMessage()) : problem;
    }

    private void rebuild(final int index, final int fileIndex, final RunHead head, final Manifest manifest)
        throws IOException
    {
        final RunDirectory run = chain.directory(index);
        final RollFile file = run.files().get(fileIndex);
        final RunEnd fence = chain.fence(index);
        // What was lost with the machine behind that end is none of the file's any more.
        final Manifest.Entry seal = manifest.seal(file.number())
            .filter((found) -> fence == null || !fence.isBefore(found)).orElse(null);
        files++;
        try
        {
            if (seal != null)
            {
                ManifestCheck.requireSeal(run, file, seal);
            }
            read(index, fileIndex, head, end(file, fence, manifest));
            final List<IndexEntry> made = entries.made();
            if (IndexCheck.wrong(run.runId(), file, made, seal == null ? -1 : seal.indexCount()) != null)
            {
                write(run.path(), file, made, seal != null);
                rebuilt.add(run.path().getFileName() + "/" + file.name() + FileIndex.SUFFIX);
            }
        }
        catch (final TapeException e)
        {
            note(e);
        }
    }

    /** Where the documents of a file end, as far as anything tells it. */
    private static long end(final RollFile file, final @Nullable RunEnd fence, final Manifest manifest)
    {
        if (fence != null && file.number() == fence.fileNumber())
        {
            return fence.endOffset();
        }
        return file.number() < manifest.ends().size() ? manifest.ends().get((int)file.number()).endOffset() :
            Long.MAX_VALUE;
    }

    /** What is wrong behind the end of the file is another file's affair. */
    private void read(final int index, final int fileIndex, final RunHead head, final long end) throws IOException
    {
        final RunDirectory run = chain.directory(index);
        final RollFile file = run.files().get(fileIndex);
        entries.restart();
        try (RunReader reader = new RunReader(run, fileIndex, head, chain.fence(index), marks, false,
            new Walker(Walker.DEFAULT_WINDOW_BYTES)))
        {
            try
            {
                while (reader.nextBlock() && reader.file().equals(file))
                {
                    entries.onBlock(reader);
                    events += reader.count();
                    progress.accept(events);
                }
            }
            catch (final TapeException e)
            {
                if (reader.file().equals(file) && reader.acceptedEnd() < end)
                {
                    throw e;
                }
            }
        }
    }

    private static void write(
        final Path run, final RollFile file, final List<IndexEntry> made, final boolean isSealed) throws IOException
    {
        final Path index = FileIndex.path(run, file.number());
        if (made.isEmpty())
        {
            Files.deleteIfExists(index);
            Device.REAL.force(run);
            return;
        }
        final ByteBuffer bytes = ByteBuffer.allocate(made.size() * IndexEntry.BYTES).order(LITTLE_ENDIAN);
        made.forEach((entry) -> entry.encode(bytes));
        bytes.flip();
        TapeFiles.replace(index, (temporary, channel) ->
        {
            TapeFiles.writeAll(channel, bytes);
            channel.force(true);
            if (isSealed)
            {
                Permissions.forbidWriting(temporary);
            }
        });
        Device.REAL.force(run);
    }
}
