package io.ringtape.cli.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that know no JVM read a raw export and come to the event hash of the recording. */
@Timeout(120)
final class RawExportIT
{
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String JAR = Path.of("target", "ringtape.jar").toAbsolutePath().toString();
    private static final Path SOURCE = Path.of("src", "test", "c", "eventhash.c").toAbsolutePath();
    private static final Path FORMAT = Path.of("..", "docs", "tape-format.md").toAbsolutePath();
    private static final Pattern SNIPPET =
        Pattern.compile("<!-- numpy:begin -->\n```python\n(.*?)```\n<!-- numpy:end -->", Pattern.DOTALL);
    private static final Pattern EVENT_HASH = Pattern.compile("\"eventHash\":\"([0-9a-f]{16})\"");
    private static final int RECORD = 1_000;

    @TempDir
    private Path scratch;
    private Path raw;
    private String recorded;

    @BeforeEach
    void export() throws Exception
    {
        final Path tape = scratch.resolve("tape");
        raw = scratch.resolve("tape.raw");
        final Ended demo = run(JAVA, "-jar", JAR, "demo", "--events", "20000", "--journal", tape.toString(), "--json");
        assertEquals(0, demo.exitCode(), demo.text());
        recorded = hash(demo.text());
        final Ended export = run(JAVA, "-jar", JAR, "export", "--journal", tape.toString(), "--format", "raw",
            "--out", raw.toString(), "--json");
        assertEquals(0, export.exitCode(), export.text());
        assertEquals(recorded, hash(export.text()));
    }

    @Test
    void shouldBeHashedByAProgramInC() throws Exception
    {
        final String program = compile();

        final Ended whole = run(program, raw.toString());
        flip(64 + RECORD * 64 + 40);
        final Ended flipped = run(program, raw.toString());
        flip(64 + RECORD * 64 + 40);
        flip(20);
        final Ended badHeader = run(program, raw.toString());
        flip(20);
        truncate();
        final Ended cut = run(program, raw.toString());

        assertEquals(new Ended(0, recorded + "\n"), whole);
        assertNotEquals(recorded + "\n", flipped.text());
        assertEquals(2, flipped.exitCode());
        assertEquals(17, flipped.text().length(), flipped.text());
        assertEquals(new Ended(1, "eventhash: crc of the header does not match: file=" + raw + "\n"), badHeader);
        assertEquals(new Ended(1, "eventhash: number of records is another one: file=" + raw + "\n"), cut);
    }

    @Test
    void shouldBeHashedByTheProgramOfTheFormatsDescription() throws Exception
    {
        final Matcher snippet = SNIPPET.matcher(Files.readString(FORMAT, StandardCharsets.UTF_8));
        assertTrue(snippet.find(), "the description of the format has no numpy program");
        final Path program = Files.writeString(scratch.resolve("eventhash.py"), snippet.group(1));
        Assumptions.assumeTrue(works("python3", "-c", "import numpy"), "this machine has no python3 with numpy");

        final Ended whole = run("python3", program.toString(), raw.toString());
        flip(64 + RECORD * 64 + 40);
        final Ended flipped = run("python3", program.toString(), raw.toString());

        assertEquals(new Ended(0, recorded + "\n"), whole);
        assertEquals(0, flipped.exitCode(), flipped.text());
        assertNotEquals(recorded + "\n", flipped.text());
    }

    private String compile() throws Exception
    {
        final Optional<String> compiler = compiler();
        Assumptions.assumeTrue(compiler.isPresent(), "this machine has no C compiler: cc, gcc or clang");
        final String program = scratch.resolve("eventhash").toString();
        final Ended compiled = run(compiler.orElseThrow(), "-Wall", "-Wextra", "-Werror", "-std=c11", "-O2",
            "-o", program, SOURCE.toString());
        assertEquals(new Ended(0, ""), compiled);
        return program;
    }

    private Optional<String> compiler() throws Exception
    {
        for (final String name : List.of("cc", "gcc", "clang"))
        {
            if (works(name, "--version"))
            {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private boolean works(final String... command) throws Exception
    {
        try
        {
            return run(command).exitCode() == 0;
        }
        catch (final IOException e)
        {
            return false;
        }
    }

    private void flip(final long at) throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw"))
        {
            file.seek(at);
            final int before = file.read();
            file.seek(at);
            file.write(before ^ 1);
        }
    }

    private void truncate() throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw"))
        {
            file.setLength(file.length() - 64);
        }
    }

    private static String hash(final String json)
    {
        final Matcher hash = EVENT_HASH.matcher(json);
        assertTrue(hash.find(), json);
        return hash.group(1);
    }

    private Ended run(final String... command) throws IOException, InterruptedException
    {
        final Path output = scratch.resolve("output");
        final Process process = new ProcessBuilder(command)
            .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        final boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, "still running: " + List.of(command));
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /** How a program ended, and what it wrote. */
    private record Ended(int exitCode, String text)
    {
    }
}
