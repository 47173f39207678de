package io.ringtape.journal;

import io.ringtape.bus.Fault;
import io.ringtape.bus.FaultListener;
import io.ringtape.bus.Stall;
import io.ringtape.bus.StallListener;
import io.ringtape.order.KillReason;
import java.util.Set;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Stops everybody when a lane that matters to orders fails or stands still, such as the order lane or the recorder's,
 * and when the writer itself fails. The kill is latched beside the tape, so the next run starts stopped.
 * <p>
 * A lane that fails comes here ahead of its safe mode, and waits for nothing: a word of the mapped file is set, which
 * survives the process, and becomes a line when the file is closed or changed next. At a stall the thread that watches
 * makes it one at once.
 * <p>
 * Thread safety: any thread.
 * Allocation: at a fault or stall only.
 */
public final class KillOnTrouble implements FaultListener, StallListener
{
    private final ControlFile file;
    private final Set<String> lanes;
    private final EpochNanoClock clock;

    /**
     * A listener for a bus.
     *
     * @param file  of the kill switch, which goes on stopping where a lane outlives its close.
     * @param lanes that matter, by name.
     * @param clock ns since the epoch, UTC; it enters no event.
     */
    public KillOnTrouble(final ControlFile file, final Set<String> lanes, final EpochNanoClock clock)
    {
        this.file = file;
        this.lanes = Set.copyOf(lanes);
        this.clock = clock;
        file.stayMapped();
    }

    @Override
    public void onFault(final Fault fault)
    {
        if (lanes.contains(fault.lane()) || fault.lane().equals(Fault.WRITER))
        {
            file.stopAll(KillReason.FAULT, clock.nanoTime());
        }
    }

    @Override
    public void onStall(final Stall stall)
    {
        if (lanes.contains(stall.lane()))
        {
            file.stopAll(KillReason.STALL, clock.nanoTime());
            file.latch();
        }
    }
}
