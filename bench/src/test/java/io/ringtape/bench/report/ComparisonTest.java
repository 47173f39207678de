package io.ringtape.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.rig.Fixtures;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Matrix;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Plan;
import io.ringtape.bench.rig.Statistics.Interval;
import io.ringtape.bench.rig.Verdict;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
final class ComparisonTest
{
    private static final String MACHINE = "Model 1, 2 processors, 8.0 GiB of memory, Linux 6, tapes on ext4";
    private static final Interval NOTHING = new Interval(Double.NaN, Double.NaN, Double.NaN);
    private static final Interval SOME = new Interval(1, 1, 1);
    private static final Row SPEED = Fixtures.row(0.9);
    private static final Row COST = named("X2", Fixtures.row(Measure.COST, 1.1));

    @TempDir
    private Path folder;
    private String incomplete = "";

    @Test
    void shouldSetTwoResultsSideBySide() throws IOException
    {
        final Path a = write("a.json", "Vendor 17", outcome(SPEED, 1, new Interval(1.5, 1.4, 1.6)),
            outcome(SPEED, 2, new Interval(2, 1.8, 2.2)), outcome(COST, 1, new Interval(1, 0.95, 1.05)));
        final Path b = write("b.json", "Vendor 25", outcome(SPEED, 1, new Interval(1.8, 1.7, 1.9)),
            outcome(SPEED, 2, new Interval(2.1, 2, 2.3)), outcome(COST, 1, new Interval(1.2, 1.1, 1.3)),
            outcome(COST, 2, new Interval(3, 3, 3)));

        final String text = new Comparison(StoredResult.read(a), StoredResult.read(b)).text();

        assertEquals("""
            A         %1$s: 2026-11-26T20:15:30Z, Vendor 17, %3$s
            B         %2$s: 2026-11-26T20:15:30Z, Vendor 25, %3$s
            differ    jdk

            row  ours beside  goal     A (95 %%)             B (95 %%)              change  intervals
            X1   held         >= 0.90  1.50 (1.40 to 1.60)  1.80 (1.70 to 1.90)  +20.0 %%  apart, B better
            X1   lossy        -        2.00 (1.80 to 2.20)  2.10 (2.00 to 2.30)   +5.0 %%  overlap
            X2   held         <= 1.10  1.00 (0.95 to 1.05)  1.20 (1.10 to 1.30)  +20.0 %%  apart, B worse
            X2   lossy        -        -                    3.00 (3.00 to 3.00)        -  only in B
            """.formatted(a, b, MACHINE), text);
    }

    @Test
    void shouldSetTwoResultsSideBySideInOneObject() throws IOException
    {
        final Path a = write("a.json", "Vendor 17", outcome(SPEED, 1, new Interval(2, 1.5, 2.5)),
            outcome(SPEED, 2, NOTHING), outcome(COST, 1, new Interval(1, 1, 1)));
        final Path b = write("b.json", "Vendor 17", outcome(SPEED, 1, new Interval(3, 2.5, 4)),
            outcome(SPEED, 2, new Interval(2, 2, 2)));

        final String json = new Comparison(StoredResult.read(a), StoredResult.read(b)).json();

        final String origin = "\"date\":\"2026-11-26T20:15:30Z\",\"incomplete\":null,\"jdk\":\"Vendor 17\"," +
            "\"machine\":\"" + MACHINE + "\"},";
        assertEquals("{\"a\":{\"file\":\"" + a + "\"," + origin + "\"b\":{\"file\":\"" + b + "\"," + origin +
            "\"differ\":[],\"rows\":[" +
            "{\"id\":\"X1\",\"peer\":\"held\",\"ratioA\":2.0,\"lowA\":1.5,\"highA\":2.5," +
            "\"ratioB\":3.0,\"lowB\":2.5,\"highB\":4.0,\"change\":0.5,\"overlap\":true,\"judgement\":\"overlap\"}," +
            "{\"id\":\"X1\",\"peer\":\"lossy\",\"ratioA\":null,\"lowA\":null,\"highA\":null," +
            "\"ratioB\":2.0,\"lowB\":2.0,\"highB\":2.0,\"change\":null,\"overlap\":null," +
            "\"judgement\":\"not measurable\"}," +
            "{\"id\":\"X2\",\"peer\":\"held\",\"ratioA\":1.0,\"lowA\":1.0,\"highA\":1.0," +
            "\"ratioB\":null,\"lowB\":null,\"highB\":null,\"change\":null,\"overlap\":null," +
            "\"judgement\":\"only in A\"}]}", json);
    }

