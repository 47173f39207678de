package io.ringtape.cli.session;

import io.ringtape.backtest.FeeSchedule;
import io.ringtape.backtest.QueueModel;
import io.ringtape.backtest.SimulatedGateway;
import io.ringtape.bus.EventBus;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.Gateway;
import io.ringtape.gateway.GatewayHandler;
import io.ringtape.gateway.LoopbackGateway;
import io.ringtape.gateway.SafeModeStore;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeOutageListener;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import org.agrona.concurrent.EpochNanoClock;

/**
 * What a recording makes of its setup: the tape's writer, the gateway, and what keeps answers. Who has a gateway of his
 * own, or a device that fails, puts it in here; all else of the recording stays what it is.
 * <p>
 * Thread safety: called by the writer's thread, while it sets the recording up.
 * Allocation: cold.
 */
public interface RecordParts
{
    /** Those of the command. */
    RecordParts REAL = new RecordParts()
    {
    };

    /**
     * Opens the tape.
     *
     * @param journal     its directory.
     * @param config      how it is written.
     * @param definitions of the run.
     * @param clock       of its blocks.
     * @param outages     hears where it is away.
     * @return a run that has been started.
     */
    default TapeWriter tape(
        final Path journal, final TapeConfig config, final Definitions definitions, final EpochNanoClock clock,
        final TapeOutageListener outages)
    {
        return TapeWriter.open(journal, config, definitions, clock, outages);
    }

    /**
     * Makes the gateway.
     *
     * @param venue       that was asked for; not none.
     * @param definitions of the run.
     * @param source      of the answers.
     * @param answers     takes them.
     * @return the gateway.
     */
    default Gateway gateway(
        final GatewaySetup.Venue venue, final Definitions definitions, final SourceDefinition source,
        final EventPublisher answers)
    {
        return venue == GatewaySetup.Venue.LOOPBACK ? new LoopbackGateway(source, answers) :
            new SimulatedGateway(definitions, source, QueueModel.EXACT_BY_ORDER_ID, FeeSchedule.FREE, answers);
    }

    /**
     * What safe mode keeps answers in.
     *
     * @param side the side file beside the tape.
     * @return the same, or what stands in front of it.
     */
    default SafeModeStore store(final SafeModeStore side)
    {
        return side;
    }

    /**
     * How long answers are waited for, in safe mode and at an orderly end.
     *
     * @return nanoseconds.
     */
    default long answerLimitNs()
    {
        return GatewayHandler.DEFAULT_ANSWER_LIMIT_NS;
    }

    /**
     * The bus of the recording is made and has not started.
     *
     * @param bus of the recording.
     */
    default void connect(final EventBus bus)
    {
        // Nothing of the command's needs it.
    }
}
