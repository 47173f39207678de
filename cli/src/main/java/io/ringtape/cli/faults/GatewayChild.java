package io.ringtape.cli.faults;

import io.ringtape.bus.BusHaltedException;
import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Frontier;
import io.ringtape.bus.Lane;
import io.ringtape.cli.faults.GatewayPlan.Fault;
import io.ringtape.cli.faults.GatewayPlan.Point;
import io.ringtape.cli.faults.VenueLink.Frame;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.gateway.GatewayHandler;
import io.ringtape.gateway.SafeModeResult;
import io.ringtape.journal.DeviceFaults;
import io.ringtape.journal.GatewaySideFile;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * A process that trades with a venue in its parent and records: it puts on tape what an earlier run's gateway kept,
 * sends and cancels orders, and fails, or ends, where it is told to. It is made to be halted and killed, by rows of the
 * fault matrix only.
 * <p>
 * Thread safety: for the main thread of a child JVM.
 * Allocation: as it needs.
 */
public final class GatewayChild
{
    private static final DeviceFaults WELL = new DeviceFaults()
    {
    };
    private static final String OUTBOX = "outbox";
    private static final String ANSWERS = "answers";
    private static final String OTHER = "other";
    private static final int INBOX_EVENTS = 256;
    private static final int RING_EVENTS = 1 << 12;
    private static final int MAX_PACKET = 16;
    /** Nobody has stopped it by then. */
    private static final int MAX_PACKETS = 100_000;
    private static final long PAUSE_NS = 20_000;
    private static final long CLOSE_LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

    private final AtomicReference<EventBus> ownBus = new AtomicReference<>();
    private final Definitions definitions = TradedTapes.definitions();
    private final Path tape;
    private final GatewayPlan plan;
    private final GatewayParts parts;
    private final SplittableRandom random;
    private final PointEnd end;
    private final Optional<DyingDevice> dying;
    private boolean isDone;

    private GatewayChild(final Path tape, final GatewayPlan plan, final GatewayParts parts)
    {
        this.tape = tape;
        this.plan = plan;
        this.parts = parts;
        random = new SplittableRandom(plan.seed());
        end = new PointEnd(plan.point(), plan.nth());
        dying = switch (plan.fault())
        {
            case FORCE, SPACE -> Optional.of(new DyingDevice(plan.at(), plan.fault() == Fault.SPACE));
            default -> Optional.empty();
        };
    }

    /**
     * Trades until the bus halts, or the process is killed or ends itself.
     *
     * @param arguments the directory of the tape and a {@link GatewayPlan}.
     * @throws IOException if the parent has gone.
     */
    public static void main(final String[] arguments) throws IOException
    {
        run(arguments, GatewayParts.REAL);
    }

    static void run(final String[] arguments, final GatewayParts parts) throws IOException
    {
        final List<String> words = Arrays.asList(arguments);
        new GatewayChild(Path.of(words.get(0)), GatewayPlan.of(words.subList(1, words.size())), parts).record();
    }

    private void record() throws IOException
    {
        final VenueLink link = new VenueLink(System.in, new FileOutputStream(FileDescriptor.out));
        try (TapeWriter writer = DeviceFaults.open(tape, FaultTapes.CONFIG.withDurability(plan.durability()),
                definitions, () -> FaultTapes.START_NS, device());
            GatewaySideFile side = GatewaySideFile.open(tape, writer, definitions, true))
        {
            record(writer, side, link);
        }
        catch (final TapeException e)
        {
            // A tape that has failed says so again when it is closed.
            if (!isDone)
            {
                throw e;
            }
        }
    }

    private DeviceFaults device()
    {
        if (dying.isPresent())
        {
            return dying.get();
        }
        return plan.point() == Point.STEP ? new HaltingDevice(plan.step().name(), plan.nth(), 0) : WELL;
    }

