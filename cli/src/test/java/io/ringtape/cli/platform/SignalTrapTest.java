package io.ringtape.cli.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SignalTrapTest
{
    @Test
    void shouldTurnASignalIntoAStop() throws Exception
    {
        final StopSignal stop = new StopSignal();
        try (SignalTrap trap = SignalTrap.open(stop))
        {
            assertSame(stop, trap.stop());
            assertFalse(stop.isRequested());

            // A real signal from outside: it would end the JVM of the tests if nobody caught it.
            kill("TERM");

            while (!stop.isRequested())
            {
                Thread.onSpinWait();
            }
        }
        assertTrue(stop.isRequested());
    }

    @Test
    void shouldGiveTheSignalsBack() throws Exception
    {
        final StopSignal outer = new StopSignal();
        final StopSignal inner = new StopSignal();
        try (SignalTrap trap = SignalTrap.open(outer))
        {
            SignalTrap.open(inner).close();
            // Not INT: whoever is started in the background has that ignored, and a JVM leaves it so.
            kill("TERM");

            while (!trap.stop().isRequested())
            {
                Thread.onSpinWait();
            }
        }

        assertFalse(inner.isRequested());
    }

    private static void kill(final String signal) throws IOException, InterruptedException
    {
        final Process kill = new ProcessBuilder(
            "sh", "-c", "kill -" + signal + " " + ProcessHandle.current().pid()).start();
        assertEquals(0, kill.waitFor());
    }
}
