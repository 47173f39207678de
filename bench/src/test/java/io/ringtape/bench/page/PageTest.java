package io.ringtape.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.report.Report;
import io.ringtape.bench.rig.Statistics.Interval;
import io.ringtape.bench.rig.Verdict;
import io.ringtape.cli.output.Formats;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.HdrHistogram.AbstractHistogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The page is parsed: what it shows, and that it is all there is. */
@Timeout(30)
final class PageTest
{
    private static final Set<String> ELEMENTS = Set.of("html", "head", "meta", "title", "style", "body", "header",
        "h1", "h2", "p", "b", "ul", "li", "dl", "dt", "dd", "details", "summary", "section", "div", "table", "thead",
        "tbody", "tr", "th", "td", "span", "strong", "figure", "figcaption", "svg", "line", "rect", "circle", "text",
        "polyline");
    private static final Set<String> ATTRIBUTES = Set.of("lang", "charset", "name", "content", "class", "rowspan",
        "role", "aria-label", "aria-hidden", "viewBox", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width",
        "height", "points", "transform");

    private final Report report = SyntheticResult.report();
    private String text;
    private Document page;

    @BeforeEach
    void makePage() throws IOException, ParserConfigurationException, SAXException
    {
        text = Page.of(report, SyntheticResult.curves());
        page = parse(text);
    }

    @Test
    void shouldSayHowMuchOfTheRunItIs()
    {
        assertFalse(text.contains("incomplete"));
        assertTrue(Page.of(SyntheticResult.report("2 of 9 rows"), SyntheticResult.curves())
            .contains("<p class=\"note\">incomplete: 2 of 9 rows</p>"));
    }

    @Test
    void shouldReferToNothingOutside()
    {
        final String lower = text.toLowerCase(Locale.ROOT);

        for (final Element element : elements("*"))
        {
            assertTrue(ELEMENTS.contains(element.getTagName()), element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++)
            {
                final String name = element.getAttributes().item(i).getNodeName();
                assertTrue(ATTRIBUTES.contains(name), name);
            }
        }
        for (final String reference : List.of("http:", "https:", "//", "url(", "@import", "src=", "href="))
        {
            assertFalse(lower.contains(reference), reference);
        }
    }

    @Test
    void shouldSayWhereAndWhenItWasMeasured()
    {
        assertEquals("Ringtape benchmarks, 2026-11-26 20:15 UTC", elements("title").get(0).getTextContent());
        final List<String> facts = texts("dd", "fact");
        assertEquals("Model <1> & \"more\", 2 processors, 8.0 GiB of memory, Linux 6, tapes on ext4", facts.get(0));
        assertEquals("Vendor 17.0.1", facts.get(1));
        assertEquals("ringtape bench --quick --out results", facts.get(2));
        assertTrue(texts("p", "flags").get(0).startsWith("-Xms256m -Xmx256m --add-opens="));
    }

    @Test
    void shouldShowEachVerdictInWordsAndByClass()
    {
        final List<Element> rows = list(elements("tbody").get(0).getElementsByTagName("tr"));

        assertEquals(report.outcomes().size(), rows.size());
        for (int i = 0; i < rows.size(); i++)
        {
            final Verdict verdict = report.outcomes().get(i).verdict();
            final Element badge = list(rows.get(i).getElementsByTagName("span")).stream()
                .filter((span) -> span.getAttribute("class").startsWith("badge")).findFirst().orElseThrow();
            assertTrue(badge.getTextContent().endsWith(" " + verdict.text()), badge.getTextContent());
            assertEquals("badge " + switch (verdict)
            {
                case MET -> "met";
                case MISSED -> "missed";
                case NOT_MEASURABLE -> "unknown";
                case SHOWN -> "shown";
            }, badge.getAttribute("class"));
        }
        assertEquals(List.of("4", "8", "1", "3", "16"), texts("strong", "count"));
    }

    @Test
    void shouldNameEachRowOnceAndGiveRatioIntervalAndGoal()
    {
        assertEquals(List.of("T1", "L2", "R1", "S1", "A1", "T3x1", "T3x4", "T3x16", "T3x64"), texts("strong", "id"));
        assertEquals("1.60 (1.49 to 1.68)", texts("td", "number ratio").get(0));
        assertEquals("speed \u2265 1.00", texts("td", "goal").get(0));
        assertEquals("speed", texts("td", "goal").get(3));
        assertEquals("cost \u2264 1.00", texts("td", "goal").get(5));
    }