    private void record(final TapeWriter writer, final GatewaySideFile side, final VenueLink link) throws IOException
    {
        TradedTapes.claim(side, definitions, end);
        final LinkGateway line = new LinkGateway(link, this::isHalted, frontier(writer)::sequence,
            plan.fault() == Fault.GATEWAY ? plan.at() : 0);
        final GatewayHandler gateway = GatewayHandler
            .builder(definitions, definitions.source(TradedTapes.GATEWAY), (answers) -> parts.gateway().apply(line))
            .journaled(writer::journaledSequence)
            .store(new KeepingStore(parts.store().apply(side), link, end))
            .answerLimitNs(parts.answerNs())
            .build();
        final EventBus bus = bus(writer, gateway);
        ownBus.set(bus);
        gateway.connect(bus.inbox(ANSWERS), writer.firstSequence(), this::isHalted);
        line.answer(gateway.answers());
        bus.start();
        publish(bus, side);
        final boolean isHalted = isHalted();
        bus.close(CLOSE_LIMIT_NS);
        final Optional<SafeModeResult> result = gateway.safeMode();
        if (isHalted && result.isPresent())
        {
            result.get().failures().forEach((failure) -> System.err.println("safe mode: " + failure));
            link.say(new Frame(VenueLink.DONE, 0, result.get().openCount(), result.get().failures().size(),
                result.get().cancelCount()));
            isDone = true;
        }
    }

    private boolean isHalted()
    {
        return ownBus.get().state() == BusState.HALTED;
    }

    private EventBus bus(final TapeWriter writer, final GatewayHandler gateway)
    {
        final Lane.Builder orderLane = BusRows.lane("order").orderLane().handler("trader", new FaultTrader(
            writer.runId(), definitions.source(TradedTapes.STRATEGY), definitions, new Outbox(ownBus), random.split()));
        if (random.nextBoolean())
        {
            orderLane.inline();
        }
        final Lane.Builder gatewayLane = Lane.named("gateway").handler("gateway", gateway)
            .idle(gateway.idle(new BackoffIdleStrategy()));
        if (plan.ahead() != WriteAhead.OFF && parts.isWaiting())
        {
            gatewayLane.after(frontier(writer));
        }
        else if (random.nextBoolean())
        {
            // As a recording without write-ahead has it.
            gatewayLane.inline();
        }
        return EventBus.builder()
            .capacity(RING_EVENTS)
            .firstSequence(writer.firstSequence())
            .inbox(OUTBOX, INBOX_EVENTS)
            .inbox(ANSWERS, INBOX_EVENTS)
            .idle(new BackoffIdleStrategy())
            .lane(orderLane.build())
            .lane(BusRows.lane("tape").finishOnHalt().rangeHandler("recorder", writer).build())
            .lane(gatewayLane.build())
            .lane(BusRows.lane(OTHER).handler(OTHER, failing()).build())
            .build();
    }

    private Frontier frontier(final TapeWriter writer)
    {
        return plan.ahead() == WriteAhead.DURABLE ? writer.durable() : writer.journaled();
    }

    private EventHandler failing()
    {
        return new EventHandler()
        {
            private long left = plan.at();

            @Override
            public void onEvent(final OrderBookEvent event)
            {
                if ((plan.fault() == Fault.HANDLER || plan.fault() == Fault.HALT) && --left == 0)
                {
                    fail();
                }
            }
        };
    }

    private void fail()
    {
        if (plan.fault() == Fault.HANDLER)
        {
            throw new IllegalStateException("made by a fault row");
        }
        ownBus.get().halt();
    }

    private void publish(final EventBus bus, final GatewaySideFile side)
    {
        final EventBatch packet = new EventBatch(MAX_PACKET);
        try
        {
            TradedTapes.publish(side, bus, end);
            dying.ifPresent(DyingDevice::count);
            for (int i = 0; i < MAX_PACKETS; i++)
            {
                packet.clear();
                final int count = 1 + random.nextInt(MAX_PACKET);
                for (int j = 0; j < count; j++)
                {
                    FaultTapes.fill(packet.append(), (long)i * MAX_PACKET + j);
                }
                bus.writer().publish(packet);
                bus.writer().drainInboxes();
                InjectedPause.ofNs(PAUSE_NS);
            }
        }
        catch (final BusHaltedException e)
        {
            // That is what it was started for.
            return;
        }
    }

    /** The outbox of a strategy that is made before its bus. */
    private record Outbox(AtomicReference<EventBus> bus) implements EventPublisher
    {
        @Override
        public int offer(final EventBatch batch)
        {
            return bus.get().inbox(OUTBOX).offer(batch);
        }

        @Override
        public int offerReserved(final EventBatch batch)
        {
            return bus.get().inbox(OUTBOX).offerReserved(batch);
        }
    }
}
