package io.ringtape.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rows of orders at a halt and at a crash find gateways that are wrong. */
@Timeout(120)
final class GatewayRowsIT
{
    private static final int HALT = 0;
    private static final int AHEAD = 1;
    /** Not each round comes to where the wrong part is used. */
    private static final int ROUNDS = 20;

    @TempDir
    private Path scratch;

    @Test
    void shouldFindOrdersThatLeaveAheadOfTheirFrontier() throws IOException, InterruptedException
    {
        final String failure = firstFailure(AHEAD, MutatedGateways.Early.class);

        assertTrue(failure.matches("an order left (that is not on tape|ahead of its frontier): .*"), failure);
    }

    @Test
    void shouldFindAnOrderThatIsForgottenAtTheHalt() throws IOException, InterruptedException
    {
        assertFailure("an order is open after the halt: .*", MutatedGateways.Forgetting.class);
    }

    @Test
    void shouldFindANewOrderBehindTheHalt() throws IOException, InterruptedException
    {
        assertFailure("a new order left after the halt: .*", MutatedGateways.Sending.class);
    }

    @Test
    void shouldFindAnAnswerThatTheSideFileHasNot() throws IOException, InterruptedException
    {
        assertFailure("an? (answer|cancel) is not on tape: .*", MutatedGateways.Losing.class);
    }

    @Test
    void shouldFindAnAnswerThatWasNotForced() throws IOException, InterruptedException
    {
        assertFailure("an? (answer|cancel) is not on tape: .*", MutatedGateways.Unforced.class);
    }

    @Test
    void shouldFindAnAnswerThatTheSideFileHasTwice() throws IOException, InterruptedException
    {
        assertFailure("an? (answer|cancel) is .*", MutatedGateways.Doubling.class);
    }

    @Test
    void shouldSayWhatCannotBeTriedAndWhatWasLost()
    {
        assertEquals(List.of(
            "full disks are injected: no tmpfs can be mounted here, root can; " +
                "processes killed before their side file was forced: 0, answers that only they had: 0",
            "with write-ahead off 0 of 0 orders that had left are not on tape"),
            rows(GatewayChild.class).stream().map(FaultRow::note).toList());
    }

    private void assertFailure(final String pattern, final Class<?> child) throws IOException, InterruptedException
    {
        final String failure = firstFailure(HALT, child);
        assertTrue(failure.matches(pattern), failure);
    }

    private String firstFailure(final int row, final Class<?> child) throws IOException, InterruptedException
    {
        final FaultRow tried = rows(child).get(row);
        String failure = "none";
        for (long seed = 0; seed < ROUNDS && failure.equals("none"); seed++)
        {
            try
            {
                tried.round(seed, scratch);
            }
            catch (final FaultFailure e)
            {
                failure = String.valueOf(e.getMessage());
            }
        }
        return failure;
    }

    private static List<FaultRow> rows(final Class<?> child)
    {
        return new GatewayRows(new Limits(SystemNanoClock.INSTANCE, false), Optional.empty(), child).rows();
    }
}
