package io.ringtape.bus;

/**
 * What a bus counts for whoever looks at it from outside, see {@link BusCounters}. Each is a counter of Agrona: its
 * type is the {@link #typeId()}, its label the {@link #label(String)}, its owner a number that all counters of one
 * lane, inbox, frontier or gateway share.
 * <p>
 * Thread safety: immutable.
 * Allocation: none, but for {@link #label(String)}.
 */
public enum BusCounter
{
    /** Grows by 2 a copy; odd while one is under way. Always the counter with id 0. */
    LOOKS(1, Scope.BUS, "looks"),
    /** When the counters were copied last, ns since the epoch, UTC. */
    TIME(2, Scope.BUS, "timeNs"),
    /** The {@link BusState} as a code, see {@link CounterSnapshot#busState()}. */
    STATE(3, Scope.BUS, "state"),
    /** The sequence of the first event. */
    FIRST_SEQUENCE(4, Scope.BUS, "firstSequence"),
    /** The highest sequence published. */
    CURSOR(5, Scope.BUS, "cursor"),
    /** Slots of the ring. */
    CAPACITY(6, Scope.BUS, "capacity"),
    /** Events published since the start. */
    PUBLISHED(7, Scope.BUS, "published"),
    /** Of those, published as void. */
    VOIDS(8, Scope.BUS, "voids"),
    /** Claims, publishes and offers to the ring that were refused: it was full, the bus closed or halted. */
    REFUSED(9, Scope.BUS, "refused"),
    /** Lanes, and handlers of lanes, attached while the bus ran. */
    JOINS(10, Scope.BUS, "joins"),
    /** Lanes attached for which there was no room among the counters, now. */
    UNCOUNTED(11, Scope.BUS, "uncounted"),
    /** See {@link SharedWriter#waitCount()}; 0 where the bus has one writer. */
    WAITS(12, Scope.BUS, "waits"),

    /** The {@link OverflowPolicy} as a code, see {@link CounterSnapshot#policy(CounterSnapshot.Group)}. */
    LANE_POLICY(101, Scope.LANE, "policy"),
    /** The {@link FaultPolicy} as a code, see {@link CounterSnapshot#faultPolicy(CounterSnapshot.Group)}. */
    LANE_FAULT_POLICY(112, Scope.LANE, "faultPolicy"),
    /** The {@link LaneState} as a code, see {@link CounterSnapshot#laneState(CounterSnapshot.Group)}. */
    LANE_STATE(102, Scope.LANE, "state"),
    /** See {@link LaneStatus#sequence()}. */
    LANE_SEQUENCE(103, Scope.LANE, "sequence"),
    /** The {@link #CURSOR} of the same copy less the {@link #LANE_SEQUENCE}. */
    LANE_LAG(104, Scope.LANE, "lag"),
    /** See {@link LaneStatus#skippedCount()}. */
    LANE_SKIPPED(105, Scope.LANE, "skipped"),
    /** See {@link LaneStatus#shedCount()}. */
    LANE_SHED(106, Scope.LANE, "shed"),
    /** See {@link LaneStatus#conflatedCount()}. */
    LANE_CONFLATED(107, Scope.LANE, "conflated"),
    /** See {@link LaneStatus#evictionCount()}. */
    LANE_EVICTIONS(108, Scope.LANE, "evictions"),
    /** See {@link LaneStatus#faultCount()}. */
    LANE_FAULTS(109, Scope.LANE, "faults"),
    /** See {@link LaneStatus#stallCount()}. */
    LANE_STALLS(110, Scope.LANE, "stalls"),
    /** See {@link LaneStatus#spillCount()}. */
    LANE_SPILLS(111, Scope.LANE, "spills"),

    /** See {@link Inbox#depth()}. */
    INBOX_DEPTH(201, Scope.INBOX, "depth"),
    /** See {@link Inbox#mostDepth()}. */
    INBOX_CAPACITY(202, Scope.INBOX, "capacity"),
    /** See {@link Inbox#fullCount()}. */
    INBOX_FULL(203, Scope.INBOX, "full"),
    /** See {@link Inbox#refusedCount()}. */
    INBOX_REFUSED(204, Scope.INBOX, "refused"),
    /** See {@link Inbox#waitCount()}. */
    INBOX_WAITS(205, Scope.INBOX, "waits"),

    /** The last sequence that has passed the frontier. */
    FRONTIER_SEQUENCE(301, Scope.FRONTIER, "sequence"),

    /** New orders that the gateway has had: sent, or held back and answered. */
    GATEWAY_SENT(401, Scope.GATEWAY, "sent"),
    /** New orders that the outbox took and the gateway has not had. */
    GATEWAY_WAITING(402, Scope.GATEWAY, "waiting"),
    /** Of {@link #GATEWAY_SENT}, those that were held back. */
    GATEWAY_HELD_BACK(403, Scope.GATEWAY, "heldBack"),
    /** Cancels that the gateway took. */
    GATEWAY_CANCELS(404, Scope.GATEWAY, "cancels"),
    /** Cancels that had to be tried again. */
    GATEWAY_CANCEL_RETRIES(405, Scope.GATEWAY, "cancelRetries"),
    /** Answers: accepts. */
    GATEWAY_ACCEPTS(406, Scope.GATEWAY, "accepts"),
    /** Answers: rejects. */
    GATEWAY_REJECTS(407, Scope.GATEWAY, "rejects"),
    /** Answers: fills. */
    GATEWAY_FILLS(408, Scope.GATEWAY, "fills"),
    /** Answers: cancelled orders. */
    GATEWAY_CANCELLED(409, Scope.GATEWAY, "cancelled"),
    /** Orders that are open at the venue, as far as answers have come by. */
    GATEWAY_OPEN(410, Scope.GATEWAY, "open"),
    /** Events of answers that are not known to be on tape. */
    GATEWAY_UNJOURNALED(411, Scope.GATEWAY, "unjournaled"),
    /** 1 from where safe mode began, else 0. */
    GATEWAY_SAFE_MODE(412, Scope.GATEWAY, "safeMode");

    /**
     * What a counter is of.
     */
    public enum Scope
    {
        /** The bus itself; there is one. */
        BUS("bus"),
        /** A lane. */
        LANE("lane"),
        /** An inbox. */
        INBOX("inbox"),
        /** A frontier. */
        FRONTIER("frontier"),
        /** A gateway. */
        GATEWAY("gateway");

        private final String text;

        Scope(final String text)
        {
            this.text = text;
        }

        /**
         * The scope as labels name it.
         *
         * @return one word in lower case.
         */
        public String text()
        {
            return text;
        }
    }

    private final int typeId;
    private final Scope scope;
    private final String field;

    BusCounter(final int typeId, final Scope scope, final String field)
    {
        this.typeId = typeId;
        this.scope = scope;
        this.field = field;
    }

    /**
     * The type of the counter in Agrona's metadata; a stable code.
     *
     * @return 1 or more.
     */
    public int typeId()
    {
        return typeId;
    }

    /**
     * What it is of.
     *
     * @return the scope.
     */
    public Scope scope()
    {
        return scope;
    }

    /**
     * Its name within the scope.
     *
     * @return one word in camel case.
     */
    public String field()
    {
        return field;
    }

    /**
     * The label of the counter.
     *
     * @param name of the lane, inbox, frontier or gateway; {@code bus} for the bus.
     * @return for example {@code lane.sequence tape}.
     */
    public String label(final String name)
    {
        return scope.text + "." + field + " " + name;
    }
}
