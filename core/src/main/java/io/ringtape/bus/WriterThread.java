package io.ringtape.bus;

import org.agrona.concurrent.IdleStrategy;

/**
 * The bus's own writer thread: polls until the bus no longer runs, then finishes. A close waits for its end.
 */
final class WriterThread implements Runnable
{
    private final BusControl control;
    private final Writer writer;
    private final WriterCore core;
    private final WriterDuty duty;
    private final IdleStrategy idle;
    private volatile boolean ended;

    WriterThread(
        final BusControl control, final Writer writer, final WriterCore core, final WriterDuty duty,
        final IdleStrategy idle)
    {
        this.control = control;
        this.writer = writer;
        this.core = core;
        this.duty = duty;
        this.idle = idle;
    }

    /**
     * Ends the writer's part where the thread cannot be started; the inline lanes were not started either.
     */
    void cancel()
    {
        core.stopInline();
        ended = true;
    }

    @Override
    public void run()
    {
        try
        {
            core.startInline();
            while (control.isRunning())
            {
                idle.idle(duty.poll(writer));
            }
        }
        catch (final BusHaltedException e)
        {
            // The fault is on the bus and was reported; the thread has nothing to add.
            control.halt(null);
        }
        catch (final Throwable t)
        {
            // Inputs are guarded one by one: what gets here had not even the memory left to describe its fault.
            control.halt(null);
            throw t;
        }
        finally
        {
            try
            {
                duty.finish(core, idle);
            }
            finally
            {
                ended = true;
            }
        }
    }

    boolean hasEnded()
    {
        return ended;
    }
}