    @Test
    void shouldCompareWhatIsBelowZeroOrNothing() throws IOException
    {
        final Row step = named("X3", Fixtures.row(Measure.STEP, Double.NaN));
        final Row heap = named("X4", Fixtures.row(Measure.ALLOCATION, 0));
        final Path a = write("a.json", "Vendor 17", outcome(step, 1, new Interval(-2, -2.5, -1.5)),
            outcome(step, 2, new Interval(-2, -2.5, -1.5)), outcome(heap, 1, new Interval(0, 0, 0)),
            outcome(heap, 2, new Interval(0, 0, 0)));
        final Path b = write("b.json", "Vendor 17", outcome(step, 1, new Interval(3, 2, 4)),
            outcome(step, 2, new Interval(-4, -5, -3)), outcome(heap, 1, new Interval(16, 16, 16)),
            outcome(heap, 2, new Interval(0, 0, 0)));

        final Comparison comparison = new Comparison(StoredResult.read(a), StoredResult.read(b));

        assertEquals("""
            X3   held         -        -2.00 (-2.50 to -1.50)  3.00 (2.00 to 4.00)     +250.0 %  apart, B worse
            X3   lossy        -        -2.00 (-2.50 to -1.50)  -4.00 (-5.00 to -3.00)  -100.0 %  apart, B better
            X4   held         <= 0.00  0.00 (0.00 to 0.00)     16.00 (16.00 to 16.00)         -  apart, B worse
            X4   lossy        -        0.00 (0.00 to 0.00)     0.00 (0.00 to 0.00)            -  overlap
            """, comparison.text().lines().filter((line) -> line.startsWith("X"))
            .collect(Collectors.joining("\n", "", "\n")));
        assertTrue(comparison.json().contains("\"ratioB\":16.0,\"lowB\":16.0,\"highB\":16.0,\"change\":null," +
            "\"overlap\":false,\"judgement\":\"apart, B worse\""), comparison.json());
    }

    @Test
    void shouldSayWhichOfBothIsIncomplete() throws IOException
    {
        final Path a = write("a.json", "Vendor 17", outcome(SPEED, 1, SOME));
        incomplete = "1 of 5 rows";
        final Path b = write("b.json", "Vendor 17", outcome(SPEED, 1, SOME));

        final Comparison comparison = new Comparison(StoredResult.read(a), StoredResult.read(b));

        assertTrue(comparison.text().startsWith("""
            A         %1$s: 2026-11-26T20:15:30Z, Vendor 17, %3$s
            B         %2$s: 2026-11-26T20:15:30Z, Vendor 17, %3$s, incomplete: 1 of 5 rows
            """.formatted(a, b, MACHINE)), comparison.text());
        assertTrue(comparison.json().contains("\"incomplete\":\"1 of 5 rows\""), comparison.json());
    }

    @Test
    void shouldReadAResultThatDoesNotSayWhetherItIsComplete() throws IOException
    {
        final Path file = write("old.json", "Vendor 17", outcome(SPEED, 1, SOME));
        Files.writeString(file, Files.readString(file).replace("\"incomplete\":null,", ""));

        assertEquals(Optional.empty(), StoredResult.read(file).incomplete());
    }

    @Test
    void shouldCompareAResultThatDoesNotSayMemoryAndFileSystem() throws IOException
    {
        final Path file = write("new.json", "Vendor 17", outcome(SPEED, 1, SOME));
        final String text = Files.readString(file);
        final Path old = Files.writeString(folder.resolve("old.json"),
            text.replace("\"memoryBytes\":8589934592,", "").replace(",\"fileSystem\":\"ext4\"", ""));
        final Path other = Files.writeString(folder.resolve("other.json"), text.replace("Linux 6", "Linux 7"));

        final String same = new Comparison(StoredResult.read(old), StoredResult.read(file)).text();
        final String differs = new Comparison(StoredResult.read(old), StoredResult.read(other)).text();

        assertTrue(same.startsWith("A         " + old + ": 2026-11-26T20:15:30Z, Vendor 17, " +
            "Model 1, 2 processors, memory unknown, Linux 6, tapes on an unknown file system\n"), same);
        assertFalse(same.contains("differ "), same);
        assertTrue(differs.contains("differ    machine\n"), differs);
    }

