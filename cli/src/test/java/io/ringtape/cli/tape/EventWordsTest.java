package io.ringtape.cli.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.TestConsole;
import io.ringtape.cli.TestTapes;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.TradingStatus;
import io.ringtape.event.VenueEvents;
import io.ringtape.journal.TapeRange;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import io.ringtape.risk.RiskCheck;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a dump says of events whose fields are codes: the tape shows who was stopped, where, and why. */
@Timeout(20)
final class EventWordsTest
{
    private static final long TIME_NS = 1_340_285_400_000_000_000L;
    private static final int STRATEGY = 1;
    private static final int ACCOUNT = 7;

    private final TestTapes tapes = new TestTapes(EventWordsTest.class);

    @Test
    void shouldSayWhoWasStoppedAndWhyInATable()
    {
        assertEquals("""
            0  2012-06-21T13:30:00.000000000Z  control  kill all reason=stall  1  -
            1  2012-06-21T13:30:00.000000000Z  control  kill strategy=example reason=by hand  2  -
            2  2012-06-21T13:30:00.000000000Z  control  arm account=7  3  -
            3  2012-06-21T13:30:00.000000000Z  control  limits version=41  41  -
            """, table(EventWordsTest::controls));
    }

    @Test
    void shouldSayWhatStoppedItself()
    {
        assertEquals("""
            0  2012-06-21T13:30:00.000000000Z  control  kill all reason=stale instrument=AMZN  12  example  last own
            1  2012-06-21T13:30:00.000000000Z  control  kill all reason=gap  13  example  last own
            """, table(EventWordsTest::ownKills));
    }

    @Test
    void shouldSayThatTheRunEnds()
    {
        assertEquals("""
            0  2012-06-21T13:30:00.000000000Z  control  end  4  -
            """, table((events) -> control(events, Control.END, Control.ALL, 0, 4)));
    }

    @Test
    void shouldPrintWhatItDoesNotKnowAsItStandsThere()
    {
        assertEquals("""
            0  2012-06-21T13:30:00.000000000Z  control  action=9 scope=0 id=0  1  -
            1  2012-06-21T13:30:00.000000000Z  control  action=1 scope=8 id=7  2  -
            2  2012-06-21T13:30:00.000000000Z  control  arm strategy=source 77  3  -
            3  2012-06-21T13:30:00.000000000Z  trading-status  AMZN  -  status=5  -  0  4  NASDAQ
            """, table(EventWordsTest::unknown));
    }

    @Test
    void shouldPrintTimersGapsAndStatusInATable()
    {
        assertEquals("""
            0  2012-06-21T13:30:00.000000000Z  timer-request  id=3 deadline=2012-06-21T13:30:01.000000000Z request=5  \
            0  NASDAQ
            1  2012-06-21T13:30:00.000000000Z  timer-request  id=3 cancelled request=6  0  NASDAQ
            2  2012-06-21T13:30:00.000000000Z  timer  id=3 deadline=2012-06-21T13:30:01.000000000Z owner=example  \
            0  NASDAQ
            3  2012-06-21T13:30:00.000000000Z  trading-status  AMZN  -  halted  -  0  0  NASDAQ
            4  2012-06-21T13:30:00.000000000Z  gap  -  -  -  3  0  0  NASDAQ
            """, table(EventWordsTest::others));
    }

    @Test
    void shouldNameNothingAtAHeartbeatOfTheWriter()
    {
        assertEquals("""
            0  2012-06-21T13:30:00.000000000Z  heartbeat  -  -  -  -  0  -  -
            1  2012-06-21T13:30:00.000000000Z  heartbeat  AMZN  -  -  -  0  0  NASDAQ
            2  2012-06-21T13:30:00.000000000Z  heartbeat  AMZN  -  -  -  0  7  NASDAQ
            3  2012-06-21T13:30:00.000000000Z  heartbeat  AMZN  -  -  -  0  0  NASDAQ  last
            """, table((events) ->
            {
                at(writersHeartbeat(events));
                at(events.append().type(EventType.HEARTBEAT));
                at(events.append().type(EventType.HEARTBEAT).sourceSequence(7));
                at(events.append().type(EventType.HEARTBEAT).flags(EventFlags.LAST));
            }));
    }

