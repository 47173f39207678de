package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Backtests of a generated session, from the command line to the files. */
@Timeout(60)
final class BacktestCommandTest
{
    private static final Path DIRECTORY = Path.of("target", "backtest-command");
    private static final Path TAPE = DIRECTORY.resolve("tape");
    private static final String ALL_CHECKS = "{\"max-order-quantity\": 1000000, \"max-notional\": 9000000, " +
        "\"max-position\": 1000000, \"price-collar-bps\": 500, \"reference-age-ms\": 5000, \"message-rate\": 10, " +
        "\"message-burst\": 20, \"daily-loss\": 100000}";
    private static final String ACCOUNT =
        "{\"open-notional\": 9000000, \"daily-loss\": 100000, \"message-rate\": 1000, \"message-burst\": 1000}";

    private final Path out = DIRECTORY.resolve("out");

    @BeforeAll
    static void record() throws IOException
    {
        IoUtil.delete(DIRECTORY.toFile(), true);
        Files.createDirectories(DIRECTORY);
        final CommandRun demo = CommandRun.of("demo", TAPE, "--events", "30000");

        assertEquals(0, demo.exitCode(), demo.err());
    }

    @BeforeEach
    void clear() throws IOException
    {
        IoUtil.delete(out.toFile(), true);
        Files.createDirectories(out);
    }

    @Test
    void shouldDoTheSameTwiceAndSayIt() throws IOException
    {
        final CommandRun first = run("--out", file("a.html"), "--fills", file("a.csv"), "--json");
        final CommandRun second = run("--out", file("b.html"), "--fills", file("b.csv"), "--json");

        assertEquals(0, first.exitCode(), first.err());
        assertEquals("", first.err());
        assertEquals(field(first.out(), "fillHash"), field(second.out(), "fillHash"));
        assertEquals("MarketMaker", field(first.out(), "strategy"));
        assertEquals(Files.readString(out.resolve("a.html")), Files.readString(out.resolve("b.html")));
        final List<String> fills = Files.readAllLines(out.resolve("a.csv"));
        assertEquals(fills, Files.readAllLines(out.resolve("b.csv")));
        assertTrue(fills.size() > 10, "fills=" + fills.size());
        assertEquals(Long.toString(fills.size() - 1), field(first.out(), "trades"));
        assertTrue(fills.get(1).matches("2[^,]+Z,\\d+,\\d+,[^,]+,(buy|sell),[\\d.]+,[\\d.]+,-?[\\d.]+,-?[\\d.]+," +
            "(maker|taker),\\d+,\\d+,[\\d.]+"), fills.get(1));
    }

    @Test
    void shouldDoOtherwiseWithAnotherStrategyParameterOrModel() throws IOException
    {
        final String usual = field(run("--json").out(), "fillHash");

        assertNotEquals(usual, field(run("--json", "--strategy", "ImbalanceTaker").out(), "fillHash"));
        assertNotEquals(usual, field(run("--json", "--params", write("{\"lots\": 3}")).out(), "fillHash"));
        assertNotEquals(usual, field(run("--json", "--latency-ns", "5000000").out(), "fillHash"));
        assertNotEquals(usual, field(run("--json", "--queue", "exact-by-order-id").out(), "fillHash"));
        final String table = write("0 1000000\n100 9000000\n");
        assertNotEquals(usual, field(run("--json", "--latencies", table).out(), "fillHash"));
        assertNotEquals("0", field(run("--json", "--fees", write(
            "{\"instruments\": {\"*\": {\"maker-ppm\": -20, \"taker-per-unit\": \"0.003\"}}}")).out(), "fees"));
    }