    @Test
    void shouldTellMachinesApartByMemoryAndFileSystem() throws IOException
    {
        final Path file = write("a.json", "Vendor 17", outcome(SPEED, 1, SOME));
        final String text = Files.readString(file);
        final Path larger = Files.writeString(folder.resolve("b.json"), text.replace("8589934592", "17179869184"));
        final Path inMemory = Files.writeString(folder.resolve("c.json"), text.replace("ext4", "tmpfs"));

        for (final Path other : List.of(larger, inMemory))
        {
            final String compared = new Comparison(StoredResult.read(file), StoredResult.read(other)).text();
            assertTrue(compared.contains("differ    machine\n"), compared);
        }
    }

    @Test
    void shouldSayThatTheRoundsOfBothWereNotPlannedAlike() throws IOException
    {
        final Path file = write("usual.json", "Vendor 17", outcome(SPEED, 1, SOME));
        final String text = Files.readString(file);
        final Path wide = Files.writeString(folder.resolve("wide.json"),
            text.replace("\"band\":0.3", "\"band\":0.8"));
        final Path old = Files.writeString(folder.resolve("old.json"), text.replace("\"plan\":", "\"plans\":"));

        final Comparison differs = new Comparison(StoredResult.read(file), StoredResult.read(wide));
        final String same = new Comparison(StoredResult.read(old), StoredResult.read(wide)).text();

        assertTrue(differs.text().contains("differ    plan\n"), differs.text());
        assertTrue(differs.json().contains("\"differ\":[\"plan\"]"), differs.json());
        assertFalse(same.contains("differ "), same);
    }

    @Test
    void shouldNameAFileThatIsNotThere()
    {
        final Path file = folder.resolve("none.json");

        assertRefused(ExitCode.INPUT_MISSING, "no such file: file=" + file, file);
    }

    @Test
    void shouldNameThePlaceWhereAFileIsNotJson() throws IOException
    {
        final Path cut = Files.writeString(folder.resolve("cut.json"), "{\"rows\":\n [1,");
        final Path empty = Files.writeString(folder.resolve("empty.json"), "");

        assertRefused(ExitCode.BAD_INPUT, "file is not JSON: file=" + cut + " line=2 column=5", cut);
        assertRefused(ExitCode.BAD_INPUT, "file is not JSON: file=" + empty + " line=1 column=1", empty);
    }

    @Test
    void shouldNameTheFieldThatIsNotAsInAResult() throws IOException
    {
        final String good = Files.readString(write("good.json", "Vendor 17", outcome(SPEED, 1, SOME)));

        assertField("is missing", "rows", good.replace("\"rows\"", "\"raws\""));
        assertField("is not an array", "rows", "{\"rows\":3}");
        assertField("is not a number", "rows[0].ratio", good.replace("\"ratio\":1.0", "\"ratio\":\"1\""));
        assertField("is not a text", "rows[0].id", good.replace("\"id\":\"X1\"", "\"id\":1"));
        assertField("is missing", "rows", "[]");
    }

    private void assertField(final String why, final String field, final String content) throws IOException
    {
        final Path file = Files.writeString(folder.resolve("bad.json"), content);
        final CommandException refusal = assertThrows(CommandException.class, () -> StoredResult.read(file), why);

        assertEquals(ExitCode.BAD_INPUT, refusal.exitCode());
        assertEquals("file is not a result of bench, a field " + why + ": file=" + file + " field=" + field,
            refusal.getMessage());
    }

    private static void assertRefused(final ExitCode exitCode, final String message, final Path file)
    {
        final CommandException refusal = assertThrows(CommandException.class, () -> StoredResult.read(file));

        assertEquals(message, refusal.getMessage());
        assertEquals(exitCode, refusal.exitCode());
    }

    private Path write(final String name, final String jdk, final Outcome... outcomes) throws IOException
    {
        final Report report = new Report(new Plan(9, 3, 100, 1000, 0.3, 1),
            new Machine("Model 1", 2, 8L << 30, "Linux 6", "ext4", jdk, List.of("-Xmx256m")),
            Instant.parse("2026-11-26T20:15:30Z"), "ringtape bench",
            new Matrix.Measured(List.of(outcomes), List.of(), incomplete));
        return Files.writeString(folder.resolve(name), report.json());
    }

    private static Outcome outcome(final Row row, final int peer, final Interval ratio)
    {
        return new Outcome(row, row.peers().get(peer), ratio, 1, 1, Verdict.MET, 9, 0, "");
    }

    private static Row named(final String id, final Row row)
    {
        return new Row(id, row.what(), row.measure(), row.processors(), row.events(), row.peers());
    }
}
