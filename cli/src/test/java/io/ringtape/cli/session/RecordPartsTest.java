package io.ringtape.cli.session;

import static io.ringtape.cli.session.QuietContext.context;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.LimitsFiles;
import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.GatewaySetup.Venue;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.Gateway;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.DeviceFaults;
import io.ringtape.journal.Durability;
import io.ringtape.journal.LimitsExchange;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeOutageListener;
import io.ringtape.journal.TapeWriter;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.EpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a recording has open beside its tape, from before its first event on. */
@Timeout(60)
final class RecordPartsTest
{
    private static final int EVENTS = 2_000;
    /** More than are recorded until another thread has read a file. */
    private static final int MANY_EVENTS = 500_000;
    private static final long CLOSE_LIMIT_NS = 10_000_000_000L;
    private static final GatewaySetup LOOPBACK = new GatewaySetup(Venue.LOOPBACK, WriteAhead.OFF);

    @TempDir
    private Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldCloseWhatIsOpenWhereTheGatewayCannotBeMade() throws IOException
    {
        final Path tape = directory.resolve("tape");
        final RecordParts parts = new RecordParts()
        {
            @Override
            public Gateway gateway(
                final Venue venue, final Definitions definitions, final SourceDefinition source,
                final EventPublisher answers)
            {
                throw new IllegalStateException("no such venue");
            }
        };

        final IllegalStateException failure = assertThrows(IllegalStateException.class,
            () -> record(tape, TradingSetup.EXAMPLE, LOOPBACK, parts));

        assertEquals("no such venue", failure.getMessage());
        assertEquals(List.of(), List.of(failure.getSuppressed()));
        requireClosed(tape);
        assertFalse(Files.readString(Path.of("/proc/self/maps")).contains(tape.resolve("counters").toString()), "maps");
        assertFalse(Files.exists(tape), "tape");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldCloseWhatIsOpenWhereTheBusCannotBeMade()
    {
        final Path tape = directory.resolve("tape");

        // A tape that is never forced has no durable frontier.
        assertThrows(IllegalStateException.class, () -> record(tape, TradingSetup.EXAMPLE,
            new GatewaySetup(Venue.LOOPBACK, WriteAhead.DURABLE), RecordParts.REAL));

        requireClosed(tape);
        assertFalse(Files.exists(tape), "tape");
    }

    @Test
    void shouldEndWhereAForceFailsThatAllIsWaitingFor()
    {
        final Path tape = directory.resolve("tape");
        final AtomicInteger left = new AtomicInteger(40);
        final DeviceFaults broken = new DeviceFaults()
        {
            @Override
            public void onForce(final Path path) throws IOException
            {
                if (left.getAndDecrement() <= 0)
                {
                    throw new IOException("device is broken");
                }
            }
        };
        final RecordParts parts = new RecordParts()
        {
            @Override
            public TapeWriter tape(
                final Path journal, final TapeConfig config, final Definitions definitions, final EpochNanoClock clock,
                final TapeOutageListener outages)
            {
                return DeviceFaults.open(journal,
                    config.withDurability(Durability.everyNs(1_000_000)), definitions, clock, broken);
            }
        };

        final TapeException failure = assertThrows(TapeException.class, () -> record(
            tape, TradingSetup.EXAMPLE, new GatewaySetup(Venue.LOOPBACK, WriteAhead.DURABLE), parts));

        assertTrue(String.valueOf(failure.getMessage()).matches("tape cannot be forced to the device: " +
            "run=run-000001 durableSequence=-?\\d+: .*device is broken"), failure.getMessage());
        assertEquals(TapeException.Kind.IO, failure.kind());
        final ControlFile.Scope stopped = ControlFile.read(tape).scopes().get(0);
        assertTrue(stopped.isKilled(), stopped.toString());
        assertEquals(KillReason.FAULT, stopped.reason());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldOpenTheKillSwitchOnce() throws CaptureException
    {
        final Path tape = directory.resolve("tape");
        final List<String> open = new ArrayList<>();
        final Definitions definitions = new Definitions();
        try (Capture session = new GatedCapture(DemoSession.open(EVENTS, 1, definitions), () ->
        {
            // The tape is there from the second venue event on.
            if (open.isEmpty())
            {
                open.addAll(openFiles(tape));
            }
            return true;
        }))
        {
            new RecordSession(definitions, session, context(), TradingSetup.EXAMPLE, LOOPBACK)
                .run(tape, RecordLayout.INLINE, OnBadInput.KEEP);
        }

        assertEquals(1, open.stream().filter((file) -> file.endsWith("/control")).count(), open.toString());
    }

    @Test
    void shouldTakeLimitsThatAreHandedOverWhileTheTapeIsOpened() throws CaptureException
    {
        final Path tape = directory.resolve("tape");
        record(tape, TradingSetup.EXAMPLE, GatewaySetup.NONE, RecordParts.REAL);
        final TradingSetup handing = new TradingSetup(TradingSetup.EXAMPLE.name(), (definitions) ->
        {
            // Behind the open of the tape: its owner is known, so that the command hands over.
            assertTrue(Tape.open(tape).info().owner().isPresent(), "owner");
            hand(tape, 2);
            return TradingSetup.EXAMPLE.strategy().apply(definitions);
        }, Optional.empty());
        // Of nobody: the recording that it was handed to is gone.
        hand(tape, 1);

        final Definitions definitions = new Definitions();
        try (LimitsExchange exchange = LimitsExchange.open(tape);
            Capture session = new GatedCapture(
                DemoSession.open(MANY_EVENTS, 1, definitions), () -> !exchange.isAnswered(2)))
        {
            new RecordSession(definitions, session, context(), handing, GatewaySetup.NONE)
                .run(tape, RecordLayout.INLINE, OnBadInput.KEEP);

            assertEquals(Optional.of(""), exchange.answer(2));
        }
        assertEquals(List.of(2L),
            Tape.open(tape).info().settings().stream().map(SettingsDefinition::version).toList());
    }

    private static void hand(final Path tape, final int version)
    {
        try (LimitsExchange exchange = LimitsExchange.open(tape))
        {
            assertEquals(version, exchange.hand(LimitsFiles.limits(version, 10, "*")));
        }
    }

    private static void record(
        final Path tape, final TradingSetup trading, final GatewaySetup gateway, final RecordParts parts)
        throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (Capture session = DemoSession.open(EVENTS, 1, definitions))
        {
            new RecordSession(definitions, session, context(), trading, gateway, parts)
                .run(tape, RecordLayout.INLINE, OnBadInput.KEEP, TapeConfig.defaults());
        }
    }

    // Chronicle closes its files on a thread of its own.
    private static void requireClosed(final Path tape)
    {
        final long deadlineNs = System.nanoTime() + CLOSE_LIMIT_NS;
        while (!openFiles(tape).isEmpty() && System.nanoTime() - deadlineNs < 0)
        {
            Thread.onSpinWait();
        }
        assertEquals(List.of(), openFiles(tape));
    }

    private static List<String> openFiles(final Path tape)
    {
        final List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd")))
        {
            for (final Path descriptor : descriptors)
            {
                final String file = Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS) ?
                    Files.readSymbolicLink(descriptor).toString() : "";
                if (file.startsWith(tape.toAbsolutePath() + "/"))
                {
                    found.add(file);
                }
            }
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
