package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.BusCounter;
import io.ringtape.bus.CounterSnapshot.Group;
import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.report.OrderFlow;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.RunSummary;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.GatewaySetup.Venue;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.journal.CountersReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The counters of a recording's gateway, as they stand beside its tape. */
@Timeout(120)
final class GatewayCountersSessionTest
{
    private static final int EVENTS = 9_999;
    private static final int FAILS_AT = 9_998;

    private final Path directory = Path.of("target", "gateway-counters");
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void clear() throws IOException
    {
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
    }

    @ParameterizedTest
    @EnumSource(value = Venue.class, names = {"LOOPBACK", "SIMULATED"})
    void shouldSayWhatTheRecordingAndItsTapeSay(final Venue venue) throws CaptureException
    {
        final RecordReport report = record(venue, WriteAhead.JOURNALED, RecordLayout.INLINE);

        final Group gateway = gateway();
        final OrderFlow flow = report.orders().orElseThrow();
        final RunSummary run = report.run();
        assertEquals(venue.text(), gateway.name());
        assertEquals(flow.sent(), gateway.get(BusCounter.GATEWAY_SENT));
        assertEquals(run.counts().accepted(), gateway.get(BusCounter.GATEWAY_ACCEPTS));
        assertEquals(run.counts().fills(), gateway.get(BusCounter.GATEWAY_FILLS));
        assertEquals(run.counts().cancelled(), gateway.get(BusCounter.GATEWAY_CANCELLED));
        assertTrue(gateway.get(BusCounter.GATEWAY_CANCELS) >= run.counts().cancelled(), gateway.toString());
        for (final BusCounter zero : List.of(BusCounter.GATEWAY_WAITING, BusCounter.GATEWAY_HELD_BACK,
            BusCounter.GATEWAY_OPEN, BusCounter.GATEWAY_CANCEL_RETRIES, BusCounter.GATEWAY_SAFE_MODE))
        {
            assertEquals(0, gateway.get(zero), zero.name());
        }
    }

    @Test
    void shouldSayWhatSafeModeDid()
    {
        final int[] count = {0};
        final EventHandler fails = (event) ->
        {
            if (count[0]++ == FAILS_AT)
            {
                throw new IllegalStateException("halted by the test");
            }
        };

        assertThrows(RuntimeException.class, () -> record(Venue.LOOPBACK, WriteAhead.OFF,
            new RecordLayout(true, Optional.of(fails), Optional.empty())));

        final Group gateway = gateway();
        assertEquals(1, gateway.get(BusCounter.GATEWAY_SAFE_MODE));
        assertEquals(0, gateway.get(BusCounter.GATEWAY_OPEN));
        assertEquals(gateway.get(BusCounter.GATEWAY_ACCEPTS), gateway.get(BusCounter.GATEWAY_CANCELLED));
        assertTrue(notes.stream().anyMatch((note) -> note.contains(
            " sent=" + gateway.get(BusCounter.GATEWAY_SENT))), notes.toString());
    }

    @Test
    void shouldHaveNoneWithoutAGateway() throws CaptureException
    {
        record(Venue.NONE, WriteAhead.OFF, RecordLayout.INLINE);

        assertEquals(List.of(), CountersReading.read(directory.resolve("tape")).snapshot().gateways());
    }

    private Group gateway()
    {
        final List<Group> gateways = CountersReading.read(directory.resolve("tape")).snapshot().gateways();
        assertEquals(1, gateways.size());
        return gateways.get(0);
    }

    private RecordReport record(final Venue venue, final WriteAhead writeAhead, final RecordLayout layout)
        throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (Capture session = DemoSession.open(EVENTS, 1, definitions))
        {
            return new RecordSession(definitions, session, QuietContext.context(notes::add), TradingSetup.EXAMPLE,
                new GatewaySetup(venue, writeAhead)).run(directory.resolve("tape"), layout, OnBadInput.KEEP);
        }
    }
}
