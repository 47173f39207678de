package io.ringtape.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.Cursored;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The steps of writer and lane in every order that matters, one by one. */
@Timeout(10)
final class PrivateGateTest
{
    private final Script ring = new Script();
    private final PrivateGate gate = new PrivateGate(ring, true);
    private final EvictableGates gates = new EvictableGates(new PrivateGate[]{gate}, 8, -1);

    @Test
    void shouldStandAtTheCursorFirst()
    {
        assertEquals(-1, gate.position());
        assertFalse(gate.isAway());
        assertTrue(gate.isEvictable());
    }

    @Test
    void shouldRefuseTheEndOfACopyDuringWhichItWasEvicted()
    {
        assertTrue(gate.evict(-1));

        assertFalse(gate.advance(-1, 3));

        assertTrue(gate.isAway());
        assertEquals(1, gate.counts().evictions());
    }

    @Test
    void shouldRefuseToEvictFromAPlaceThatTheLaneHasLeft()
    {
        assertTrue(gate.advance(-1, 3));

        assertFalse(gate.evict(-1));

        assertEquals(3, gate.position());
        assertEquals(0, gate.counts().evictions());
    }

    @Test
    void shouldEvictOnlyWhatHoldsAClaimBack()
    {
        gates.makeRoom(-1, 8);
        assertEquals(-1, gate.position());

        gates.makeRoom(7, 1);
        assertTrue(gate.isAway());
    }

    @Test
    void shouldKeepTheRoomThatALaneGaveBack()
    {
        gate.advance(-1, 4);

        gates.makeRoom(7, 5);
        assertEquals(4, gate.position());

        gates.makeRoom(12, 1);
        assertTrue(gate.isAway());
    }

    @Test
    void shouldComeBackAtTheCursor()
    {
        gate.evict(-1);
        ring.then(40, 40);

        assertEquals(40, gate.rejoin());
        assertEquals(40, gate.position());
    }

    @Test
    void shouldComeBackWhereTheCursorIsOnceTheGateShows()
    {
        gate.evict(-1);
        // The writer goes on between the look at the cursor and the gate, and counts on no lane below 90.
        ring.then(40, 90);

        assertEquals(90, gate.rejoin());
        assertEquals(90, gate.position());
    }

    @Test
    void shouldComeBackAgainWhereItIsEvictedOnItsWayBack()
    {
        gate.evict(-1);
        ring.then(40, 90, 95, 95);
        // Between the gate's store at 40 and its move to 90.
        ring.atLook(2, () -> assertTrue(gate.evict(40)));

        assertEquals(95, gate.rejoin());
        assertEquals(95, gate.position());
        assertEquals(2, gate.counts().evictions());
    }

    @Test
    void shouldCountALaneThatIsAwayAsOneAtTheCursor()
    {
        gate.evict(-1);
        gates.makeRoom(20, 1);
        // Unseen by the writer it comes back at the lowest place that there is.
        ring.then(20, 20);
        gate.rejoin();

        gates.makeRoom(27, 1);
        assertEquals(20, gate.position());
        gates.makeRoom(28, 1);

        assertTrue(gate.isAway());
    }

    @Test
    void shouldHoldNothingOnceItHasLeft()
    {
        gate.leave();

        gates.makeRoom(100, 8);

        assertTrue(gate.isAway());
        assertEquals(0, gate.counts().evictions());
    }

    @Test
    void shouldLookAtEachOfSeveralLanes()
    {
        final PrivateGate other = new PrivateGate(ring, true);
        final EvictableGates both = new EvictableGates(new PrivateGate[]{gate, other}, 8, -1);
        other.advance(-1, 5);

        both.makeRoom(7, 2);

        assertTrue(gate.isAway());
        assertEquals(5, other.position());
        both.makeRoom(9, 4);
        assertEquals(5, other.position());
        both.makeRoom(13, 1);
        assertTrue(other.isAway());
    }

    /** A cursor that is where the test says at each look. */
    private static final class Script implements Cursored
    {
        private final Deque<Long> looks = new ArrayDeque<>();
        private Runnable action = () ->
        {
        };
        private int actionAt = -1;
        private int count;

        void then(final long... cursors)
        {
            looks.clear();
            count = 0;
            for (final long cursor : cursors)
            {
                looks.add(cursor);
            }
        }

        void atLook(final int look, final Runnable runnable)
        {
            actionAt = look;
            action = runnable;
        }

        @Override
        public long getCursor()
        {
            count++;
            if (count == actionAt)
            {
                action.run();
            }
            final Long next = looks.poll();
            return next == null ? -1 : next;
        }
    }
}
