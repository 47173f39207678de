package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.event.Definitions;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.journal.codec.InstrumentDefinitionDecoder;
import io.ringtape.journal.codec.RunTrailerDecoder;
import io.ringtape.journal.codec.SettingsDecoder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each parser reads from memory what it reads from files, and finds what somebody did to the bytes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class HostileBytesTest
{
    private static final int COUNTERS = 24;

    private final Path tape = Tapes.fresh("hostile");
    private List<HostileBytes> all = List.of();

    @BeforeEach
    void record()
    {
        final Definitions definitions = Tapes.definitions();
        definitions.add(new SettingsDefinition(0, SettingsDefinition.Kind.LIMITS, 1, "{}"));
        try (TapeWriter writer = TapeWriter.open(
            tape, TapeConfig.defaults().withReserveBytes(0), definitions, () -> Tapes.START_NS);
            CountersFile file = CountersFile.create(tape, writer.runId(), () -> Tapes.START_NS, COUNTERS))
        {
            final EventBus bus = EventBus.builder().counters(file.counters()).idle(new BackoffIdleStrategy())
                .lane(Lane.named("none").idle(new BackoffIdleStrategy()).handler("none", (event) ->
                {
                    // The counters are what is wanted.
                }).build()).build();
            bus.start();
            assertTrue(bus.close(TimeUnit.SECONDS.toNanos(10)));
            Tapes.write(writer, 12, 4);
            writer.close(Tapes.SUMMARY);
        }
        all = HostileBytes.of(tape);
    }

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldReadWhatWasWritten()
    {
        assertEquals(List.of("run", "run from its second file", "tail", "index", "manifest", "mark", "snapshot",
            "counters", "marker", "owner", "control", "gateway-side"), all.stream().map(HostileBytes::parser).toList());
        for (final HostileBytes bytes : all)
        {
            bytes.restore();

            assertTrue(bytes.read(), bytes.parser());
        }
    }

    @Test
    void shouldSeeEachByteOfWhatHasACrc()
    {
        for (final HostileBytes bytes : List.of(of("manifest"), of("snapshot"), of("marker")))
        {
            final int length = bytes.restore().limit();
            for (int at = 0; at < length; at++)
            {
                final ByteBuffer change = bytes.restore();
                change.put(at, (byte)(change.get(at) ^ 1));

                assertThrows(TapeException.class, bytes::read, bytes.parser() + " at=" + at);
            }
        }
    }

    @Test
    void shouldGetPastTheChecksumsWithAForgery()
    {
        final HostileBytes run = of("run");
        final ByteBuffer change = run.restore();
        final int event = documentAt(change, DocumentLayout.BLOCK_TEMPLATE) + DocumentLayout.EVENTS_OFFSET;
        change.putLong(event + 32, 12_345);

        assertThrows(TapeException.class, run::read);

        run.forge();

        // All of the run is read by then.
        final TapeException e = assertThrows(TapeException.class, run::read);
        assertTrue(String.valueOf(e.getMessage()).endsWith(" sequence=48: the next run follows another document"),
            e.getMessage());
    }

    @Test
    void shouldRefuseADocumentOfNoLengthAtTheEndOfAFile()
    {
        final HostileBytes run = of("run from its second file");
        final ByteBuffer change = run.restore();
        final int trailer = documentAt(change, RunTrailerDecoder.TEMPLATE_ID) - DocumentLayout.HEADER_BYTES;
        change.limit(trailer + DocumentLayout.HEADER_BYTES + 4).putInt(trailer, 4);

        final TapeException e = assertThrows(TapeException.class, run::read);

        assertTrue(String.valueOf(e.getMessage()).endsWith(" sequence=48: document is too short: length=4"),
            e.getMessage());
    }

    @Test
    void shouldNotTakeOnesAndZerosForANoteOrAMark()
    {
        final HostileBytes mark = of("mark");
        final ByteBuffer change = mark.restore();
        change.putInt(64, -1).putInt(92, -1);
        change.put(0, new byte[64]).putInt(0, -1).putInt(60, -1);

        assertTrue(mark.read());
    }

    @Test
    void shouldNotBeLedAstrayByAnIndex()
    {
        final HostileBytes index = of("index");
        final ByteBuffer change = index.restore();
        change.putLong(2 * IndexEntry.BYTES + IndexEntry.OFFSET_AT, Long.MAX_VALUE - 3);
        index.forge();

        // Not what was written, and no event is another one: that would be no answer but an exception.
        assertFalse(index.read());
    }

    @Test
    void shouldRefuseADefinitionThatReachesBehindItsDocument()
    {
        final HostileBytes run = of("run");
        final ByteBuffer change = run.restore();
        final int text = documentAt(change, InstrumentDefinitionDecoder.TEMPLATE_ID) + 8 +
            InstrumentDefinitionDecoder.BLOCK_LENGTH;
        change.putShort(text, (short)200);
        run.forge();

        final TapeException e = assertThrows(TapeException.class, run::read);

        assertTrue(String.valueOf(e.getMessage()).contains(
            ": document cannot be decoded: templateId=13: fields do not fit: length=124 needed=277; sequences "),
            e.getMessage());
    }

    @Test
    void shouldRefuseSettingsThatReachBehindTheirDocumentOrMakeNoSense()
    {
        final String where = ": document cannot be decoded: templateId=16: ";
        assertSettings(SettingsDecoder.BLOCK_LENGTH, 200,
            where + "fields do not fit: length=60 needed=247; sequences ");
        assertSettings(SettingsDecoder.BLOCK_LENGTH, 0, where +
            "text must be 1 to 65534 bytes of UTF-8: kind=limits bytes=0; sequences ");
        assertSettings(SettingsDecoder.settingsIdEncodingOffset(), 5,
            where + "settingsId must be the next one, 0: settingsId=5; sequences ");
        assertSettings(SettingsDecoder.settingsVersionEncodingOffset(), 0,
            where + "version must be 1 or more: kind=limits version=0; sequences ");
    }

    private void assertSettings(final int field, final int value, final String message)
    {
        final HostileBytes run = of("run");
        final ByteBuffer change = run.restore();
        change.putShort(documentAt(change, SettingsDecoder.TEMPLATE_ID) + 8 + field, (short)value);
        run.forge();

        final String said = String.valueOf(assertThrows(TapeException.class, run::read).getMessage());

        assertTrue(said.contains(message), said);
    }

    @Test
    void shouldNotTakeASlotOfZerosForOneThatWasNotWrittenYet()
    {
        final HostileBytes side = of("gateway-side");
        for (final int slot : List.of(0, 1))
        {
            side.restore().put((int)SideFiles.slotAt(slot), new byte[SideHeader.BYTES]);

            final TapeException e = assertThrows(TapeException.class, side::read);

            assertEquals("side file of the gateway is damaged: file=memory slot=" + slot, e.getMessage());
        }
    }

    @Test
    void shouldNotTakeAnOlderSlotForTheOneBefore()
    {
        final HostileBytes side = of("gateway-side");
        final int newest = (int)SideFiles.slotAt(3);
        side.restore().put(newest, SideHeader.empty(5).encode(), 0, SideHeader.BYTES);

        final TapeException e = assertThrows(TapeException.class, side::read);

        assertEquals("side file of the gateway is damaged: file=memory slot=0", e.getMessage());
    }

    @Test
    void shouldSeeEachByteOfWhatASideFileKeeps()
    {
        final HostileBytes side = of("gateway-side");
        for (final int field : side.fields())
        {
            for (int at = field; at < field + Integer.BYTES; at++)
            {
                final ByteBuffer change = side.restore();
                change.put(at, (byte)(change.get(at) ^ 1));

                assertThrows(TapeException.class, side::read, "at=" + at);
            }
        }
    }

    @Test
    void shouldGetPastTheChecksumsOfASideFileWithAForgery()
    {
        final HostileBytes side = of("gateway-side");
        final int last = side.fields().get(side.fields().size() - 1) + Integer.BYTES - SideRecords.BYTES;
        side.restore().putLong(last + 40, 12_345);

        assertThrows(TapeException.class, side::read);

        side.forge();

        assertFalse(side.read());
    }

    @Test
    void shouldRefuseADefinitionOfASideFileThatMakesNoSense()
    {
        final HostileBytes side = of("gateway-side");
        final int first = (int)SideFiles.recordAt(3, 0, HostileSideFiles.KEPT_CAPACITY);
        for (final int length : List.of(0, -1, 1, 60, Integer.MAX_VALUE))
        {
            side.restore().putInt(first + 56, length);
            side.forge();

            final String said = String.valueOf(assertThrows(TapeException.class, side::read).getMessage());

            assertTrue(said.startsWith("side file of the gateway is damaged: file=memory record="), said);
        }
    }

    @Test
    void shouldRefuseAnEventAmidADefinition()
    {
        final HostileBytes side = of("gateway-side");
        final int last = side.fields().get(side.fields().size() - 1) + Integer.BYTES - SideRecords.BYTES;
        final ByteBuffer change = side.restore();
        final int first = (int)SideFiles.recordAt(3, 0, HostileSideFiles.KEPT_CAPACITY);
        change.put(first + SideRecords.BYTES + 8, change.duplicate(), last + 8, SideRecords.BYTES - 8);
        side.forge();

        final TapeException e = assertThrows(TapeException.class, side::read);

        assertTrue(String.valueOf(e.getMessage()).contains(" record=1 of="), e.getMessage());
    }

    @Test
    void shouldTakeAStartThatNoProcessCanHaveForAnother()
    {
        final HostileBytes counters = of("counters");
        counters.restore().putLong(CountersFile.STARTED_SECONDS_AT, Long.MIN_VALUE)
            .putInt(CountersFile.STARTED_NANOS_AT, -1);
        counters.forge();

        assertFalse(counters.read());
    }

    @Test
    void shouldRefuseCountersThatSayMoreThanTheyHave()
    {
        final HostileBytes counters = of("counters");
        final ByteBuffer change = counters.restore();
        change.putInt(CountersFile.CAPACITY_AT, CountersFile.MAX_CAPACITY);
        counters.forge();

        final long before = allocatedBytes();
        final TapeException e = assertThrows(TapeException.class, counters::read);
        final long took = allocatedBytes() - before;

        assertTrue(took < 1 << 20, "bytes=" + took);
        assertEquals("counters are damaged, lengthBytes=" + change.limit() + ": file=memory", e.getMessage());
    }

    private static long allocatedBytes()
    {
        return ((ThreadMXBean)ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private HostileBytes of(final String parser)
    {
        final Predicate<HostileBytes> isIt = (bytes) -> bytes.parser().equals(parser);
        return all.stream().filter(isIt).findFirst().orElseThrow();
    }

    /** Where the first document of a kind starts, behind its header. */
    private static int documentAt(final ByteBuffer bytes, final int template)
    {
        int at = 0;
        while (bytes.getShort(at + DocumentLayout.HEADER_BYTES + DocumentLayout.TEMPLATE_OFFSET) != template ||
            (bytes.getInt(at) & DocumentLayout.METADATA) != 0)
        {
            at += DocumentLayout.HEADER_BYTES +
                DocumentLayout.padded(bytes.getInt(at) & DocumentLayout.LENGTH_MASK);
        }
        return at + DocumentLayout.HEADER_BYTES;
    }
}
