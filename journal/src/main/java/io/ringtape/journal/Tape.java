package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tape as a directory: opens readers, verifies, and says who writes it. Nothing here changes a byte; a reader locks a
 * file of the tape, and makes it, empty, where an older writer did not.
 * <pre>{@code
 * final Tape tape = Tape.open(directory);
 * final OrderBookEvent event = new OrderBookEvent();
 * try (TapeReader reader = tape.read(TapeRange.ALL, RunListener.NONE))
 * {
 *     while (reader.nextBlock())
 *     {
 *         for (int i = 0; i < reader.count(); i++)
 *         {
 *             handler.onEvent(reader.event(i, event));
 *         }
 *     }
 * }
 * }</pre>
 * <p>
 * Thread safety: immutable; any thread opens readers, each of which belongs to one thread.
 * Allocation: on each call.
 */
public final class Tape
{
    /** The format of tapes that this library writes, and the only one that it reads. */
    public static final int FORMAT = DocumentLayout.VERSION;

    private final Path directory;
    private final BootId bootId;

    private Tape(final Path directory, final BootId bootId)
    {
        this.directory = directory;
        this.bootId = bootId;
    }

    /**
     * Opens a tape for reading.
     *
     * @param directory of the tape.
     * @return the tape.
     * @throws TapeException if it is missing, no tape, or of another format.
     */
    public static Tape open(final Path directory)
    {
        return open(directory, BootId.current());
    }

    /**
     * Whether a directory is a tape, of whatever format, also one that cannot be opened because its marker is damaged.
     *
     * @param directory any.
     * @return false if it has no file that begins as a tape's marker does.
     * @throws IOException if that file cannot be read.
     */
    public static boolean isAt(final Path directory) throws IOException
    {
        return TapeMarker.isIn(directory);
    }

    static Tape open(final Path directory, final BootId bootId)
    {
        TapeMarker.check(directory);
        return new Tape(directory, bootId);
    }

    BootId bootId()
    {
        return bootId;
    }

    /**
     * The directory of the tape.
     *
     * @return as it was given.
     */
    public Path directory()
    {
        return directory;
    }

    /**
     * Opens a reader, which stands before the first block of the range.
     *
     * @param range    of events.
     * @param listener is told where runs start and end, also during this call.
     * @return a reader that is to be closed.
     * @throws TapeException if the tape does not hold the range, is damaged where it was looked at, or files of it are
     *     being removed. While a reader is open, none are.
     */
    public TapeReader read(final TapeRange range, final RunListener listener)
    {
        return read(range, listener, Walker.DEFAULT_WINDOW_BYTES);
    }

    TapeReader read(final TapeRange range, final RunListener listener, final int windowBytes)
    {
        final TapeReaders.Hold hold = TapeReaders.read(directory);
        boolean isOpen = false;
        try
        {
            final TapeReader reader = new TapeReader(this, range, listener, windowBytes, hold);
            isOpen = true;
            return reader;
        }
        finally
        {
            if (!isOpen)
            {
                hold.close();
            }
        }
    }

    /**
     * Reads the whole tape and says whether it is whole.
     *
     * @return what was found.
     * @throws TapeException if files of the tape are being removed, or a run was taken back meanwhile.
     */
    public TapeReport verify()
    {
        return TapeVerifier.verify(this);
    }

    /**
     * Who writes the tape now; of a writer on another machine nothing is known here.
     *
     * @return the live process that holds it, or empty.
     */
    public Optional<TapeOwner> owner()
    {
        return TapeOwner.find(directory, bootId);
    }

    /**
     * How the tape ends, found by a skim of its last file; nothing else is read.
     *
     * @return the end, as {@link TapeReader#end()} would give it.
     * @throws TapeException if the last file is damaged.
     */
    public TapeEnd end()
    {
        try (Walker walker = new Walker(Walker.DEFAULT_WINDOW_BYTES))
        {
            final TapeMarks marks = TapeMarks.read(this);
            return TapeSpan.end(RunChain.read(this, walker), marks);
        }
    }

    /**
     * What the tape says of itself, found by its headers, manifests and marks and a skim of its last file; so it takes
     * no longer on a large tape, and does not tell whether what lies in between is whole.
     *
     * @return what was found, with what is damaged or missing named in it.
     * @throws TapeException if the directory cannot be read.
     */
    public TapeInfo info()
    {
        return TapeInspector.inspect(this);
    }

    /**
     * The snapshots of books that were made from the tape.
     *
     * @return nothing was looked at yet.
     */
    public TapeSnapshots snapshots()
    {
        return new TapeSnapshots(this);
    }

    /**
     * Refuses a sequence that was removed, as for a replay that has to start with it.
     *
     * @param sequence that is needed.
     * @throws TapeException if it was removed; the message says what is left.
     */
    public void requireFrom(final long sequence)
    {
        RunChain.read(this, new Walker(Walker.DEFAULT_WINDOW_BYTES)).removed().requireLeft(sequence);
    }

    /** The first sequence that was not taken away in order; 0 if none was. */
    long firstSequence()
    {
        return RunChain.read(this, new Walker(Walker.DEFAULT_WINDOW_BYTES)).removed().firstSequence();
    }

    /**
     * How many bytes the files of the tape have; {@link CountersFile counters} and the {@link GatewaySideFile} beside
     * it are not of the tape.
     *
     * @return 0 or more.
     * @throws TapeException if the directory cannot be read.
     */
    public long sizeBytes()
    {
        final Set<Path> beside =
            Set.of(directory.resolve(CountersFile.NAME), directory.resolve(GatewaySideFile.NAME));
        final long[] size = {0};
        try
        {
            Files.walkFileTree(directory, new SimpleFileVisitor<>()
            {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
                {
                    size[0] += attributes.isRegularFile() && !beside.contains(file) ? attributes.size() : 0;
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(final Path file, final IOException e) throws IOException
                {
                    // Who writes the tape or makes snapshots may rename a file meanwhile.
                    if (e instanceof NoSuchFileException && !file.equals(directory))
                    {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
            return size[0];
        }
        catch (final IOException e)
        {
            throw failed("cannot read", directory, e);
        }
    }

    /**
     * The headers of the runs, from the first on.
     *
     * @return one for each run.
     * @throws TapeException if the directory cannot be read or a header is damaged.
     */
    public List<RunInfo> runInfos()
    {
        final RunChain chain = RunChain.read(this, new Walker(Walker.DEFAULT_WINDOW_BYTES));
        final List<RunInfo> infos = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++)
        {
            infos.add(chain.head(i).run());
        }
        return List.copyOf(infos);
    }

    List<RunDirectory> runs()
    {
        try
        {
            return RunDirectory.list(directory);
        }
        catch (final IOException e)
        {
            throw failed("cannot read", directory, e);
        }
    }

    static TapeException failed(final String what, final Path path, final @Nullable Throwable cause)
    {
        final String reason = cause == null ? "" : ": " + reason(cause);
        return new TapeException(Kind.IO, what + " path=" + path + reason, cause);
    }

    static String reason(final Throwable cause)
    {
        final String name = cause.getClass().getSimpleName();
        final String message = cause.getMessage();
        final String line = message == null ? name : name + " " + message.replace('\n', ' ');
        return cause instanceof NoSuchFileException ? "no such file " + message : line;
    }
}
