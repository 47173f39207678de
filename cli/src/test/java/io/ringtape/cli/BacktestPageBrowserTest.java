package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The page of a backtest in a real browser, where there is one. */
@Timeout(120)
@EnabledIfSystemProperty(named = "ringtape.browser", matches = "true",
    disabledReason = "on demand: -Dringtape.browser=true")
final class BacktestPageBrowserTest
{
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Pattern OUTSIDE = Pattern.compile("\"url\":\"((?:https?|wss?|ftp)://[^/\"]+)");
    private static final long LIMIT_SECONDS = 60;

    private final Path directory = Path.of("target", "backtest-browser").toAbsolutePath();

    @Test
    void shouldRenderThreeChartsAndAskNobodyOutside() throws IOException, InterruptedException
    {
        final Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), () -> "no browser on the path: " + String.join(", ", BROWSERS));
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
        final Path tape = directory.resolve("tape");
        final Path page = directory.resolve("page.html");
        assertEquals(0, CommandRun.of("demo", tape, "--events", "30000").exitCode());
        assertEquals(0, CommandRun.of("backtest", tape, "--out", page.toString()).exitCode());
        final Path empty = Files.writeString(
            directory.resolve("empty.html"), "<!DOCTYPE html><html><head><title>empty</title></head></html>");

        final String shown = open(browser.get(), page);
        open(browser.get(), empty);

        assertTrue(shown.split("<svg", -1).length - 1 >= 3, shown);
        for (final String line : List.of("class=\"price\"", "class=\"pnl\"", "class=\"position\""))
        {
            assertTrue(shown.contains(line), line);
        }
        // A browser has business of its own; the page adds nothing to that.
        final Set<String> asked = asked(page);
        asked.removeAll(asked(empty));
        assertEquals(Set.of(), asked);
        IoUtil.delete(directory.toFile(), true);
    }

    private static Optional<Path> browser()
    {
        final String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return BROWSERS.stream()
            .flatMap((name) -> Arrays.stream(path.split(File.pathSeparator, -1)).map((part) -> Path.of(part, name)))
            .filter(Files::isExecutable).findFirst();
    }

    /** The page as the browser has it; what it asked for stands beside the page. */
    private String open(final Path browser, final Path page) throws IOException, InterruptedException
    {
        final Path out = Path.of(page + ".dom");
        final List<String> command = List.of(browser.toString(), "--headless", "--disable-gpu",
            "--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--user-data-dir=" + page + ".profile", "--log-net-log=" + page + ".netlog",
            "--dump-dom", page.toUri().toString());
        final Process process = new ProcessBuilder(command).redirectOutput(out.toFile())
            .redirectError(Path.of(page + ".err").toFile()).start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
        {
            process.destroyForcibly();
        }
        assertEquals(0, process.waitFor(), command::toString);
        return Files.readString(out);
    }

    private static Set<String> asked(final Path page) throws IOException
    {
        final Set<String> asked = new TreeSet<>();
        final Matcher matcher = OUTSIDE.matcher(Files.readString(Path.of(page + ".netlog")));
        while (matcher.find())
        {
            asked.add(matcher.group(1));
        }
        return asked;
    }
}