    @Test
    void shouldDrawAllPeersOfALatencyRowOnOneChart()
    {
        final Element figure = figure("L2 latency at 100,000 events a second", "latency over percentile");

        assertEquals(4, figure.getElementsByTagName("polyline").getLength());
        final List<Element> rows = list(figure.getElementsByTagName("tr"));
        assertEquals("50 %90 %99 %99.9 %", rows.get(0).getTextContent());
        assertEquals(List.of("ringtape", "disruptor, slots", "aeron ipc", "bare hop"),
            list(figure.getElementsByTagName("td")).stream()
                .filter((cell) -> cell.getAttribute("class").equals("peer")).map(Element::getTextContent).toList());
        final AbstractHistogram ours = SyntheticResult.curves().get(0).latencies();
        assertEquals("ringtape" + DoubleStream.of(50, 90, 99, 99.9)
            .mapToObj((at) -> Formats.duration(ours.getValueAtPercentile(at))).collect(Collectors.joining()),
            rows.get(1).getTextContent());
        final List<String> words = list(figure.getElementsByTagName("text")).stream().map(Element::getTextContent)
            .toList();
        assertTrue(words.containsAll(List.of("50 %", "90 %", "99 %", "99.9 %", "99.99 %", "1 us", "10 us",
            "latency, on a log scale", "percentile, on a log scale of 1 / (1 - p)")), words::toString);
    }

    @Test
    void shouldDrawABarAndAnIntervalForEachPeer()
    {
        final Element figure = figure("T1 publish to handler, each event published", "million events a second");

        assertEquals(6, figure.getElementsByTagName("rect").getLength());
        assertEquals(List.of("bar s0", "bar", "bar", "bar", "bar", "bar"),
            list(figure.getElementsByTagName("rect")).stream().map((bar) -> bar.getAttribute("class")).toList());
        assertEquals(3 * 6, list(figure.getElementsByTagName("line")).stream()
            .filter((line) -> line.getAttribute("class").equals("whisker")).count());
        assertTrue(figure.getTextContent().contains("120.5 (114.7 to 129.6)"), figure.getTextContent());
        final Element rect = (Element)figure.getElementsByTagName("rect").item(0);
        final Element queue = (Element)figure.getElementsByTagName("rect").item(4);
        assertEquals(91 / 8.3,
            Double.parseDouble(rect.getAttribute("width")) / Double.parseDouble(queue.getAttribute("width")), 0.05);
    }

    @Test
    void shouldDrawALineForEachPeerOfAFamilyOfSizes()
    {
        final Element figure = figure("one writer, one lane, many handlers", "cost over size");

        assertEquals(2, figure.getElementsByTagName("polyline").getLength());
        assertEquals(8, figure.getElementsByTagName("circle").getLength());
        assertTrue(figure.getTextContent().contains("handlers, on a log scale"), figure.getTextContent());
    }

    @Test
    void shouldSayWhyARowWasNotMeasurable()
    {
        assertEquals("A1 is not measurable here: too few processors", texts("p", "note").get(0));
    }

    @Test
    void shouldWriteAsManyDigitsAsAValueHas()
    {
        assertEquals("0.016 (0.000 to 0.020)", BarChart.interval(new Interval(0.0158, 0, 0.02)));
        assertEquals("9.5 (1.0 to 999.9)", BarChart.interval(new Interval(9.5, 1, 999.9)));
        assertEquals("45,855 (1,000 to 52,176)", BarChart.interval(new Interval(45_855, 1_000, 52_175.5)));
        assertEquals("0.125", BarChart.plain(0.125));
        assertEquals("0.25", BarChart.plain(0.25));
        assertEquals("4", BarChart.plain(4));
    }

    @Test
    void shouldDrawNothingThatWasNotMeasured()
    {
        assertTrue(elements("figcaption").stream().noneMatch((title) -> title.getTextContent().startsWith("A1")));
        final String without = Page.of(report, List.of());
        assertFalse(without.contains("<h2 class=\"title\">Latency</h2>"), without);
    }

    private Element figure(final String title, final String label)
    {
        return elements("figure").stream()
            .filter((figure) -> figure.getElementsByTagName("figcaption").item(0).getTextContent().equals(title))
            .filter((figure) -> ((Element)figure.getElementsByTagName("svg").item(0)).getAttribute("aria-label")
                .startsWith(label))
            .findFirst().orElseThrow();
    }

    private List<String> texts(final String name, final String type)
    {
        return elements(name).stream().filter((element) -> element.getAttribute("class").equals(type))
            .map(Element::getTextContent).toList();
    }

    private List<Element> elements(final String name)
    {
        return list(page.getElementsByTagName(name));
    }

    private static List<Element> list(final NodeList nodes)
    {
        final List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++)
        {
            elements.add((Element)nodes.item(i));
        }
        return elements;
    }

    private static Document parse(final String text) throws IOException, ParserConfigurationException, SAXException
    {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(text)));
    }
}
