package io.ringtape.bench.page;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Peer;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Row.Entrant;
import io.ringtape.bench.peer.Work;
import io.ringtape.bench.report.Report;
import io.ringtape.bench.rig.Costs;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Matrix;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Plan;
import io.ringtape.bench.rig.Statistics.Interval;
import io.ringtape.bench.rig.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/** A made-up result with every kind of row: enough to see the page without an hour of measuring. */
final class SyntheticResult
{
    private static final Interval NOTHING = new Interval(Double.NaN, Double.NaN, Double.NaN);

    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Costs> costs = new ArrayList<>();

    private SyntheticResult()
    {
        speed();
        costs();
        growth();
    }

    static Report report()
    {
        return report("");
    }

    static Report report(final String incomplete)
    {
        final SyntheticResult result = new SyntheticResult();
        return new Report(Plan.QUICK, new Machine("Model <1> & \"more\"", 2, 8L << 30, "Linux 6", "ext4",
            "Vendor 17.0.1", List.of("-Xms256m", "-Xmx256m", "--add-opens=java.base/java.lang=ALL-UNNAMED")),
            Instant.parse("2026-11-26T20:15:30Z"), "ringtape bench --quick --out results",
            new Matrix.Measured(List.copyOf(result.outcomes), List.copyOf(result.costs), incomplete));
    }

    /** Latencies of four peers of row L2, in turn a little later and with a longer tail. */
    static List<Curve> curves()
    {
        final List<Curve> curves = new ArrayList<>();
        final Random random = new Random(1);
        for (int peer = 0; peer < 4; peer++)
        {
            final Histogram latencies = new Histogram(3);
            latencies.setAutoResize(true);
            for (int i = 0; i < 100_000; i++)
            {
                final double tail = Math.pow(random.nextDouble(), -0.5 - 0.12 * peer);
                latencies.recordValue((long)Math.min(5e7, 120 * (1 + peer) * tail));
            }
            curves.add(new Curve("L2", peer, "slug" + peer, latencies));
        }
        return curves;
    }

    private void speed()
    {
        add(row("T1", "publish to handler, each event published", Measure.SPEED,
            entrant("ringtape", Row.NO_GOAL), entrant("disruptor, slots", 1), entrant("disruptor, off heap", 1),
            entrant("agrona one-to-one ring", 1), entrant("array blocking queue", Row.NO_GOAL),
            entrant("bare hop", Row.NO_GOAL)), 8.3, 13.3, 9.7, 8.5, 91, 55);
        add(row("L2", "latency at 100,000 events a second", Measure.COST,
            entrant("ringtape", Row.NO_GOAL), entrant("disruptor, slots", 1), entrant("aeron ipc", Row.NO_GOAL),
            entrant("bare hop", 1.5)), 210, 340, 800, 120);
        add(row("R1", "tape to events, every field, checksum", Measure.SPEED,
            entrant("ringtape reader", Row.NO_GOAL), entrant("chronicle, tailer an event", 5),
            entrant("raw scan, checksum", 0.9)), 9, 25, 6);
    }

    private void costs()
    {
        add(row("S1", "bytes of sealed files, 64 a block", Measure.SIZE,
            entrant("ringtape sealed files", Row.NO_GOAL), entrant("the events alone", 1.2)), 65.3, 64);
        final Row attach = row("A1", "publishing while a handler is attached", Measure.COST,
            entrant("ringtape, attached", Row.NO_GOAL), entrant("ringtape, nobody attached", 1.2));
        outcomes.add(new Outcome(
            attach, attach.peers().get(1), NOTHING, Double.NaN, Double.NaN, Verdict.NOT_MEASURABLE, 0, 0,
            "too few processors"));
        costs.add(new Costs(attach, List.of()));
    }

    private void growth()
    {
        for (int handlers = 1; handlers <= 64; handlers *= 4)
        {
            add(row("T3x" + handlers, "one lane, handlers: " + handlers, Measure.SPEED,
                entrant("ringtape, one lane", Row.NO_GOAL), entrant("one-to-one queues", 2)),
                6 + 2.1 * handlers, 9 + 3.8 * handlers);
        }
    }

    private void add(final Row row, final double... perEvent)
    {
        for (int i = 1; i < perEvent.length; i++)
        {
            final double goal = row.peers().get(i).goal();
            final Interval ratio = around(row.measure().ratio(perEvent[0], perEvent[i]));
            final Verdict measured = row.measure().isMet(ratio.low(), ratio.high(), goal) ? Verdict.MET :
                Verdict.MISSED;
            outcomes.add(new Outcome(row, row.peers().get(i), ratio, perEvent[0], perEvent[i],
                Double.isNaN(goal) ? Verdict.SHOWN : measured, 13, 2, ""));
        }
        costs.add(new Costs(row, DoubleStream.of(perEvent).mapToObj(SyntheticResult::around).toList()));
    }

    private static Interval around(final double value)
    {
        return new Interval(value, value * 0.93, value * 1.05);
    }

    private static Row row(final String id, final String what, final Measure measure, final Entrant... peers)
    {
        return new Row(id, what, measure, 2, Work.BLOCK_EVENTS, List.of(peers));
    }

    private static Entrant entrant(final String name, final double goal)
    {
        return new Entrant(name, goal, (directory) -> new NoPeer());
    }

    /** Is never run. */
    private static final class NoPeer implements Peer
    {
        @Override
        public void run(final int count)
        {
            throw new UnsupportedOperationException();
        }

        @Override
        public long checksum()
        {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close()
        {
            throw new UnsupportedOperationException();
        }
    }
}
