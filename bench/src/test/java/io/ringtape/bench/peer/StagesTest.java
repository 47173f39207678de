package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.book.Books;
import io.ringtape.event.EventBatch;
import io.ringtape.journal.StagedBlocks;
import io.ringtape.order.NewOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the rows of stages rest on; that their peers lose nothing is told by {@link PeersTest}. */
@Timeout(30)
final class StagesTest
{
    private static final int COUNT = 40 * Work.BLOCK_EVENTS;
    private static final OrderCycle CYCLE = new OrderCycle(100, 3, 5);

    @TempDir
    private Path folder;

    @Test
    void shouldEndEveryOrderAtTheCheckOfItsStage()
    {
        for (final GateStage stage : GateStage.values())
        {
            if (stage != GateStage.ORDER)
            {
                final GateMarket market = stage.market();
                long counter = 0;
                for (final NewOrder order : GateTickets.all())
                {
                    order.from(GateMarket.orderId(++counter), 0, GateMarket.ACCOUNT);

                    assertEquals(stage.answer(), market.gate().check(order), stage::name);
                }
            }
        }
    }

    @Test
    void shouldGiveEachStageOfTheGateAnAnswerOfItsOwn()
    {
        final long answers = Stream.of(GateStage.values()).filter((stage) -> stage != GateStage.ORDER)
            .mapToInt(GateStage::answer).distinct().count();

        assertEquals(5, answers);
    }

    @Test
    void shouldChangeNothingOfTheBooksOnTheWayThroughThem()
    {
        final BookStream whole = CYCLE.load(COUNT);
        final Books expected = books(whole);
        apply(expected, whole.start());
        apply(expected, whole.events());
        for (final BookStream.Source stage : List.of(
            BookStages.dispatched(CYCLE), BookStages.lookedUp(CYCLE), BookStages.written(CYCLE)))
        {
            final BookStream stream = stage.load(COUNT);
            final Books books = books(stream);
            apply(books, stream.start());

            apply(books, stream.events());

            assertEquals(expected.bookHash(), books.bookHash());
            assertEquals(0, books.refusedEvents());
        }
    }

    @Test
    void shouldLookUpOrdersThatNoBookHas()
    {
        final BookStream stream = BookStages.lookedUp(CYCLE).load(COUNT);
        final Books books = books(stream);
        apply(books, stream.start());

        apply(books, stream.events());

        assertEquals(COUNT, books.unknownOrders());
    }

    @Test
    void shouldWriteOrdersThatTheBooksHave()
    {
        final BookStream stream = BookStages.written(CYCLE).load(COUNT);
        final Books books = books(stream);
        apply(books, stream.start());

        apply(books, stream.events());

        assertEquals(0, books.unknownOrders());
        assertEquals(CYCLE.orders(), books.liveOrders());
    }

    @Test
    void shouldSeeADamagedBlockOfTheRecordersParts() throws IOException
    {
        final BlockSource source = new BlockSource();
        final Path tape = folder.resolve("tape");
        try (StagedBlocks blocks = StagedBlocks.open(tape, source.buffer(), StagedBlocks.Parts.MARK))
        {
            blocks.append(source.fillBlock(0), 0, Work.BLOCK_EVENTS);
            blocks.append(source.fillBlock(Work.BLOCK_EVENTS), Work.BLOCK_EVENTS, Work.BLOCK_EVENTS);
            final List<Integer> offsets = new ArrayList<>();
            blocks.read((buffer, offset, first, count) -> offsets.add(offset));
            assertEquals(2, offsets.size());
            assertEquals(0, offsets.get(1) % Work.EVENT_BYTES);
            try (FileChannel channel = FileChannel.open(tape.resolve("19700101-00LX.cq4"), StandardOpenOption.WRITE))
            {
                channel.write(ByteBuffer.wrap(new byte[]{42}), offsets.get(1));
            }

            final Exception thrown = assertThrows(IllegalStateException.class,
                () -> blocks.read((buffer, offset, first, count) -> offsets.add(offset)));

            assertEquals("damaged: offset=" + (offsets.get(1) - Work.EVENT_BYTES), thrown.getMessage());
        }
    }

    private static Books books(final BookStream stream)
    {
        return new Books(stream.definitions());
    }

    private static void apply(final Books books, final EventBatch events)
    {
        for (int i = 0; i < events.count(); i++)
        {
            books.onEvent(events.event(i));
        }
    }
}