    @Test
    void shouldWriteAPageThatRefersToNothingOutside() throws Exception
    {
        assertEquals(0, run("--out", file("page.html")).exitCode());

        final String page = Files.readString(out.resolve("page.html"));
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        final Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
        final NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++)
        {
            final Element element = (Element)all.item(i);
            assertFalse(List.of("script", "link", "img", "iframe", "object", "base", "image", "use")
                .contains(element.getTagName()), element.getTagName());
            for (final String attribute : List.of("src", "href", "xlink:href", "srcset", "style", "data", "action"))
            {
                assertFalse(element.hasAttribute(attribute), attribute);
            }
        }
        assertFalse(page.contains("url(") || page.contains("@import") || page.contains("http"), "refers outside");
        assertTrue(document.getElementsByTagName("svg").getLength() >= 3, "charts");
        assertTrue(page.contains("class=\"buy\"") && page.contains("class=\"sell\""), "fills");
        assertTrue(page.contains("Own orders never moved the recorded market"), "caveat");
    }

    @Test
    void shouldTakeTheLimitsOfAFile() throws IOException
    {
        final CommandRun none = run("--json", "--limits", write("{\"version\": 2}"));
        final CommandRun all = run("--json", "--limits", write("{\"version\": 3, \"instruments\": {\"*\": " +
            ALL_CHECKS + "}, \"accounts\": {\"1\": " + ACCOUNT + "}}"));

        assertEquals(0, none.exitCode(), none.err());
        assertEquals("0", field(none.out(), "trades"));
        assertTrue(none.out().contains("\"rejectsByCheck\":{\"no-limits\":"), none.out());
        assertEquals("version 3", field(all.out(), "limits"));
        assertEquals("", all.err());
        assertNotEquals("0", field(all.out(), "trades"));
    }

    @Test
    void shouldLimitThePositionOfAnAccount() throws IOException
    {
        final String wide = "{\"version\": 3, \"instruments\": {\"*\": " + ALL_CHECKS +
            "}, \"accounts\": {\"1\": " + ACCOUNT + "}}";

        final CommandRun none = run("--json", "--limits",
            write(wide.replace("\"price-collar-bps\"", "\"max-account-position\": 0, \"price-collar-bps\"")));
        final CommandRun all = run("--json", "--limits", write(wide));

        assertEquals("0", field(none.out(), "trades"));
        assertTrue(none.out().contains("\"account-position\":"), none.out());
        assertFalse(all.out().contains("\"account-position\":"), all.out());
    }

    @Test
    void shouldRefuseLimitsThatAreWrong() throws IOException
    {
        assertLimits("unknown check: file=FILE instrument=A check=max-foo",
            "{\"version\": 1, \"instruments\": {\"A\": " + ALL_CHECKS.replace("}", ", \"max-foo\": 1}") + "}}");
        assertLimits("unknown check: file=FILE instrument=A check=max-order-quantty", "{\"version\": 1, " +
            "\"instruments\": {\"A\": " + ALL_CHECKS.replace("quantity", "quantty") + "}}");
        assertLimits("unknown check: file=FILE account=1 check=open-notionl", "{\"version\": 1, " +
            "\"accounts\": {\"1\": " + ACCOUNT.replace("notional", "notionl") + "}}");
        assertLimits("unknown name: file=FILE name=versio", "{\"versio\": 1}");
        assertLimits("check is missing: file=FILE instrument=A check=max-notional", "{\"version\": 1, " +
            "\"instruments\": {\"A\": " + ALL_CHECKS.replace("\"max-notional\": 9000000, ", "") + "}}");
        assertLimits("check must not be negative: file=FILE instrument=A max-position=-1", "{\"version\": 1, " +
            "\"instruments\": {\"A\": " + ALL_CHECKS.replace("\"max-position\": 1000000", "\"max-position\": -1") +
            "}}");
        assertLimits("check must not be negative: file=FILE instrument=A max-account-position=-1", "{\"version\": 1, " +
            "\"instruments\": {\"A\": " + ALL_CHECKS.replace("}", ", \"max-account-position\": -1}") + "}}");
        assertLimits("check must be 0 to 10000: file=FILE instrument=A price-collar-bps=10001", "{\"version\": 1, " +
            "\"instruments\": {\"A\": " + ALL_CHECKS.replace("bps\": 500", "bps\": 10001") + "}}");
        assertLimits("check must be a number with at most 9 decimals that fits: file=FILE account=1 open-notional=x",
            "{\"version\": 1, \"accounts\": {\"1\": " + ACCOUNT.replace("9000000", "\"x\"") + "}}");
        assertLimits("account must be a number or *: file=FILE account=01",
            "{\"version\": 1, \"accounts\": {\"01\": " + ACCOUNT + "}}");
        assertLimits("account must be a number or *: file=FILE account=me",
            "{\"version\": 1, \"accounts\": {\"me\": " + ACCOUNT + "}}");
        assertLimits("version must be a whole number above 0: file=FILE version=", "{}");
        assertLimits("unknown name: file=FILE name=instrument", "{\"version\": 1, \"instrument\": {}}");
        assertLimits("instruments must be an object: file=FILE", "{\"version\": 1, \"instruments\": 7}");
        assertLimits("instruments.A must be an object: file=FILE", "{\"version\": 1, \"instruments\": {\"A\": 7}}");
        assertLimits("file must hold one JSON object: file=FILE", "[1]");
        assertLimits("value must be a number or text: file=FILE line=1 name=version", "{\"version\": null}");
        assertLimits("file is no JSON: file=FILE line=1 column=25 reason=Duplicate field 'version'",
            "{\"version\": 1, \"version\": 2}");
    }

    @Test
    void shouldRefuseRulesOfTheKillSwitchThatAreWrong() throws IOException
    {
        assertLimits("kill-on must be gap or stale: file=FILE kill-on=fault",
            "{\"version\": 1, \"kill-on\": [\"gap\", \"fault\"]}");
        assertLimits("kill-on has a reason twice: file=FILE kill-on=gap",
            "{\"version\": 1, \"kill-on\": [\"gap\", \"gap\"]}");
        assertLimits("kill-on must be a list of texts: file=FILE", "{\"version\": 1, \"kill-on\": \"gap\"}");
        assertLimits("list must hold texts: file=FILE line=1 name=kill-on", "{\"version\": 1, \"kill-on\": [7]}");
        assertLimits("value must be a number or text: file=FILE line=1 name=A",
            "{\"version\": 1, \"instruments\": {\"A\": []}}");
        assertLimits("kill-on stale and stale-ms need each other: file=FILE kill-on=gap,stale stale-ms=",
            "{\"version\": 1, \"kill-on\": [\"stale\", \"gap\"]}");
        assertLimits("kill-on stale and stale-ms need each other: file=FILE kill-on= stale-ms=5",
            "{\"version\": 1, \"kill-on\": [], \"stale-ms\": 5}");
        assertLimits("stale-ms must be a number with at most 6 decimals that fits: file=FILE kill-on=stale " +
            "stale-ms=soon", "{\"version\": 1, \"kill-on\": [\"stale\"], \"stale-ms\": \"soon\"}");
        assertLimits("stale-ms must not be negative: file=FILE kill-on=stale stale-ms=-1",
            "{\"version\": 1, \"kill-on\": [\"stale\"], \"stale-ms\": -1}");
        assertLimits("stale-ms must be above 0: file=FILE stale-ms=0.0",
            "{\"version\": 1, \"kill-on\": [\"stale\"], \"stale-ms\": 0.0}");
    }

    @Test
    void shouldStopWhereTheLimitsSayThatDataIsTooOld() throws IOException
    {
        final String limits = "{\"version\": 3, \"instruments\": {\"*\": " + ALL_CHECKS +
            "}, \"accounts\": {\"1\": " + ACCOUNT + "}";
        final CommandRun usual = run("--json", "--limits", write(limits + "}"));
        final CommandRun stopped =
            run("--json", "--limits", write(limits + ", \"kill-on\": [\"stale\"], \"stale-ms\": 0.5}"));

        assertEquals(0, stopped.exitCode(), stopped.err());
        assertTrue(stopped.out().contains("\"killed\":"), stopped.out());
        assertFalse(usual.out().contains("\"killed\":"), usual.out());
        assertNotEquals(field(usual.out(), "fillHash"), field(stopped.out(), "fillHash"));
    }

    @Test
    void shouldRefuseAStrategyThatCannotRun() throws IOException
    {
        assertRefused(66, "strategy class is not found: class=Nobody", "--strategy", "Nobody");
        assertRefused(66, "strategy class is not found: class=a.Nobody classPath=" + out, "--strategy", "a.Nobody",
            "--class-path", out.toString());
        assertRefused(66, "file does not exist: file=missing.jar", "--class-path", "missing.jar");
        assertRefused(65, "class is no strategy: class=java.lang.String", "--strategy", "java.lang.String");
        final String made = "strategy cannot be made: class=io.ringtape.strategy.MarketMaker file=" +
            out.resolve("settings") + " reason=";
        assertRefused(65, made + "unknown parameter: lot=3 known=lots,max-lots", "--params", write("{\"lot\": 3}"));
        assertRefused(65, made + "lots must be a whole number from 1 to 1000000: lots=0",
            "--params", write("{\"lots\": 0}"));
        assertRefused(65, "value must be a finite number: file=" + out.resolve("settings") +
            " line=1 name=lots value=NaN", "--params", write("{\"lots\": NaN}"));
    }

    @Test
    void shouldRefuseFeesThatAreWrong() throws IOException
    {
        final String fees = write("{\"instruments\": {\"A\": {\"taker-per-unit\": 2000000}}}");

        assertRefused(65, "fee must be -1000000 to 1000000: file=" + fees + " instrument=A taker-per-unit=2000000",
            "--fees", fees);
        assertRefused(65, "fee must be a whole number from -1000000 to 1000000: file=" + fees +
            " instrument=A maker-ppm=0.5", "--fees", write("{\"instruments\": {\"A\": {\"maker-ppm\": 0.5}}}"));
        assertRefused(65, "value must be a finite number: file=" + fees + " line=1 name=maker-ppm value=Infinity",
            "--fees", write("{\"instruments\": {\"A\": {\"maker-ppm\": Infinity}}}"));
        assertRefused(65, "unknown fee: file=" + fees + " instrument=A fee=takr-ppm", "--fees",
            write("{\"instruments\": {\"A\": {\"maker-ppm\": \"x\", \"takr-ppm\": 1}}}"));
    }

    @Test
    void shouldRunAStrategyOfTheUsersOwn() throws IOException
    {
        compile("Mine", "if (event.has(EventFlags.LAST) && !event.has(EventFlags.OWN)) " +
            "{ sender.newLimit(book.instrumentId(), Side.BID, 1, 1); }");

        final CommandRun run = run("--json", "--strategy", "mine.Mine", "--class-path", out.toString());

        assertEquals(0, run.exitCode(), run.err());
        assertEquals("mine.Mine", field(run.out(), "strategy"));
        assertTrue(run.out().contains("\"rejectsByCheck\":{\"tick\":"), run.out());
    }

    @Test
    void shouldRunAStrategyInAJarOfTheUsersOwn() throws IOException
    {
        compile("Jarred", "final Runnable order = () -> new Object() { void send() { " +
            "sender.newLimit(book.instrumentId(), Side.BID, 1, 1); } }.send(); " +
            "if (event.has(EventFlags.LAST) && !event.has(EventFlags.OWN)) { order.run(); }");
        final String jar = jar("my.jar");

        final CommandRun run = run("--json", "--strategy", "mine.Jarred", "--class-path", jar);

        assertEquals(0, run.exitCode(), run.err());
        assertEquals("mine.Jarred", field(run.out(), "strategy"));
        assertTrue(run.out().contains("\"rejectsByCheck\":{\"tick\":"), run.out());
    }

    @Test
    void shouldSayWhatAStrategyThrows() throws IOException
    {
        compile("Bad", "if (event.sequence() >= 5) { throw new IllegalStateException(\"enough\"); }");

        final CommandRun run = run("--strategy", "mine.Bad", "--class-path", out.toString(), "--out", file("page.html"),
            "--fills", file("fills.csv"));

        assertEquals(65, run.exitCode());
        assertTrue(run.err().matches("ringtape: strategy failed: class=mine.Bad tapeSequence=\\d+ type=[a-z-]+ " +
            "reason=java.lang.IllegalStateException: enough\\n"), run.err());
        assertFalse(Files.exists(out.resolve("page.html")) || Files.exists(out.resolve("fills.csv")), "half a file");
    }

    @Test
    void shouldRefuseLatenciesThatAreWrong() throws IOException
    {
        final String table = write("0 1\n50 x\n");

        assertRefused(65, "line is not a percent and whole nanoseconds: line=2 text=50 x file=" + table,
            "--latencies", table);
        assertRefused(64, "--latency-ns and --latencies exclude each other",
            "--latencies", table, "--latency-ns", "5");
    }

    @Test
    void shouldRefuseASeedOfWhichNothingIsDrawn()
    {
        assertRefused(64, "--seed needs --latencies: --seed=7", "--seed", "7");
        assertRefused(64, "--seed needs --latencies: --seed=1", "--seed", "1", "--latency-ns", "5");
    }

    @Test
    void shouldTellOfInstrumentsThatDidNotCome() throws IOException
    {
        final CommandRun limits = run("--limits", write("{\"version\": 1, \"instruments\": {\"DEMO-COYN\": " +
            ALL_CHECKS + ", \"DEMO-COIN\": " + ALL_CHECKS + "}}"));
        final CommandRun fees = run("--json", "--fees", write("{\"instruments\": {\"A\": {}, \"B\": {}, \"C\": {}, " +
            "\"D\": {}, \"E\": {}, \"F\": {}, \"*\": {}}}"));

        assertEquals("ringtape: --limits names instruments that did not come: count=1 instruments=DEMO-COYN; " +
            "--limits leaves out instruments, whose orders are all rejected: count=4 " +
            "instruments=DEMO-FUTURE,DEMO-LEVELS,DEMO-STOCK-A,DEMO-STOCK-B; " +
            "--limits leaves out the strategy's account, whose orders are all rejected: account=1\n", limits.err());
        assertEquals(0, limits.exitCode());
        assertEquals("ringtape: --fees names instruments that did not come: count=6 instruments=A,B,C,D,E,\u2026\n",
            fees.err());
        assertEquals(0, fees.exitCode());
    }

    @Test
    void shouldSayThatNoOrderWasAccepted()
    {
        final CommandRun latencies = CommandRun.of("latencies", TAPE);

        assertEquals(65, latencies.exitCode());
        assertTrue(latencies.err().matches("ringtape: no own order was accepted: accepted=0 unanswered=\\d+\\n"),
            latencies.err());
    }

    private void compile(final String name, final String body) throws IOException
    {
        final Path source = out.resolve(name + ".java");
        Files.writeString(source, "package mine; import io.ringtape.book.*; import io.ringtape.event.*; " +
            "import io.ringtape.order.*; import io.ringtape.strategy.*; public final class " + name +
            " implements Strategy { public " + name + "(Definitions definitions) { } public void onEvent(" +
            "OrderBookEvent event, OrderBook book, OrderSender sender) { " + body + " } }");
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d", out.toString(),
            "-cp", System.getProperty("java.class.path"), source.toString()));
    }

    /** Puts what was compiled into a jar, and nowhere else. */
    private String jar(final String name) throws IOException
    {
        final Path jar = out.resolve(name);
        final Path classes = out.resolve("mine");
        try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar));
            DirectoryStream<Path> files = Files.newDirectoryStream(classes, "*.class"))
        {
            for (final Path file : files)
            {
                to.putNextEntry(new JarEntry("mine/" + file.getFileName()));
                to.write(Files.readAllBytes(file));
            }
        }
        IoUtil.delete(classes.toFile(), false);
        return jar.toString();
    }

    private void assertLimits(final String message, final String json) throws IOException
    {
        final String file = write(json);
        assertRefused(65, message.replace("FILE", file), "--limits", file);
    }

    private void assertRefused(final int exitCode, final String message, final String... args)
    {
        final CommandRun run = run(args);

        assertEquals("ringtape: " + message + "\n", run.err());
        assertEquals(exitCode, run.exitCode());
        assertEquals("", run.out());
    }

    private String file(final String name)
    {
        return out.resolve(name).toString();
    }

    private String write(final String text) throws IOException
    {
        return Files.writeString(out.resolve("settings"), text).toString();
    }

    private static CommandRun run(final String... args)
    {
        return CommandRun.of("backtest", TAPE, args);
    }

    private static String field(final String json, final String name)
    {
        final Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        assertTrue(matcher.find(), name + " in " + json);
        return matcher.group(1);
    }
}