    @Test
    void shouldKeepTheNumberOfAHeartbeatOfTheWriterInCommaSeparatedValues()
    {
        assertEquals(List.of("0,heartbeat,1340285400000000000,1340285400000000000,,,,,0,,-1,,,,,,,,"),
            printed(EventDump.Format.CSV, (events) -> at(writersHeartbeat(events))).lines().skip(1).toList());
    }

    @Test
    void shouldPutWordsWhereTheFieldsOfOthersAre()
    {
        final List<String> lines = printed(EventDump.Format.TEXT, EventWordsTest::others).lines().toList();
        final int source = lines.get(0).indexOf("source  ", lines.get(0).indexOf("source seq") + 10);

        assertEquals(6, lines.size());
        lines.stream().skip(1).forEach((line) -> assertEquals(source, line.indexOf("NASDAQ"), line));
    }

    @Test
    void shouldSayItInCommaSeparatedValues()
    {
        assertEquals(List.of(
            "0,control,1340285400000000000,1340285400000000000,,,2,0,1,,1,,,,,,,,kill all reason=stall",
            "1,control,1340285400000000000,1340285400000000000,,,1,2,1,,2,,,,,,,,kill strategy=example " +
                "reason=by hand",
            "2,control,1340285400000000000,1340285400000000000,,,7,1,2,,3,,,,,,,,arm account=7",
            "3,control,1340285400000000000,1340285400000000000,,,0,0,3,,41,,,,,,,,limits version=41"),
            printed(EventDump.Format.CSV, EventWordsTest::controls).lines().skip(1).toList());
        assertEquals(List.of(
            "0,timer-request,1340285400000000000,1340285400000000000,,,1340285401000000000,5,3,NASDAQ,0,,,,,,,," +
                "id=3 deadline=2012-06-21T13:30:01.000000000Z request=5",
            "1,timer-request,1340285400000000000,1340285400000000000,,,,6,3,NASDAQ,0,,,,,,,,id=3 cancelled request=6",
            "2,timer,1340285400000000000,1340285400000000000,,,1340285401000000000,1,3,NASDAQ,0,,,,,,,," +
                "id=3 deadline=2012-06-21T13:30:01.000000000Z owner=example",
            "3,trading-status,1340285400000000000,1340285400000000000,AMZN,,-1,,0,NASDAQ,0,,,,,,,,halted",
            "4,gap,1340285400000000000,1340285400000000000,,,,3,0,NASDAQ,0,,,,,,,,"),
            new EventWordsTest().printed(EventDump.Format.CSV, EventWordsTest::others).lines().skip(1).toList());
    }

    @Test
    void shouldSayItInJson()
    {
        assertEquals("{\"events\":[{\"sequence\":0,\"type\":\"control\",\"eventTimeNs\":1340285400000000000," +
            "\"receiveTimeNs\":1340285400000000000,\"price\":\"7\",\"quantity\":\"1\",\"orderId\":1," +
            "\"sourceSequence\":5,\"side\":null,\"instrument\":null,\"source\":null,\"flags\":\"\"," +
            "\"text\":\"kill account=7 reason=by hand\"}],\"count\":1}\n", printed(EventDump.Format.JSON,
                (events) -> control(events, Control.KILL, Control.ACCOUNT, ACCOUNT, 5)));
    }

    @Test
    void shouldSayWhyAnOrderWasRejected()
    {
        final List<String> lines = printed(EventDump.Format.CSV, EventWordsTest::rejects).lines().skip(1).toList();
        final String json = new EventWordsTest().printed(EventDump.Format.JSON, EventWordsTest::rejects);

        assertEquals(List.of("1,detail,,,AMZN,,,,,NASDAQ,,,9,510,500,0,0,0,check=max-position value=510 limit=500",
            "2,detail,,,AMZN,,,,,NASDAQ,,,9,510,500,0,0,0,"), lines.subList(1, 3));
        assertTrue(json.contains("\"values\":[9,510,500,0,0,0],\"side\":null,\"instrument\":\"AMZN\"," +
            "\"source\":\"NASDAQ\",\"flags\":\"\",\"text\":\"check=max-position value=510 limit=500\"},"), json);
        assertEquals(1, json.split("\"text\":", -1).length - 1, json);
        assertEquals(List.of("1  detail  check=max-position value=510 limit=500", "2  detail  9 510 500 0 0 0"),
            new EventWordsTest().table(EventWordsTest::rejects).lines().skip(1).toList());
    }

