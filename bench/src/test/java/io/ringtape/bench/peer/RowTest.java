package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class RowTest
{
    @Test
    void shouldKeepItsFirstPeers()
    {
        final Row row = Rows.named("T1");

        assertEquals(row.peers().subList(0, 2), row.firstPeers(2).peers());
        assertEquals(row, row.firstPeers(100));
    }

    @Test
    void shouldBeOfNoFamilyUnlessItIsASize()
    {
        assertEquals(Optional.empty(), Growth.of(Rows.named("T1")));
        assertEquals(Optional.of(new Growth("events to tape, 64 a block", 4, "GiB of tape")),
            Growth.of(Rows.named("J4G")));
        assertEquals(Growth.of(Rows.named("J4G")).map(Growth::family), Growth.of(Rows.named("J1")).map(Growth::family));
    }

    @Test
    void shouldHaveFiveQuickRowsThatTwoProcessorsCanRun()
    {
        final List<Row> quick = Rows.quick();

        assertEquals(5, quick.size());
        assertTrue(Rows.all().containsAll(quick));
        assertTrue(quick.stream().allMatch((row) -> row.processors() <= 2));
    }
}
