package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The hashes of a run do not depend on where own and void events fell between the input events. */
final class EventHashesPropertyTest
{
    @Property(tries = 300)
    void shouldNotDependOnWhereOwnEventsFell(
        @ForAll @Size(max = 60) final List<@IntRange(max = 2) Integer> ownEventsByInput,
        @ForAll final long firstSeed, @ForAll final long secondSeed)
    {
        final EventHashes first = run(ownEventsByInput, new Random(firstSeed));
        final EventHashes second = run(ownEventsByInput, new Random(secondSeed));

        assertEquals(first.eventHash(), second.eventHash());
        assertEquals(first.outputHash(), second.outputHash());
        assertEquals(ownEventsByInput.size(), first.inputCount());
        assertEquals(ownEventsByInput.stream().mapToInt(Integer::intValue).sum(), second.ownCount());
    }

    @Property(tries = 100)
    void shouldAddARangeAsItsEventsOneByOne(
        @ForAll @Size(max = 60) final List<@IntRange(max = 2) Integer> ownEventsByInput, @ForAll final long seed,
        @ForAll @IntRange(min = 1, max = 20) final int rangeCount)
    {
        final List<OrderBookEvent> tape = tape(ownEventsByInput, new Random(seed));
        final EventHashes oneByOne = new EventHashes();
        tape.forEach(oneByOne::onEvent);

        final EventHashes ranges = new EventHashes();
        final EventHashes inputsFirst = new EventHashes();
        final EventBatch range = new EventBatch(rangeCount);
        for (int i = 0; i < tape.size(); i++)
        {
            range.append().copyFrom(tape.get(i));
            if (range.count() == rangeCount || i == tape.size() - 1)
            {
                ranges.onRange(range.buffer(), 0, range.event(0).sequence(), range.count());
                addInputsFirst(inputsFirst, range);
                range.clear();
            }
        }

        assertEquals(oneByOne.eventHash(), ranges.eventHash());
        assertEquals(oneByOne.outputHash(), ranges.outputHash());
        assertEquals(oneByOne.inputCount(), ranges.inputCount());
        assertEquals(oneByOne.ownCount(), ranges.ownCount());
        assertEquals(oneByOne.eventHash(), inputsFirst.eventHash());
        assertEquals(oneByOne.outputHash(), inputsFirst.outputHash());
        assertEquals(oneByOne.inputCount(), inputsFirst.inputCount());
    }

    // As a replay does it: the inputs of a block at once, then what is own or void, one by one.
    private static void addInputsFirst(final EventHashes hashes, final EventBatch range)
    {
        hashes.addInputs(range.buffer(), 0, range.event(0).sequence(), range.count());
        for (int i = 0; i < range.count(); i++)
        {
            final OrderBookEvent event = range.event(i);
            if (event.has(EventFlags.OWN))
            {
                hashes.addOwn(event);
            }
            if (event.has(EventFlags.OWN) || event.type() == EventType.VOID)
            {
                hashes.pass(event.sequence());
            }
        }
    }

    @Property(tries = 100)
    void shouldBeTheSameWhenAReplayTellsItWhatItPassed(
        @ForAll @Size(max = 60) final List<@IntRange(max = 2) Integer> ownEventsByInput, @ForAll final long seed)
    {
        final List<OrderBookEvent> tape = tape(ownEventsByInput, new Random(seed));
        final EventHashes recorded = new EventHashes();
        tape.forEach(recorded::onEvent);

        final EventHashes replayed = new EventHashes();
        for (final OrderBookEvent event : tape)
        {
            if (event.has(EventFlags.OWN) || event.type() == EventType.VOID)
            {
                replayed.pass(event.sequence());
            }
            else
            {
                replayed.addInput(event);
                tape.stream().filter((own) -> own.has(EventFlags.OWN) && own.sourceSequence() == event.sequence())
                    .forEach(replayed::addOwn);
            }
        }

        assertEquals(recorded.eventHash(), replayed.eventHash());
        assertEquals(recorded.outputHash(), replayed.outputHash());
        assertEquals(recorded.ownCount(), replayed.ownCount());
    }

    private static EventHashes run(final List<Integer> ownEventsByInput, final Random random)
    {
        final EventHashes hashes = new EventHashes();
        tape(ownEventsByInput, random).forEach(hashes::onEvent);
        return hashes;
    }

    // Own events stay in the order of their causes and come any time after them; void events come anywhere.
    private static List<OrderBookEvent> tape(final List<Integer> ownEventsByInput, final Random random)
    {
        final List<OrderBookEvent> tape = new ArrayList<>();
        final Deque<int[]> waiting = new ArrayDeque<>();
        final List<Long> sequenceOfInput = new ArrayList<>();
        long sequence = random.nextInt(1_000);
        for (int input = 0; input < ownEventsByInput.size(); input++)
        {
            sequenceOfInput.add(sequence);
            tape.add(Events.blank().type(EventType.TRADE).sequence(sequence++).orderId(input));
            waiting.addAll(Collections.nCopies(ownEventsByInput.get(input), new int[]{input}));
            final boolean isLast = input == ownEventsByInput.size() - 1;
            while (!waiting.isEmpty() && (isLast || random.nextBoolean()))
            {
                final int cause = waiting.remove()[0];
                tape.add(Events.blank().type(EventType.OWN_NEW).flags(EventFlags.OWN).sequence(sequence++)
                    .orderId(cause).sourceSequence(sequenceOfInput.get(cause)));
                if (random.nextInt(4) == 0)
                {
                    tape.add(Events.blank().type(EventType.VOID).sequence(sequence++).orderId(random.nextLong()));
                }
            }
        }
        return tape;
    }
}
