package io.ringtape.journal;

import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SourceDefinition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a tape says of itself without being read: its headers, manifests, marks and a skim of its last file. That
 * nothing is wrong with those does not make the tape whole, see {@link Tape#verify()}.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param runs        from the first on.
 * @param instruments of the newest run, as far as it is whole.
 * @param sources     of the newest run, as far as it is whole.
 * @param settings    of the newest run, as far as it is whole.
 * @param unjournaled what the bus used while the tape was away, from the first on.
 * @param lost        what was lost with the machine, from the first on.
 * @param sizeBytes   of all files.
 * @param journaled   what survives the process; empty if it cannot be told.
 * @param durable     what survives the machine; empty if it cannot be told.
 * @param owner       the live process that writes the tape, or empty.
 * @param end         how the tape ends; empty if it is damaged there.
 * @param problems    what is damaged or missing, in the order in which it was found.
 * @param notes       what a killed process left and is none of the problems, one line each.
 * @param keptEvents  that a gateway kept beside the tape and that are on none: the next run puts them on tape first;
 *                    empty while the tape is written, or if it cannot be told.
 */
public record TapeInfo(
    List<Run> runs,
    List<InstrumentDefinition> instruments,
    List<SourceDefinition> sources,
    List<SettingsDefinition> settings,
    List<MissingRange> unjournaled,
    List<Lost> lost,
    long sizeBytes,
    Optional<Frontier> journaled,
    Optional<Frontier> durable,
    Optional<TapeOwner> owner,
    Optional<TapeEnd> end,
    List<Problem> problems,
    List<String> notes,
    OptionalLong keptEvents)
{
    /**
     * Makes the lists its own.
     */
    public TapeInfo
    {
        runs = List.copyOf(runs);
        instruments = List.copyOf(instruments);
        sources = List.copyOf(sources);
        settings = List.copyOf(settings);
        unjournaled = List.copyOf(unjournaled);
        lost = List.copyOf(lost);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * A run.
     *
     * @param runId         from 1.
     * @param firstSequence of the first event that it can hold; empty if that cannot be told.
     * @param lastSequence  of its events, one below the first if it has none; empty if that cannot be told.
     * @param startTimeNs   when it was opened, ns since the epoch, UTC; empty if its header is not whole.
     * @param isClosed      whether it was closed in order.
     * @param sizeBytes     of all its files.
     * @param files         in order of their numbers, those that were removed or are missing among them.
     */
    public record Run(
        long runId,
        OptionalLong firstSequence,
        OptionalLong lastSequence,
        OptionalLong startTimeNs,
        boolean isClosed,
        long sizeBytes,
        List<File> files)
    {
        /**
         * Makes the list its own.
         */
        public Run
        {
            files = List.copyOf(files);
        }
    }

    /**
     * A file of a run.
     *
     * @param number        from 0 in its run.
     * @param name          of the file.
     * @param state         whether it is there, and whether it can still change.
     * @param firstSequence of the first event that it can hold; empty if that cannot be told.
     * @param lastSequence  of its events, one below the first if it has none; empty if that cannot be told.
     * @param endOffset     where its last document ends, in bytes; empty if that cannot be told.
     * @param lengthBytes   as it is, or as it was when it was removed; 0 if it is missing.
     */
    public record File(
        long number,
        String name,
        FileState state,
        OptionalLong firstSequence,
        OptionalLong lastSequence,
        OptionalLong endOffset,
        long lengthBytes)
    {
    }

    /**
     * Whether a file is there, and whether it can still change.
     */
    public enum FileState
    {
        /** Being written, or left as it was by a process that was killed. */
        OPEN("open"),
        /** Full, and not sealed. */
        FINISHED("finished"),
        /** Cut at its end, read-only and hashed. */
        SEALED("sealed"),
        /** Taken away to make room. */
        REMOVED("removed"),
        /** Not there, although nobody took it away in order. */
        MISSING("missing");

        private final String text;

        FileState(final String text)
        {
            this.text = text;
        }

        /**
         * The state as commands print it.
         *
         * @return one word in lower case.
         */
        public String text()
        {
            return text;
        }
    }

    /**
     * How far the tape was when a mark was set.
     *
     * @param runId        of the run; -1 if the tape had none.
     * @param lastSequence of the tape; -1 if it had no event.
     * @param fileNumber   of the file in the run; -1 if the tape had no run.
     * @param endOffset    of the last document in the file.
     * @param machineStart when it was set.
     */
    public record Frontier(
        long runId, long lastSequence, long fileNumber, long endOffset, MachineStart machineStart)
    {
    }

    /**
     * Since which start of the machine something holds.
     */
    public enum MachineStart
    {
        /** The machine has not started again since. */
        THIS("this"),
        /** The machine has started again since. */
        ANOTHER("another"),
        /** The system does not tell. */
        UNKNOWN("unknown");

        private final String text;

        MachineStart(final String text)
        {
            this.text = text;
        }

        /**
         * The start as commands print it.
         *
         * @return one word in lower case.
         */
        public String text()
        {
            return text;
        }
    }

    /**
     * Sequences that were journaled, were not durable and were lost with the machine; the next run gave them again.
     *
     * @param nextRunId     of that run.
     * @param firstSequence of the range, 0 or more.
     * @param lastSequence  of the range, inclusive.
     */
    public record Lost(long nextRunId, long firstSequence, long lastSequence)
    {
        /**
         * The loss as messages print it.
         *
         * @return one line.
         */
        public String text()
        {
            return "lost with the machine: sequences " + firstSequence + ".." + lastSequence + " before run=" +
                nextRunId + ", which gives them again";
        }
    }

    /**
     * Something that is damaged or missing.
     *
     * @param kind what it is.
     * @param text one line.
     */
    public record Problem(TapeException.Kind kind, String text)
    {
    }
}
