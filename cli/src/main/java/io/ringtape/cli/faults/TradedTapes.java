package io.ringtape.cli.faults;

import io.ringtape.bus.EventBus;
import io.ringtape.cli.faults.GatewayPlan.Point;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.GatewaySideFile;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Tapes of runs that trade: their sources, and a next run that puts on tape what the gateway of an earlier one kept.
 */
final class TradedTapes
{
    /** The source of the strategy. */
    static final int STRATEGY = 1;
    /** The source of the gateway. */
    static final int GATEWAY = 2;
    private static final int ACCOUNT = 1;
    private static final int EVENTS = 16;

    private TradedTapes()
    {
    }

    static Definitions definitions()
    {
        final Definitions definitions = FaultTapes.definitions();
        definitions.add(new SourceDefinition(STRATEGY, SourceDefinition.Kind.STRATEGY, "trader", ACCOUNT, 0, 0));
        definitions.add(new SourceDefinition(GATEWAY, SourceDefinition.Kind.GATEWAY, "venue", 0, 0, 0));
        return definitions;
    }

    /** Makes what the gateway of an earlier run kept this run's, as a recording does before it has a bus. */
    static void claim(final GatewaySideFile side, final Definitions definitions, final PointEnd end)
    {
        if (side.pendingCount() > 0)
        {
            final SourceDefinition source = new SourceDefinition(definitions.sourceCount(),
                SourceDefinition.Kind.GATEWAY, GatewaySideFile.SOURCE_NAME, 0, 0, 0);
            definitions.add(source);
            side.claim(source, FaultTapes.START_NS);
            end.at(Point.CLAIMED);
        }
    }

    /** Puts it on the ring, ahead of all else. */
    static void publish(final GatewaySideFile side, final EventBus bus, final PointEnd end)
    {
        side.publish((batch) ->
        {
            end.at(Point.PUBLISHING);
            return bus.writer().publishInStep(batch);
        });
        end.at(Point.PUBLISHED);
    }

    /**
     * A run that does both, and ends in order.
     *
     * @return how many events were still kept, and on no tape.
     * @throws FaultFailure if it does not end in order.
     */
    static int nextRun(final Path tape)
    {
        final Definitions definitions = definitions();
        try (TapeWriter writer = TapeWriter.open(tape, FaultTapes.CONFIG, definitions, () -> FaultTapes.START_NS);
            GatewaySideFile side = GatewaySideFile.open(tape, writer, definitions, false))
        {
            final int pending = side.pendingCount();
            claim(side, definitions, PointEnd.NEVER);
            final EventBus bus = EventBus.builder().firstSequence(writer.firstSequence())
                .idle(new BackoffIdleStrategy())
                .lane(BusRows.lane("tape").rangeHandler("recorder", writer).build()).build();
            bus.start();
            publish(side, bus, PointEnd.NEVER);
            final EventBatch packet = new EventBatch(EVENTS);
            for (int i = 0; i < EVENTS; i++)
            {
                FaultTapes.fill(packet.append(), i);
            }
            bus.writer().publish(packet);
            FaultFailure.require(bus.close(BusRows.CLOSE_LIMIT_NS), "bus was not drained: fault=" + bus.fault());
            writer.close(FaultTapes.SUMMARY);
            side.settle();
            return pending;
        }
    }
}
