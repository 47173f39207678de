package io.ringtape.replay;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * Records runs in which every tenth input is answered by a cancel at its price, and makes the handlers that answer so.
 */
final class EchoTape
{
    static final long BOOK_HASH = 99;

    private static final int BLOCK = 64;
    private static final int INTERVAL = 10;

    private final Path directory;

    EchoTape(final Path directory)
    {
        this.directory = directory;
    }

    /**
     * Records a run.
     *
     * @param inputs   how many input events; a tenth as many outputs come on top.
     * @param bookHash for the trailer.
     * @param closed   whether the run gets a trailer.
     */
    void record(final int inputs, final long bookHash, final boolean closed)
    {
        final EventHashes hashes = new EventHashes();
        try (TapeWriter tape = open())
        {
            write(tape, inputs, hashes);
            if (closed)
            {
                tape.close(new RunSummary(
                    hashes.inputCount(), hashes.ownCount(), hashes.eventHash(), hashes.outputHash(), bookHash));
            }
        }
    }

    /**
     * Records the start of a run that goes on.
     *
     * @param inputs how many input events; a tenth as many outputs come on top.
     * @return the writer, which holds the tape.
     */
    TapeWriter recordLive(final int inputs)
    {
        final TapeWriter tape = open();
        write(tape, inputs, new EventHashes());
        return tape;
    }

    private TapeWriter open()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "venue", 0, 0, 0));
        definitions.add(new SourceDefinition(1, SourceDefinition.Kind.STRATEGY, "echo", 0, 0, 0));
        definitions.add(new InstrumentDefinition(0, "SYM", 0, -9, 0, BookKind.MBO, 0, 0, 0, 1));
        return TapeWriter.open(directory, TapeConfig.defaults(), definitions, SystemEpochNanoClock.INSTANCE);
    }

    private static void write(final TapeWriter tape, final int inputs, final EventHashes hashes)
    {
        final EventBatch block = new EventBatch(BLOCK);
        long sequence = tape.firstSequence();
        for (int i = 0; i < inputs; i++)
        {
            final long cause = sequence;
            hashes.onEvent(input(block.append(), i).sequence(sequence++));
            if (isAnswered(i))
            {
                hashes.onEvent(output(block.append(), cause, i, price(i)).sequence(sequence++));
            }
            if (block.count() >= BLOCK - 1)
            {
                flush(tape, block, sequence);
            }
        }
        flush(tape, block, sequence);
    }

    private static void flush(final TapeWriter tape, final EventBatch block, final long next)
    {
        if (block.count() > 0)
        {
            tape.onRange(block.buffer(), 0, next - block.count(), block.count());
            block.clear();
        }
    }

    private static boolean isAnswered(final long ordinal)
    {
        return ordinal % INTERVAL == 0;
    }

    private static long price(final long ordinal)
    {
        return 1_000 + ordinal;
    }

    private static OrderBookEvent input(final OrderBookEvent event, final int ordinal)
    {
        return event.type(EventType.ORDER_ADD).flags(Side.BID | EventFlags.LAST).orderId(ordinal).price(price(ordinal))
            .quantity(1).eventTimeNs(ordinal).receiveTimeNs(ordinal);
    }

    private static OrderBookEvent output(
        final OrderBookEvent event, final long cause, final long ordinal, final long price)
    {
        return event.type(EventType.OWN_CANCEL).flags(Side.BID | EventFlags.OWN | EventFlags.LAST).sourceId(1)
            .orderId(ordinal).price(price).quantity(1).sourceSequence(cause).eventTimeNs(ordinal)
            .receiveTimeNs(ordinal);
    }

    /**
     * Answers as the recording did, but for one input, and for one that the recording did not answer.
     */
    static final class Handlers implements ReplayHandlers
    {
        private final EventBatch batch = new EventBatch(1);
        private final EventPublisher outbox;
        private final long wrongOrdinal;
        private final long extraOrdinal;
        private long inputs;
        private long inputsBeforeRange;

        /**
         * Handlers.
         *
         * @param outbox       gets the answers.
         * @param wrongOrdinal the input that is answered with another price; -1 for none.
         */
        Handlers(final EventPublisher outbox, final long wrongOrdinal)
        {
            this(outbox, wrongOrdinal, -1);
        }

        /**
         * Handlers.
         *
         * @param outbox       gets the answers.
         * @param wrongOrdinal the input that is answered with another price; -1 for none.
         * @param extraOrdinal the input that is answered although the recording did not; -1 for none.
         */
        Handlers(final EventPublisher outbox, final long wrongOrdinal, final long extraOrdinal)
        {
            this.outbox = outbox;
            this.wrongOrdinal = wrongOrdinal;
            this.extraOrdinal = extraOrdinal;
        }

        @Override
        public void onRangeStart()
        {
            inputsBeforeRange = inputs;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.has(EventFlags.OWN))
            {
                return;
            }
            inputs++;
            final long ordinal = event.orderId();
            if (isAnswered(ordinal) || ordinal == extraOrdinal)
            {
                batch.clear();
                final long price = ordinal == wrongOrdinal ? event.price() + 1 : event.price();
                output(batch.append(), event.sequence(), ordinal, price);
                outbox.offer(batch);
            }
        }

        @Override
        public long bookHash()
        {
            return BOOK_HASH;
        }

        long inputs()
        {
            return inputs;
        }

        long inputsBeforeRange()
        {
            return inputsBeforeRange;
        }
    }
}
