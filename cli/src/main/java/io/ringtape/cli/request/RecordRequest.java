package io.ringtape.cli.request;

import io.ringtape.cli.capture.InstrumentTerms;
import io.ringtape.journal.TapeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code record} is asked for.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal    directory of the tape.
 * @param files      captures, in the order in which they are recorded, at least one.
 * @param format     of all files, empty to detect it.
 * @param onBadInput what becomes of the run when a capture turns out to be bad.
 * @param config     how the tape is written.
 * @param trading    which strategy runs, and within which limits.
 * @param gateway    which venue answers its orders, and when they may leave.
 * @param terms      tick, lot and multiplier of the instruments.
 */
public record RecordRequest(
    Path journal, List<Path> files, Optional<String> format, OnBadInput onBadInput, TapeConfig config,
    TradingSetup trading, GatewaySetup gateway, InstrumentTerms terms)
{
    /** How long a lane of a recording may stand still with work waiting: longer than a force of a slow device. */
    public static final long STALL_LIMIT_NS = 10_000_000_000L;

    /** What becomes of a run when a capture turns out to be bad on the way. */
    public enum OnBadInput
    {
        /**
         * The run is taken back: the tape is as it was before, or gone if it was made for the run. With a gateway it is
         * kept: its orders may have left.
         */
        DISCARD,
        /** What the captures gave before stays on tape, in a closed run. */
        KEEP
    }

    /**
     * Makes the list its own.
     */
    public RecordRequest
    {
        files = List.copyOf(files);
    }
}
