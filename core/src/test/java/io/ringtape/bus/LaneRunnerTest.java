package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.SingleProducerSequencer;
import io.ringtape.event.EventHandler;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class LaneRunnerTest
{
    private final BusControl control = new BusControl((fault) ->
    {
    }, System::nanoTime);

    @Test
    void shouldHaltTheBusBeforeItsOwnStateSaysSo()
    {
        final EventHandler failing = (event) ->
        {
            throw new IllegalStateException("drill");
        };
        final LaneRunner runner = new LaneRunner(
            lane("l").handler("failing", failing).build(), control,
            new SingleProducerSequencer(4, new PollingWaitStrategy()), new Slots(4));
        final Probe probe = new Probe(runner::isAttached);
        control.barriers(new SequenceBarrier[]{probe});
        control.change(BusControl.NEW, BusControl.RUNNING);
        runner.start();

        final boolean delivered = runner.deliver(0, 0);

        assertFalse(delivered);
        assertEquals(1, probe.alerts);
        // Else Writer.awaitLane finds the lane gone and the bus whole, and returns as if all were delivered.
        assertTrue(probe.wasTrue);
        assertEquals(LaneState.FAULTED, runner.state());
    }

    /** Asks something at the moment at which a halt alerts the lanes. */
    private static final class Probe implements SequenceBarrier
    {
        private final BooleanSupplier question;
        private boolean wasTrue;
        private int alerts;

        private Probe(final BooleanSupplier question)
        {
            this.question = question;
        }

        @Override
        public void alert()
        {
            alerts++;
            wasTrue = question.getAsBoolean();
        }

        @Override
        public long waitFor(final long sequence)
        {
            return -1;
        }

        @Override
        public long getCursor()
        {
            return -1;
        }

        @Override
        public boolean isAlerted()
        {
            return false;
        }

        @Override
        public void clearAlert()
        {
        }

        @Override
        public void checkAlert()
        {
        }
    }
}