    /** A reject with its detail, and a detail that is of none. */
    private static void rejects(final EventBatch events)
    {
        at(events.append().type(EventType.OWN_REJECTED).flags(EventFlags.OWN).sourceId(STRATEGY));
        for (int i = 0; i < 2; i++)
        {
            events.append().type(EventType.DETAIL).detail(0, RiskCheck.MAX_POSITION.code()).detail(1, 510)
                .detail(2, 500).detail(3, 0).detail(4, 0).detail(5, 0);
        }
    }

    private static void controls(final EventBatch events)
    {
        control(events, Control.KILL, Control.ALL, KillReason.STALL.code(), 1);
        control(events, Control.KILL, Control.STRATEGY, STRATEGY, 2);
        control(events, Control.ARM, Control.ACCOUNT, ACCOUNT, 3);
        control(events, Control.LIMITS_CHANGED, Control.ALL, 0, 41);
    }

    private static void ownKills(final EventBatch events)
    {
        control(events, Control.KILL, Control.ALL, KillReason.STALE.code(), 12)
            .flags(EventFlags.OWN | EventFlags.LAST).sourceId(STRATEGY);
        control(events, Control.KILL, Control.ALL, KillReason.GAP.code(), 13)
            .flags(EventFlags.OWN | EventFlags.LAST).sourceId(STRATEGY);
    }

    private static void unknown(final EventBatch events)
    {
        control(events, 9, Control.ALL, 0, 1);
        control(events, Control.KILL, 8, ACCOUNT, 2);
        control(events, Control.ARM, Control.STRATEGY, 77, 3);
        at(events.append().type(EventType.TRADING_STATUS).price(5).sourceSequence(4));
    }

    private static void others(final EventBatch events)
    {
        at(events.append().type(EventType.TIMER_REQUEST).orderId(3).price(TIME_NS + 1_000_000_000L).quantity(5));
        at(events.append().type(EventType.TIMER_REQUEST).orderId(3).price(OrderBookEvent.NULL_PRICE).quantity(6));
        at(events.append().type(EventType.TIMER).orderId(3).price(TIME_NS + 1_000_000_000L).quantity(STRATEGY));
        at(events.append().type(EventType.TRADING_STATUS).price(TradingStatus.HALTED));
        at(events.append().type(EventType.GAP).quantity(3));
    }

    private static OrderBookEvent writersHeartbeat(final EventBatch events)
    {
        return events.append().type(EventType.HEARTBEAT).sourceSequence(VenueEvents.WRITERS_HEARTBEAT);
    }

    private static OrderBookEvent control(
        final EventBatch events, final int action, final int scope, final long id, final long sourceSequence)
    {
        return at(events.append().type(EventType.CONTROL).orderId(action).quantity(scope).price(id)
            .sourceSequence(sourceSequence));
    }

    private static OrderBookEvent at(final OrderBookEvent event)
    {
        return event.eventTimeNs(TIME_NS).receiveTimeNs(TIME_NS);
    }

    /** Columns as they are, but for their width. */
    private String table(final Consumer<EventBatch> maker)
    {
        return printed(EventDump.Format.TEXT, maker).lines().skip(1)
            .map((line) -> line.strip().replaceAll(" {2,}", "  ") + "\n").collect(Collectors.joining());
    }

    private String printed(final EventDump.Format format, final Consumer<EventBatch> maker)
    {
        final TestConsole console = new TestConsole();
        EventDump.print(tapes.record(TestTapes.definitions(), maker), TapeRange.ALL, Long.MAX_VALUE, format,
            console.console().out());
        return console.out();
    }
}
