package io.ringtape.journal;

import io.ringtape.event.Definitions;
import io.ringtape.journal.TapeException.Kind;
import io.ringtape.journal.TapeInfo.Frontier;
import io.ringtape.journal.TapeInfo.MachineStart;
import io.ringtape.journal.TapeInfo.Problem;
import io.ringtape.journal.TapeInfo.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link TapeInfo} of a tape. What is damaged is told, and does not keep the rest from being told.
 */
final class TapeInspector
{
    /** Files may be removed or taken back at a look: what is wrong is so at the next one too. */
    private static final int MOST_LOOKS = 10;

    private final Tape tape;
    private final TapeMarks marks;
    private final Optional<TapeOwner> owner;
    private final RunChain chain;
    private final RunChain left;
    private final List<Problem> problems = new ArrayList<>();
    private long nextSequence;
    private boolean isNextKnown = true;

    private TapeInspector(final Tape tape)
    {
        this.tape = tape;
        // The marks first, as a reader takes them: a live writer may then only be further on.
        marks = TapeMarks.read(tape);
        chain = RunChain.readAll(tape, new Walker(Walker.DEFAULT_WINDOW_BYTES));
        owner = chain.owner();
        left = chain.left(tape);
    }

    /**
     * Looks at a tape.
     *
     * @param tape to look at.
     * @return what it says of itself.
     * @throws TapeException if its directory cannot be read.
     */
    static TapeInfo inspect(final Tape tape)
    {
        String before = "";
        for (int look = 1; look < MOST_LOOKS; look++)
        {
            String wrong;
            try
            {
                final TapeInfo found = new TapeInspector(tape).inspect();
                wrong = found.problems().toString();
                if (found.problems().isEmpty() || wrong.equals(before))
                {
                    return found;
                }
            }
            catch (final TapeException e)
            {
                wrong = String.valueOf(e.getMessage());
                if (wrong.equals(before))
                {
                    throw e;
                }
            }
            before = wrong;
        }
        return new TapeInspector(tape).inspect();
    }

    private TapeInfo inspect()
    {
        final int newest = chain.size() - 1;
        final int newestLeft = left.size() - 1;
        final RunSkim skim = newestLeft < 0 || left.headOrNull(newestLeft) == null ? null :
            RunSkim.of(left, newestLeft, marks, owner.isPresent());
        final List<Run> runs = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++)
        {
            try
            {
                runs.add(run(i, i == newest ? skim : null));
            }
            catch (final IOException e)
            {
                throw Tape.failed("cannot read", chain.directory(i).path(), e);
            }
        }
        if (skim != null)
        {
            skim.failure().ifPresent(this::add);
        }
        check(() -> chain.requireComplete(marks, nextSequence));
        if (newest >= 0)
        {
            check(() -> marks.requireBelievable(chain.directory(newest)));
        }
        final OptionalLong keptEvents = keptEvents();
        final Definitions definitions = skim == null ? new Definitions() : skim.reader().definitions();
        return new TapeInfo(runs, all(definitions.instrumentCount(), definitions::instrument),
            all(definitions.sourceCount(), definitions::source),
            all(definitions.settingsCount(), definitions::settings), unjournaled(), chain.lost(),
            tape.sizeBytes(), frontier(marks.journaled()), frontier(marks.durable()), owner, end(newest, skim),
            problems, notes(), keptEvents);
    }

    /** Who writes the tape takes it over, and changes it meanwhile. */
    private OptionalLong keptEvents()
    {
        if (owner.isPresent())
        {
            return OptionalLong.empty();
        }
        try
        {
            return OptionalLong.of(SideEvents.keptCount(tape));
        }
        catch (final TapeException e)
        {
            add(e);
            return OptionalLong.empty();
        }
    }

    private List<String> notes()
    {
        if (chain.size() == 0 || owner.isPresent())
        {
            return List.of();
        }
        final String note = marks.note(chain.directory(chain.size() - 1));
        return note.isEmpty() ? List.of() : List.of(note);
    }

    private Run run(final int index, final @Nullable RunSkim skim) throws IOException
    {
        final RunFiles files = RunFiles.read(chain.directory(index), chain.fence(index), skim, this::add);
        final RunHead head = chain.headOrNull(index);
        if (head == null && !files.isFirstRemoved())
        {
            check(() -> chain.head(index));
        }
        if (head != null && isNextKnown)
        {
            check(() -> chain.requireFollows(index, nextSequence));
        }
        final OptionalLong last = files.lastSequence();
        isNextKnown = last.isPresent();
        nextSequence = last.orElse(nextSequence - 1) + 1;
        return new Run(chain.directory(index).runId(),
            head == null ? files.firstSequence() : OptionalLong.of(head.run().firstSequence()), last,
            head == null ? OptionalLong.empty() : OptionalLong.of(head.run().startTimeNs()),
            files.isClosed(), files.sizeBytes(), files.files(head));
    }

    private List<MissingRange> unjournaled()
    {
        final List<MissingRange> found = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++)
        {
            final MissingRange before = chain.missing(i);
            if (before != null)
            {
                found.add(before);
            }
        }
        final MissingRange behind = marks.unjournaled();
        if (behind != null && behind.lastSequence() >= nextSequence && !found.contains(behind))
        {
            found.add(behind);
        }
        return found;
    }

    private Optional<TapeEnd> end(final int newest, final @Nullable RunSkim skim)
    {
        if (newest < 0)
        {
            return Optional.of(TapeEnd.of(null, 0, -1));
        }
        return skim == null || skim.failure().isPresent() ? Optional.empty() :
            Optional.of(TapeEnd.of(skim.reader().tail(), chain.directory(newest).runId(),
                skim.reader().nextSequence() - 1));
    }

    private Optional<Frontier> frontier(final @Nullable Mark mark)
    {
        if (mark == null)
        {
            return Optional.empty();
        }
        final BootId now = tape.bootId();
        final MachineStart start = now.isAnother(mark.bootId()) ? MachineStart.ANOTHER :
            now.isSame(mark.bootId()) ? MachineStart.THIS : MachineStart.UNKNOWN;
        return Optional.of(
            new Frontier(mark.runId(), mark.lastSequence(), mark.fileNumber(), mark.endOffset(), start));
    }

    /** The definitions of one kind, in the order of their ids. */
    private static <T> List<T> all(final int count, final IntFunction<T> definition)
    {
        return IntStream.range(0, count).mapToObj(definition).toList();
    }

    private void check(final Runnable check)
    {
        try
        {
            check.run();
        }
        catch (final TapeException e)
        {
            add(e);
        }
    }

    private void add(final TapeException found)
    {
        if (found.kind() == Kind.IO)
        {
            throw found;
        }
        final Problem problem = new Problem(found.kind(), String.valueOf(found.getMessage()));
        if (!problems.contains(problem))
        {
            problems.add(problem);
        }
    }
}
