package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
    void shouldBeOfNoFamilyUnlessItSaysSo()
    {
        assertEquals(Optional.empty(), Rows.named("T1").growth());
        assertEquals(Optional.of(new Row.Growth("all", 16, "handlers")),
            Rows.named("T1").sized("all", 16, "handlers").growth());
    }

    @Test
    void shouldRefuseASizeOfNothing()
    {
        assertEquals("size must be above 0: family=all size=0.0", assertThrows(IllegalArgumentException.class,
            () -> new Row.Growth("all", 0, "handlers")).getMessage());
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
