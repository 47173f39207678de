package io.ringtape.journal;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.SafeModeStore;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file beside a tape that safe mode writes, with its space reserved, and whose events the next run puts on tape
 * before all others, each exactly once:
 * <pre>
 *  empty --safe mode of N--&gt; kept, in N's numbers --claim--&gt; kept, in M's numbers --settle--&gt; empty
 *                                     ^                                 |
 *                                     +-- crash or halt of M: what M's tape has is left out
 * </pre>
 * Each content goes to the slot and region that does not count, is forced, and counts from its header on. What a tape
 * has of a content is told by counting: answers come on tape in the order in which they are kept. Instruments that
 * events name are kept with them, so that a run that was taken back, or never got as far as its definitions, does no
 * harm. A run that a content counts on stays on tape: {@link TapeRetention} leaves it until it is settled.
 * <p>
 * Thread safety: one thread at a time, but that {@link #publish(EventPublisher)} may be under way on the writer's while
 * safe mode writes.
 * Allocation: cold.
 */
public final class GatewaySideFile implements SafeModeStore, AutoCloseable
{
    /** How many records there is room for: twice the largest box of answers, with the cancels and their answers. */
    public static final int CAPACITY = 1 << 16;
    /** The name of the source of events that an earlier run's gateway left. */
    public static final String SOURCE_NAME = "gateway-side";

    static final String NAME = "gateway-side";

    private final Path file;
    private final Definitions definitions;
    private final RunInfo run;
    private final int capacity;
    private final @Nullable FileChannel channel;
    private final Set<Integer> written = new HashSet<>();
    private SideHeader header;
    private SideHeader next;
    private EventBatch pending = new EventBatch(1);
    private Map<Integer, InstrumentDefinition> instruments = new HashMap<>();
    private boolean claimed;
    private boolean hasKept;

    GatewaySideFile(
        final Path file, final Definitions definitions, final RunInfo run, final int capacity,
        final @Nullable FileChannel channel)
    {
        this.file = file;
        this.definitions = definitions;
        this.run = run;
        this.capacity = capacity;
        this.channel = channel;
        header = SideHeader.empty(1);
        next = header;
    }

    /**
     * Opens the file for a run that has just been started, and finds what is kept in it and on no tape.
     *
     * @param directory   of the tape.
     * @param writer      of the run.
     * @param definitions of the run.
     * @param reserve     whether the run has a gateway: the file is made if it is not there, and its space reserved.
     * @return to be closed.
     * @throws TapeException if it is damaged, its space cannot be reserved, or the tape cannot be read.
     */
    public static GatewaySideFile open(
        final Path directory, final TapeWriter writer, final Definitions definitions, final boolean reserve)
    {
        return open(directory, writer, definitions, reserve, CAPACITY);
    }

    static GatewaySideFile open(
        final Path directory, final TapeWriter writer, final Definitions definitions, final boolean reserve,
        final int capacity)
    {
        final Path file = directory.resolve(NAME);
        final Tape tape = Tape.open(directory);
        final RunInfo run = SideEvents.run(tape, writer.runId());
        if (run == null)
        {
            throw new IllegalStateException("run is not on tape: run=" + writer.runId());
        }
        TapeFiles.requireNoLink(file, Kind.UNREADABLE);
        try
        {
            // The lock of the tape is the writer's: nobody else makes one.
            TapeFiles.deleteUnfinished(directory, NAME);
            if (!Files.exists(file))
            {
                if (!reserve)
                {
                    return new GatewaySideFile(file, definitions, run, capacity, null);
                }
                SideFiles.make(file, capacity);
            }
            final FileChannel channel = TapeFiles.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            final GatewaySideFile side = new GatewaySideFile(file, definitions, run, capacity, channel);
            side.start(tape, reserve);
            return side;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot open", file, e);
        }
    }

    /**
     * The first run that is still needed on tape, to tell by counting what it has of what is kept.
     *
     * @param directory of the tape.
     * @return {@link Long#MAX_VALUE} where nothing is kept.
     * @throws TapeException if the file is damaged or cannot be read.
     */
    static long neededRun(final Path directory)
    {
        final Path file = directory.resolve(NAME);
        TapeFiles.requireNoLink(file, Kind.UNREADABLE);
        if (!Files.exists(file))
        {
            return Long.MAX_VALUE;
        }
        try (FileChannel channel = TapeFiles.open(file, StandardOpenOption.READ))
        {
            final SideHeader kept = SideFiles.header(file, channel, CAPACITY);
            return kept.count() == 0 ? Long.MAX_VALUE : kept.runId();
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", file, e);
        }
    }

    private void start(final Tape tape, final boolean reserve) throws IOException
    {
        final FileChannel opened = open();
        boolean isStarted = false;
        try
        {
            if (reserve)
            {
                SideFiles.reserve(file, opened, capacity);
            }
            header = SideFiles.header(file, opened, capacity);
            final SideRecords records = SideFiles.records(file, opened, header, capacity);
            instruments = records.instruments();
            pending = SideEvents.missing(tape, header, records.events());
            isStarted = true;
        }
        finally
        {
            if (!isStarted)
            {
                opened.close();
            }
        }
    }

    /**
     * How many events are kept and on no tape.
     *
     * @return 0 or more.
     */
    public int pendingCount()
    {
        return pending.count();
    }

    /**
     * Makes what is kept this run's, so that a crash from here on asks this run's tape what it has of it. To be called
     * before any of it is published.
     *
     * @param source        that it gets, of the kind {@link SourceDefinition.Kind#GATEWAY}, in the definitions of the
     *                      run. Its publisher is the account that fills count for, since the ids of their orders name
     *                      strategies of an earlier run; 0 where that run had the same strategies.
     * @param receiveTimeNs that it gets: the time at which the run begins.
     */
    public void claim(final SourceDefinition source, final long receiveTimeNs)
    {
        for (int i = 0; i < pending.count(); i++)
        {
            final OrderBookEvent event = pending.event(i);
            event.sourceId(source.sourceId()).instrumentId(instrumentId(event.instrumentId()));
            if (event.type() != EventType.DETAIL)
            {
                event.receiveTimeNs(receiveTimeNs);
            }
        }
        claimed = true;
        begin(new SideHeader(header.generation() + 1, 0, run.runId(), run.startTimeNs(), SideHeader.NO_SOURCE, 0,
            source.sourceId(), run.firstSequence() - 1));
        force();
    }

    /**
     * Publishes what was claimed, answer by answer.
     *
     * @param publisher that takes it, each time.
     * @throws IllegalStateException if it does not: what follows would be taken for it when the tape is counted.
     */
    public void publish(final EventPublisher publisher)
    {
        final EventBatch kept = pending;
        final EventBatch answer = new EventBatch(2);
        // Not the batch's own, which safe mode moves when the bus halts meanwhile.
        final OrderBookEvent event = new OrderBookEvent();
        for (int i = 0; i < kept.count(); i++)
        {
            event.wrap(kept.buffer(), i * OrderBookEvent.SIZE_BYTES);
            final boolean isLast = answer.append().copyFrom(event).has(EventFlags.LAST);
            if (isLast || i == kept.count() - 1)
            {
                final int code = publisher.offer(answer);
                if (code != EventPublisher.ACCEPTED)
                {
                    throw new IllegalStateException("event of an earlier run's gateway was not taken: file=" + file +
                        " event=" + i + " of=" + kept.count() + " answer=" + code);
                }
                answer.clear();
            }
        }
    }

    /**
     * Forgets what was found: it is on the tape of a run that will not be taken back, of this one or, where nothing was
     * left to claim, of an earlier one. Nothing is forgotten where this run's gateway has kept something.
     */
    public void settle()
    {
        if (!hasKept && (claimed || (header.count() > 0 && pending.count() == 0)))
        {
            write(SideHeader.empty(header.generation() + 1));
            pending = new EventBatch(1);
            claimed = false;
        }
    }

    @Override
    public void begin(final int sourceId, final long baseSequence)
    {
        hasKept = true;
        final boolean isBoth = claimed && pending.count() > 0;
        begin(new SideHeader(header.generation() + 1, 0, run.runId(), run.startTimeNs(), sourceId, baseSequence,
            isBoth ? pending.event(0).sourceId() : SideHeader.NO_SOURCE, isBoth ? run.firstSequence() - 1 : 0));
    }

    @Override
    public void append(final OrderBookEvent event)
    {
        final int instrumentId = event.instrumentId();
        if (written.add(instrumentId))
        {
            final ByteBuffer document =
                SideRecords.document(next.runId(), definitions.instrument(instrumentId));
            while (document.hasRemaining())
            {
                append(SideRecords.nextPart(document, next.generation(), next.count()));
            }
        }
        append(SideRecords.ofEvent(event, next.generation(), next.count()));
    }

    @Override
    public void force()
    {
        try
        {
            open().force(true);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot force", file, e);
        }
        write(next);
    }

    @Override
    public void close()
    {
        final FileChannel opened = channel;
        if (opened != null)
        {
            try
            {
                opened.close();
            }
            catch (final IOException e)
            {
                throw Tape.failed("cannot close", file, e);
            }
        }
    }

    private void begin(final SideHeader started)
    {
        next = started;
        written.clear();
        for (int i = 0; claimed && i < pending.count(); i++)
        {
            append(pending.event(i));
        }
    }

    private void append(final ByteBuffer record)
    {
        if (next.count() == capacity)
        {
            throw new TapeException(Kind.IO,
                "side file of the gateway is full: file=" + file + " records=" + capacity);
        }
        try
        {
            SideFiles.writeRecord(open(), record, next.generation(), next.count(), capacity);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot write", file, e);
        }
        next = next.with(next.count() + 1);
    }

    private void write(final SideHeader content)
    {
        try
        {
            SideFiles.write(open(), content);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot write", file, e);
        }
        header = content;
    }

    private FileChannel open()
    {
        final FileChannel opened = channel;
        if (opened == null)
        {
            throw new IllegalStateException("run has no side file: file=" + file);
        }
        return opened;
    }

    // The same instrument has another number in another run.
    private int instrumentId(final int kept)
    {
        final InstrumentDefinition old = instruments.get(kept);
        if (old == null)
        {
            throw new IllegalStateException("instrument is not kept: instrumentId=" + kept);
        }
        final int count = definitions.instrumentCount();
        for (int id = 0; id < count; id++)
        {
            if (SideEvents.isSame(old, definitions.instrument(id)))
            {
                return id;
            }
        }
        definitions.add(SideEvents.numbered(old, count));
        return count;
    }
}
