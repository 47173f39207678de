package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.TimerFixture.at;
import static io.ringtape.bus.TimerFixture.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.OrderBookEvent;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is asked for and whenever: the writer publishes the timers that a naive model does. */
final class WriterTimersPropertyTest
{
    @Property(tries = 300)
    void shouldPublishWhatTheModelDoes(@ForAll final long seed, @ForAll @IntRange(min = 1, max = 200) final int steps)
    {
        final Random random = new Random(seed);
        final Model model = new Model();
        final TimerFixture.Notes notes = new TimerFixture.Notes();
        final EventBus bus = bus(64).timers(8 * 3).inbox("in", 256)
            .lane(lane("l").inline().handler("notes", notes).build()).build();
        bus.start();
        bus.writer().publish(at(0));
        model.publish(new long[]{0});

        for (int i = 0; i < steps; i++)
        {
            step(bus, model, random);
        }

        assertEquals(model.toString(), notes.toString());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    private static void step(final EventBus bus, final Model model, final Random random)
    {
        final Writer writer = bus.writer();
        switch (random.nextInt(6))
        {
            case 0 ->
            {
                writer.poll();
                model.passes(Long.MIN_VALUE);
            }
            case 1, 2 ->
            {
                final int owner = random.nextInt(3);
                final int id = random.nextInt(8);
                final long deadlineNs =
                    random.nextInt(4) == 0 ? OrderBookEvent.NULL_PRICE : model.timeNs + random.nextInt(40) - 5;
                // A claim is a claim, also that of a request.
                model.passes(Long.MIN_VALUE);
                if (random.nextBoolean())
                {
                    writer.publish(request(owner, id, deadlineNs));
                }
                else
                {
                    bus.inbox("in").offer(request(owner, id, deadlineNs));
                    bus.inbox("in").drain();
                }
                model.request(owner, id, deadlineNs);
            }
            default ->
            {
                final long baseNs = model.timeNs;
                final long[] times = LongStream.generate(() -> baseNs + random.nextInt(20) - 6)
                    .limit(1 + random.nextInt(4)).toArray();
                model.publish(times);
                switch (random.nextInt(4))
                {
                    case 0 -> writer.publishInStep(at(times));
                    case 1 -> assertEquals(Writer.ACCEPTED, writer.tryPublish(at(times)));
                    case 2 ->
                    {
                        bus.inbox("in").offer(at(times));
                        bus.inbox("in").drain();
                    }
                    default -> writer.publish(at(times));
                }
            }
        }
    }

    /** An owner's timer. */
    private record Key(int owner, int id)
    {
    }

    /** A map of deadlines, searched from end to end. */
    private static final class Model
    {
        private static final Comparator<Map.Entry<Key, Long>> ORDER =
            Comparator.<Map.Entry<Key, Long>>comparingLong(Map.Entry::getValue)
                .thenComparingInt((entry) -> entry.getKey().owner()).thenComparingInt((entry) -> entry.getKey().id());

        private final Map<Key, Long> pending =
            new TreeMap<>(Comparator.comparingInt(Key::id).thenComparingInt(Key::owner));
        private final StringBuilder notes = new StringBuilder();
        private long timeNs;

        void request(final int owner, final int id, final long deadlineNs)
        {
            if (deadlineNs == OrderBookEvent.NULL_PRICE)
            {
                pending.remove(new Key(owner, id));
            }
            else
            {
                pending.put(new Key(owner, id), deadlineNs);
            }
        }

        void passes(final long receiveTimeNs)
        {
            final long dueNs = Math.max(timeNs, receiveTimeNs);
            while (pending.values().stream().anyMatch((deadlineNs) -> deadlineNs <= dueNs))
            {
                final Map.Entry<Key, Long> next = pending.entrySet().stream().min(ORDER).orElseThrow();
                timeNs = Math.max(timeNs, next.getValue());
                notes.append('t').append(next.getKey().owner()).append('.').append(next.getKey().id()).append('@')
                    .append(timeNs).append(' ');
                pending.remove(next.getKey());
            }
        }

        void publish(final long[] receiveTimesNs)
        {
            passes(LongStream.of(receiveTimesNs).max().orElseThrow());
            for (final long receiveTimeNs : receiveTimesNs)
            {
                timeNs = Math.max(timeNs, receiveTimeNs);
                notes.append(receiveTimeNs).append(' ');
            }
        }

        @Override
        public String toString()
        {
            return notes.toString().trim();
        }
    }
}
