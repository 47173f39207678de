package io.ringtape.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fields of all that is stored with an order lane. Who adds one decides whether it is part of the state: then it is
 * to be stored and taken over, and the version of the state is raised; then it is added here.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class StateFieldsTest
{
    @ParameterizedTest
    @CsvSource({
        // Parameters: definitions, books, limits, otherLimits. Within a call only: failedValue, failedLimit.
        "risk.RiskGate, books definitions failedLimit failedValue instruments limits nowNs openOrders otherLimits",
        // Parameters: limits, multiplier, notionalScale.
        "risk.InstrumentRisk, bookTimeNs limits messages multiplier notionalScale openBuys openSells position " +
            "tradePrice tradeTimeNs",
        // Parameters: fillTimeNs, fullCredits, messagesPerSecond.
        "risk.MessageBucket, credits fillTimeNs filledAtNs fullCredits messagesPerSecond",
        // Where an order stands, and not which orders there are: freeCount, freeSlots, slots, usedSlots.
        "order.OpenOrders, cancelsPending freeCount freeSlots ids instrumentIds prices quantities sides slots " +
            "usedSlots",
        // Parameters: account, definitions, firstId, gate, outbox, sourceId. Of the gate: openOrders. In a call: batch.
        "order.OwnOrders, account batch cause definitions firstId gate lastCounter openOrders outbox sourceId",
        "order.Cause, eventTimeNs receiveTimeNs sequence writtenEventTimeNs writtenReceiveTimeNs writtenSequence",
        // Of the orders: cause, outbox, sourceId. In a call: batch.
        "order.OwnTimers, batch cause ids lastNumber numbers outbox size sourceId",
        // Found anew: known.
        "strategy.StrategyHandler, books definitions known orders strategy timers",
        // Parameters: all but desks.
        "strategy.ExampleStrategy, definitions desks imbalancePercent maxOrderAgeNs parametersHash restEvents " +
            "touchShare",
        "strategy.Desk, eventsToRest lot orderId price sentTimeNs side",
        // Made of the records: nextDeadlineNs.
        "event.TimerQueue, end nextDeadlineNs records"})
    void shouldKnowEachField(final String name, final String fields) throws ClassNotFoundException
    {
        final TreeSet<String> found = new TreeSet<>();
        for (final Field field : Class.forName("io.ringtape." + name).getDeclaredFields())
        {
            if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
            {
                found.add(field.getName());
            }
        }

        assertEquals(new TreeSet<>(Arrays.asList(fields.split(" "))), found);
    }
}
