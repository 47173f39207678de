package io.ringtape.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class WriterRoleTest
{
    private final WriterRole role = new WriterRole(new BusControl((fault) ->
    {
    }, System::nanoTime));
    private final Probe holder = new Probe();
    private final Probe successor = new Probe();

    @Test
    void shouldSettleTheThreadThatPublishes()
    {
        role.assign(holder);

        role.settle();

        assertEquals(1, holder.stops);
    }

    @Test
    void shouldSettleTheSuccessorOnceTheRoleIsTakenOver()
    {
        role.assign(holder);
        role.takeOver(successor);

        role.settle();

        assertEquals(0, holder.stops);
        assertEquals(1, successor.stops);
    }

    @Test
    void shouldSettleTheSuccessorWhereNobodyHeldTheRole()
    {
        role.takeOver(successor);

        role.settle();

        assertEquals(1, successor.stops);
    }

    /** Counts how often its stack is asked for, which is what brings a thread to a safepoint. */
    private static final class Probe extends Thread
    {
        private int stops;

        @Override
        public StackTraceElement[] getStackTrace()
        {
            stops++;
            return super.getStackTrace();
        }
    }
}
