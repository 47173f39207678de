package io.ringtape.cli.capture;

import io.ringtape.event.Definitions;
import io.ringtape.feed.DbnMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens capture files: tells compression and format apart by their content and names, and pairs LOBSTER files.
 * <p>
 * Plain files, gzip and Zstandard (of any number of members or frames) and zip are told by their first bytes. A zip
 * holds one LOBSTER pair or one DBN file. A LOBSTER pair may also be given as two files in either order, or as one with
 * the other beside it.
 * <p>
 * Thread safety: stateless.
 * Allocation: on opening.
 */
public final class Captures
{
    private static final List<String> FORMATS = List.of(LobsterSource.FORMAT, DbnSource.FORMAT);
    private static final String LOBSTER_NAME = "SYMBOL_YYYY-MM-DD_START_END_message_DEPTH.csv or its orderbook";

    private Captures()
    {
    }

    /**
     * The names of the formats, as {@link #open(List, Optional, Definitions, InstrumentTerms)} takes them.
     *
     * @return lower-case names.
     */
    public static List<String> formats()
    {
        return FORMATS;
    }

    /**
     * Opens files of whose instruments no tick, lot and multiplier are known.
     *
     * @param files       in the order in which they are read, at least one.
     * @param format      that all of them have, or empty to find out.
     * @param definitions gets the sources and instruments.
     * @return the events; close it after use.
     * @throws CaptureException         if {@link #open(List, Optional, Definitions, InstrumentTerms)} says so.
     * @throws IllegalArgumentException if that says so.
     */
    public static Capture open(final List<Path> files, final Optional<String> format, final Definitions definitions)
        throws CaptureException
    {
        return open(files, format, definitions, InstrumentTerms.NONE);
    }

    /**
     * Opens files. The start of each is read and checked first, so that a wrong one is refused before anything is
     * defined; then each adds one source, in the order given. Instruments are defined at the latest when the first
     * events that name them are given out.
     *
     * @param files       in the order in which they are read, at least one.
     * @param format      that all of them have, or empty to find out.
     * @param definitions gets the sources and instruments.
     * @param terms       of the instruments.
     * @return the events; close it after use.
     * @throws CaptureException         if a file is missing, not readable, of no known format, or wrong from the start,
     *                                  or if there are more than leave an id for one more source.
     * @throws IllegalArgumentException if no file is given or the format is not one of {@link #formats()}.
     */
    public static Capture open(
        final List<Path> files, final Optional<String> format, final Definitions definitions,
        final InstrumentTerms terms)
        throws CaptureException
    {
        if (files.isEmpty())
        {
            throw new IllegalArgumentException("files must not be empty");
        }
        if (format.isPresent() && !FORMATS.contains(format.get()))
        {
            throw new IllegalArgumentException(
                "format must be one of " + String.join(", ", FORMATS) + ": format=" + format.get());
        }
        final List<FileSource> sources = find(files, format);
        // The strategy of a recording is a source, too.
        final int room = Definitions.MAX_SOURCE_ID - definitions.sourceCount();
        if (sources.size() > room)
        {
            throw CaptureException.bad(Input.file(files.get(room)).display(), "too many files", "most=" + room);
        }
        for (final FileSource source : sources)
        {
            source.check();
        }
        final InstrumentRegistry registry = new InstrumentRegistry(definitions, terms);
        for (final FileSource source : sources)
        {
            source.define(definitions, registry);
        }
        return new FileCaptures(sources);
    }

    private static List<FileSource> find(final List<Path> files, final Optional<String> format)
        throws CaptureException
    {
        final List<FileSource> sources = new ArrayList<>();
        final List<Path> left = new ArrayList<>(files);
        while (!left.isEmpty())
        {
            final Input input = Input.file(left.remove(0));
            sources.add(input.isZip() ? inZip(input, format) : inFile(input, format, left));
        }
        return sources;
    }

