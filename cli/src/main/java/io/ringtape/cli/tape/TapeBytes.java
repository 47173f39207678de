package io.ringtape.cli.tape;

import io.ringtape.cli.platform.Heap;
import io.ringtape.cli.report.SessionCost;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeInfo;

/**
 * How many bytes of a tape hold the events of a range.
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
public final class TapeBytes
{
    private TapeBytes()
    {
    }

    /**
     * What a session took that recorded or read a range, and has just ended.
     *
     * @param tape      as it is now.
     * @param first     sequence of the range; -1 if it holds none.
     * @param last      sequence of the range; -1 if it holds none.
     * @param elapsedNs from the first event to the last.
     * @return its cost.
     * @throws io.ringtape.journal.TapeException if the tape cannot be read.
     */
    public static SessionCost cost(final Tape tape, final long first, final long last, final long elapsedNs)
    {
        final TapeInfo info = tape.info();
        return new SessionCost(elapsedNs, of(info, first, last), info.sizeBytes(), Heap.maxUsedBytes());
    }

    /**
     * The bytes of the files that hold a range, each up to the end of its last document: what is reserved behind it and
     * what lies beside the events is left out.
     *
     * @param info  of the tape.
     * @param first sequence of the range; -1 if it holds none.
     * @param last  sequence of the range; -1 if it holds none.
     * @return 0 or more.
     */
    static long of(final TapeInfo info, final long first, final long last)
    {
        return first < 0 ? 0 : info.runs().stream().flatMap((run) -> run.files().stream())
            .filter((file) -> file.firstSequence().orElse(Long.MAX_VALUE) <= last &&
                file.lastSequence().orElse(Long.MAX_VALUE) >= first)
            .mapToLong((file) -> file.endOffset().orElse(file.lengthBytes())).sum();
    }
}
