package io.ringtape.cli.faults;

import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.faults.GatewayPlan.Fault;
import io.ringtape.cli.faults.GatewayPlan.Point;
import io.ringtape.cli.faults.VenueLink.Frame;
import io.ringtape.cli.report.OrderFlow;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.session.RecordLayout;
import io.ringtape.cli.session.RecordParts;
import io.ringtape.cli.session.RecordSession;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.Gateway;
import io.ringtape.gateway.SafeModeStore;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.DeviceFaults;
import io.ringtape.journal.GatewaySideFile;
import io.ringtape.journal.KillScope;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeOutageListener;
import io.ringtape.journal.TapeWriter;
import io.ringtape.order.KillReason;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.EpochNanoClock;

/**
 * A process that records as the command does, and trades with a venue in its parent: it puts on tape what an earlier
 * run's gateway kept, sends and cancels orders, and fails, or ends, where it is told to. All of it but the venue, the
 * device and the faults is the recording's own. It is made to be halted and killed, by rows of the fault matrix only.
 * <p>
 * Thread safety: for the main thread of a child JVM.
 * Allocation: as it needs.
 */
public final class GatewayChild
{
    private static final DeviceFaults WELL = new DeviceFaults()
    {
    };
    /** Nobody has stopped it by then. */
    private static final long MAX_EVENTS = 4_000_000;
    private static final Pattern SAFE_MODE =
        Pattern.compile("gateway in safe mode: cancels=(\\d+) kept=\\d+ open=(\\d+) .*?sent=\\d+( failure=.*)?");

    private final AtomicReference<EventBus> ownBus = new AtomicReference<>();
    private final AtomicReference<TapeWriter> ownTape = new AtomicReference<>();
    private final AtomicReference<Matcher> safeMode = new AtomicReference<>();
    private final Definitions definitions = new Definitions();
    private final Path tape;
    private final GatewayPlan plan;
    private final GatewayParts parts;
    private final SplittableRandom random;
    private final PointEnd end;
    private final Optional<DyingDevice> dying;
    private final VenueLink link = new VenueLink(System.in, new FileOutputStream(FileDescriptor.out));

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
     * Trades until the recording halts or ends, or the process is killed or ends itself.
     *
     * @param arguments the directory of the tape and a {@link GatewayPlan}.
     * @throws IOException      if the parent has gone.
     * @throws CaptureException never.
     */
    public static void main(final String[] arguments) throws IOException, CaptureException
    {
        run(arguments, GatewayParts.REAL);
    }

    static void run(final String[] arguments, final GatewayParts parts) throws IOException, CaptureException
    {
        final List<String> words = Arrays.asList(arguments);
        new GatewayChild(Path.of(words.get(0)), GatewayPlan.of(words.subList(1, words.size())), parts).record();
    }

    private void record() throws IOException, CaptureException
    {
        arm();
        try (Capture session = DemoSession.open(MAX_EVENTS, plan.seed(), definitions))
        {
            final RecordReport report = new RecordSession(definitions, new PacketCapture(session, plan, random.split()),
                TradedTapes.context(this::note), FaultTrader.setup(random.split()),
                new GatewaySetup(GatewaySetup.Venue.LOOPBACK, parts.isWaiting() ? plan.ahead() : WriteAhead.OFF),
                new Parts()).run(tape, layout(), OnBadInput.KEEP,
                    FaultTapes.CONFIG.withDurability(plan.durability()));
            if (plan.fault() == Fault.END)
            {
                link.say(new Frame(VenueLink.DONE, 0, report.orders().map(OrderFlow::openAtEnd).orElse(-1), 0, 0));
            }
        }
        catch (final RuntimeException e)
        {
            // That is what it was started for, where safe mode has come to its end.
            final Matcher said = safeMode.get();
            if (said == null)
            {
                throw e;
            }
            System.err.println(said.group());
            link.say(new Frame(VenueLink.DONE, 0, Long.parseLong(said.group(2)), said.group(3) == null ? 0 : 1,
                Long.parseLong(said.group(1))));
        }
    }

    // The fault of the run before has stopped everybody.
    private void arm()
    {
        if (Files.exists(tape))
        {
            try (ControlFile control = ControlFile.open(tape))
            {
                control.change(false, KillScope.ALL, KillReason.HAND, FaultTapes.START_NS);
            }
        }
    }

    private void note(final String line)
    {
        final Matcher said = SAFE_MODE.matcher(line);
        if (said.matches())
        {
            safeMode.set(said);
        }
    }

    private RecordLayout layout()
    {
        final boolean isOnTapeLane = random.nextBoolean();
        final EventHandler points = new Points();
        final EventHandler failing = new Failing();
        final EventHandler both = (event) ->
        {
            points.onEvent(event);
            failing.onEvent(event);
        };
        return new RecordLayout(random.nextBoolean(), Optional.of(isOnTapeLane ? points : both),
            isOnTapeLane ? Optional.of(failing) : Optional.empty());
    }

    private boolean isOfEarlierRun(final int sourceId)
    {
        return definitions.source(sourceId).name().equals(GatewaySideFile.SOURCE_NAME);
    }

    /** What the recording is made of here. */
    private final class Parts implements RecordParts
    {
        @Override
        public TapeWriter tape(
            final Path journal, final TapeConfig config, final Definitions own, final EpochNanoClock clock,
            final TapeOutageListener outages)
        {
            final TapeWriter writer = DeviceFaults.open(journal, config, own, clock, device());
            ownTape.set(writer);
            return writer;
        }

        private DeviceFaults device()
        {
            if (dying.isPresent())
            {
                return dying.get();
            }
            return plan.point() == Point.STEP ? new HaltingDevice(plan.step().name(), plan.nth(), 0) : WELL;
        }

        @Override
        public Gateway gateway(
            final GatewaySetup.Venue venue, final Definitions own, final SourceDefinition source,
            final EventPublisher answers)
        {
            if (isOfEarlierRun(own.sourceCount() - 1))
            {
                end.at(Point.CLAIMED);
            }
            final TapeWriter writer = ownTape.get();
            final LinkGateway line = new LinkGateway(link, () -> ownBus.get().state() == BusState.HALTED,
                plan.ahead() == WriteAhead.DURABLE ? writer::durableSequence : writer::journaledSequence,
                plan.fault() == Fault.GATEWAY ? plan.at() : 0);
            line.answer(source, answers);
            return parts.gateway().apply(line);
        }

        @Override
        public SafeModeStore store(final SafeModeStore side)
        {
            return new KeepingStore(parts.store().apply(side), link, end);
        }

        @Override
        public long answerLimitNs()
        {
            return parts.answerNs();
        }

        @Override
        public void connect(final EventBus bus)
        {
            ownBus.set(bus);
        }
    }

    /** Comes to the points that lie on the order lane. */
    private final class Points implements EventHandler
    {
        private boolean hasBegun;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (hasBegun)
            {
                return;
            }
            if (event.has(EventFlags.OWN) && isOfEarlierRun(event.sourceId()))
            {
                end.at(Point.PUBLISHING);
                return;
            }
            hasBegun = true;
            end.at(Point.PUBLISHED);
            dying.ifPresent(DyingDevice::count);
        }
    }

    /** Throws, or halts the bus. */
    private final class Failing implements EventHandler
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

        private void fail()
        {
            if (plan.fault() == Fault.HANDLER)
            {
                throw new IllegalStateException("made by a fault row");
            }
            ownBus.get().halt();
        }
    }
}