    private static FileSource inFile(final Input input, final Optional<String> format, final List<Path> left)
        throws CaptureException
    {
        final boolean isDbn = format.isPresent() ? format.get().equals(DbnSource.FORMAT) : startsAsDbn(input);
        if (isDbn)
        {
            return new DbnSource(input, input.sizeBytes());
        }
        final Optional<LobsterName> name = LobsterName.parse(input.leafName());
        if (name.isEmpty())
        {
            throw format.isPresent() ?
                CaptureException.bad(input.display(), "not a LOBSTER file", "expected=" + LOBSTER_NAME) :
                CaptureException.bad(input.display(), "unknown format", "expected=DBN or " + LOBSTER_NAME);
        }
        final Input other = takeCounterpart(input, name.get().counterpart(), left);
        return pair(name.get(), input, other, input.sizeBytes() + other.sizeBytes());
    }

    private static FileSource inZip(final Input zip, final Optional<String> format) throws CaptureException
    {
        final List<Input> lobster = new ArrayList<>();
        final List<Input> dbn = new ArrayList<>();
        for (final Input entry : zip.zipEntries())
        {
            if (LobsterName.parse(entry.leafName()).isPresent())
            {
                lobster.add(entry);
            }
            else if (entry.leafName().endsWith(".dbn"))
            {
                dbn.add(entry);
            }
        }
        final boolean wantsLobster = format.isEmpty() || format.get().equals(LobsterSource.FORMAT);
        final boolean wantsDbn = format.isEmpty() || format.get().equals(DbnSource.FORMAT);
        if (wantsLobster && lobster.size() == 2 && (dbn.isEmpty() || !wantsDbn))
        {
            final LobsterName name = LobsterName.parse(lobster.get(0).leafName()).orElseThrow();
            if (LobsterName.parse(lobster.get(1).leafName()).equals(Optional.of(name.counterpart())))
            {
                return pair(name, lobster.get(0), lobster.get(1), zip.sizeBytes());
            }
        }
        if (wantsDbn && dbn.size() == 1 && (lobster.isEmpty() || !wantsLobster))
        {
            return new DbnSource(dbn.get(0), zip.sizeBytes());
        }
        throw CaptureException.bad(zip.display(), "zip holds neither one LOBSTER pair nor one DBN file",
            "lobsterFiles=" + lobster.size() + " dbnFiles=" + dbn.size());
    }

    private static FileSource pair(final LobsterName name, final Input input, final Input other, final long bytes)
    {
        return new LobsterSource(name, name.isMessage() ? input : other, name.isMessage() ? other : input, bytes);
    }

    // Given with it, best from the same folder, or else beside it.
    private static Input takeCounterpart(final Input input, final LobsterName wanted, final List<Path> left)
        throws CaptureException
    {
        Path found = null;
        for (final Path candidate : left)
        {
            final boolean fits = Input.file(candidate).leafName().equals(wanted.leafName());
            if (fits && (found == null || isBeside(candidate, input.path())))
            {
                found = candidate;
                if (isBeside(candidate, input.path()))
                {
                    break;
                }
            }
        }
        if (found != null)
        {
            left.remove(found);
        }
        else
        {
            found = beside(input, wanted);
        }
        final Input other = Input.file(found);
        if (other.isZip())
        {
            throw CaptureException.bad(other.display(), "file is a zip, not a CSV", "");
        }
        return other;
    }

    private static Path beside(final Input input, final LobsterName wanted) throws CaptureException
    {
        final Path plain = input.path().resolveSibling(wanted.leafName());
        for (final String suffix : List.of("", ".gz", ".zst"))
        {
            final Path candidate = input.path().resolveSibling(wanted.leafName() + suffix);
            if (Files.exists(candidate))
            {
                return candidate;
            }
        }
        throw CaptureException.missing(Input.file(plain).display(),
            "no " + (wanted.isMessage() ? "message" : "orderbook") + " file beside its counterpart");
    }

    private static boolean isBeside(final Path first, final Path second)
    {
        return first.resolveSibling("x").equals(second.resolveSibling("x"));
    }

    private static boolean startsAsDbn(final Input input) throws CaptureException
    {
        try (ByteWindow window = input.open())
        {
            if (window.require(3))
            {
                return DbnMetadata.hasMagic(window.buffer(), window.position());
            }
            if (window.remaining() == 0)
            {
                throw CaptureException.bad(input.display(), "file is empty", "");
            }
            return false;
        }
    }
}
