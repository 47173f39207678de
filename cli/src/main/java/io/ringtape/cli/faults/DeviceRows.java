package io.ringtape.cli.faults;

import io.ringtape.journal.DeviceFaults;
import io.ringtape.journal.Durability;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A device that fails at a force, F25, and one that loses what was not forced, F26. Both are injected.
 */
final class DeviceRows
{
    private static final String FAILURE = "device is broken";
    private static final Durability SELDOM = Durability.everyNs(TimeUnit.DAYS.toNanos(1));
    private static final Durability OFTEN = Durability.everyNs(TimeUnit.MILLISECONDS.toNanos(1));
    private static final int EVENTS = 16;

    private final Limits limits;

    DeviceRows(final Limits limits)
    {
        this.limits = limits;
    }

    List<FaultRow> rows()
    {
        return List.of(
            new Row("F25", "a force fails", 100, "the failure is injected", this::broken),
            new Row("F26", "power loss: any part of what was not forced is lost", 1_000, "the loss is injected",
                DeviceRows::lost));
    }

    private static TapeWriter open(final Path tape, final Durability durability, final DeviceFaults faults)
    {
        return DeviceFaults.open(tape, FaultTapes.CONFIG.withDurability(durability), FaultTapes.definitions(),
            () -> FaultTapes.START_NS, faults);
    }

    private void broken(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final BreakingDevice device = new BreakingDevice(random.nextInt(random.nextBoolean() ? 8 : 60));
        final Durability durability = random.nextBoolean() ? Durability.EVERY_BATCH : OFTEN;
        final TapeWriter writer;
        try
        {
            writer = open(tape, durability, device);
        }
        catch (final TapeException e)
        {
            requireSaid(e);
            FaultFailure.require(!Files.exists(tape), "something is left of a tape that was not opened");
            return;
        }
        stop(writer, device, random);
        final long acknowledged = writer.journaledSequence();
        final ReadBack read = ReadBack.of(tape);
        FaultFailure.require(read.refusal() == null && read.events() > acknowledged,
            "acknowledged events are missing: acknowledged=" + acknowledged + " events=" + read.events());
        FaultTapes.record(tape, 1, EVENTS, true);
        ReadBack.requireWhole(tape, read.events() + EVENTS);
    }

    /** Writes until the device fails, and tries again when it works again. */
    private void stop(final TapeWriter writer, final BreakingDevice device, final SplittableRandom random)
        throws IOException
    {
        limits.await("a failure of the device", Limits.HANG_MS, () -> isRefused(writer, 1 + random.nextInt(200)));
        final long durable = writer.durableSequence();
        final long calls = device.calls.get();
        device.isRepaired.set(true);

        FaultFailure.require(isRefused(writer, 1), "a tape goes on after its device failed");
        try
        {
            writer.force();
            throw new FaultFailure("a force is tried again");
        }
        catch (final TapeException e)
        {
            requireSaid(e);
        }
        try
        {
            writer.close();
            throw new FaultFailure("the failure is not told at the end");
        }
        catch (final TapeException e)
        {
            requireSaid(e);
        }
        FaultFailure.require(device.calls.get() == calls && writer.durableSequence() == durable &&
            durable <= writer.journaledSequence(), "a force is tried again: calls=" + device.calls + " before=" +
            calls + " durableSequence=" + writer.durableSequence() + " before=" + durable);
    }

    private static boolean isRefused(final TapeWriter writer, final int events)
    {
        try
        {
            FaultTapes.write(writer, 1, events);
            return false;
        }
        catch (final TapeException e)
        {
            requireSaid(e);
            return true;
        }
    }

    private static void requireSaid(final TapeException refusal)
    {
        final String message = String.valueOf(refusal.getMessage());
        FaultFailure.require(refusal.kind() == TapeException.Kind.IO && message.endsWith(FAILURE) &&
            message.contains("tape cannot be forced to the device"), "refused in other words: " + message);
    }

    private static void lost(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final Path left = tape.resolveSibling("left");
        final LossyDevice device = new LossyDevice();
        final Durability durability = switch (random.nextInt(3))
        {
            case 0 -> Durability.EVERY_BATCH;
            case 1 -> OFTEN;
            default -> SELDOM;
        };
        final long durable;
        final long journaled;
        final TapeWriter writer = open(tape, durability, device);
        try
        {
            FaultTapes.write(writer, random.nextInt(durability.equals(Durability.EVERY_BATCH) ? 60 : 1_200), EVENTS);
            if (durability.equals(SELDOM) && random.nextInt(4) != 0)
            {
                writer.force();
            }
            if (!durability.equals(Durability.EVERY_BATCH))
            {
                FaultTapes.write(writer, random.nextInt(2_000), EVENTS);
            }
            durable = writer.durableSequence();
            journaled = writer.journaledSequence();
            device.lose(tape, left, random);
        }
        finally
        {
            closeWithoutPower(writer);
        }
        requireKept(left, durable, journaled);
    }

    private static void closeWithoutPower(final TapeWriter writer)
    {
        try
        {
            writer.close();
        }
        catch (final TapeException e)
        {
            // It has no device any more.
            return;
        }
    }

    private static void requireKept(final Path tape, final long durable, final long journaled)
    {
        if (!Files.exists(tape))
        {
            FaultFailure.require(durable < 0, "the tape is gone: durableSequence=" + durable);
            return;
        }
        final TapeReport report = TapeVerifier.verify(tape);
        final ReadBack read = ReadBack.of(tape);
        FaultFailure.require(read.events() > durable && read.events() <= journaled + 1,
            "durable events are missing: durableSequence=" + durable + " journaledSequence=" + journaled +
            " events=" + read.events() + " " + report);
        FaultFailure.require(report.events() == read.events(),
            "verify and reader differ: events=" + read.events() + " " + report);
        FaultTapes.record(tape, 1, EVENTS, true);
        if (report.status() == TapeStatus.OK || report.status() == TapeStatus.TORN_TAIL)
        {
            ReadBack.requireWhole(tape, read.events() + EVENTS);
            return;
        }
        // A name or record behind the durable part was lost that a reader misses: it says so, until a run repairs it.
        ReadBack.requireHonest(tape, durable + 1);
        FaultFailure.require(ReadBack.of(tape).events() > durable,
            "durable events are missing after the next run: durableSequence=" + durable);
    }

    /** Fails once, at one of its forces. */
    private static final class BreakingDevice implements DeviceFaults
    {
        private final AtomicLong calls = new AtomicLong();
        private final AtomicBoolean isRepaired = new AtomicBoolean();
        private final long at;

        BreakingDevice(final long at)
        {
            this.at = at;
        }

        @Override
        public void onForce(final Path path) throws IOException
        {
            if (calls.getAndIncrement() >= at && !isRepaired.get())
            {
                throw new IOException(FAILURE);
            }
        }
    }
}
