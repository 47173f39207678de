package io.ringtape.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.cli.TestConsole;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.request.SessionContext;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A few rounds of every row, with a seed that a failure names. */
@Timeout(300)
final class FaultRowsIT
{
    private static final long ONE = 1;
    private static final Map<String, Long> ROUNDS = Map.ofEntries(
        Map.entry("F1", 20L), Map.entry("F2", 20L), Map.entry("F3", 5L), Map.entry("F5", 5L), Map.entry("F6", 5L),
        Map.entry("F7", 5L), Map.entry("F8", 2L), Map.entry("F9", 2L), Map.entry("F11", 500L), Map.entry("F12", 500L),
        Map.entry("F13", 200L), Map.entry("F14", 200L), Map.entry("F15", 50L), Map.entry("F16", 50L),
        Map.entry("F17", 8L), Map.entry("F18", 8L), Map.entry("F19", 100L), Map.entry("F21", 10L),
        Map.entry("F25", 5L), Map.entry("F26", 50L), Map.entry("F27", 100L), Map.entry("F28", 300L),
        Map.entry("F29", 2L), Map.entry("F30", 10_000L), Map.entry("F31", 24L), Map.entry("F32", 4L),
        Map.entry("F33", 2L), Map.entry("F34", 5L), Map.entry("F35", 1_000L), Map.entry("F38", 100L),
        Map.entry("F39", 2L), Map.entry("F40", 10L), Map.entry("F41", 20L), Map.entry("F42", 10L),
        Map.entry("F43", 10L));

    private final long seed = ThreadLocalRandom.current().nextLong(1L << 40);
    private final TestConsole console = new TestConsole();
    private final List<String> notes = new ArrayList<>();
    private final SessionContext context = new SessionContext(
        new StopSignal(), console.console().progress(false), notes::add, SystemNanoClock.INSTANCE);

    static Stream<String> ids()
    {
        return FaultRows.all(new Limits(SystemNanoClock.INSTANCE, false)).stream().map(FaultRow::id);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void shouldDoWhatTheMatrixSays(final String id)
    {
        final FaultReport report = runner().run(new FaultRequest(List.of(id),
            OptionalLong.of(ROUNDS.getOrDefault(id, ONE)), 100, seed, Optional.of(Path.of("target", "faults")), false));

        assertEquals(List.of(), report.failures());
    }

    @Test
    void shouldRunRowsOfTheMatrixByTheirNumbers()
    {
        assertEquals(List.copyOf(ROUNDS.keySet()).stream().sorted().toList(),
            ids().filter(ROUNDS::containsKey).sorted().toList());
    }

    private FaultRunner runner()
    {
        return new FaultRunner(context, LocalDate.now(ZoneOffset.UTC));
    }
}
