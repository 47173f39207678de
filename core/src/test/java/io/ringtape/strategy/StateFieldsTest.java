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
        // Parameters: venueAnswers, versions. In a call: checks, market, recorded.
        "risk.RiskGate, checks filledAccount filledInstrument limitsVersion market recorded state venueAnswers " +
            "versions",
        "risk.MarketWatch, state",
        // Parameters: accountLimits, books, definitions, instrumentLimits, opening. Of the accounts: met.
        "risk.RiskState, accountLimits accounts books definitions exposure gaps instrumentLimits instruments " +
            "killSwitch lastIds met nextDayNs nowNs openOrders opening triggers",
        // Parameters: definition, limits, multiplier, notionalScale. Found anew: holders.
        "risk.InstrumentRisk, bookTimeNs definition hasGap held holders limits markPrice messages multiplier " +
            "notionalScale profit sources tradePrice tradeTimeNs tradingStatus",
        "risk.OpenPosition, openBuys openSells position",
        "risk.SourceSet, words",
        // Parameter: definitions. Of the gate: state. Found anew: isAnyOpen.
        "risk.Gaps, definitions isAnyOpen open state",
        // Parameters: account, limits. Found anew: waitingNano.
        "risk.AccountRisk, account byInstrument limits messages openCount openNotional traded tradedCount " +
            "waitingNano",
        "risk.AccountInstrument, held profit",
        "risk.DayProfit, feesNano position startNano unknown",
        "risk.KillSwitch, accounts all strategies",
        // Parameter: rules. Of the gate: controls, state. Where an outbox is full, so not in a replay:
        // untold, untoldInstrument.
        "risk.KillTriggers, controls nextLookNs rules state untold untoldInstrument",
        "risk.OpenExposure, accounts notionals worstPrices",
        // Parameters: exponent, multiplier, symbol. In a call: part, scratch.
        "order.Position, cash costBasis exponent feesNano multiplier part quantity scratch symbol turnover",
        // Parameters: fillTimeNs, fullCredits, messagesPerSecond.
        "risk.MessageBucket, credits fillTimeNs filledAtNs fullCredits messagesPerSecond",
        // Where an order stands, and not which orders there are: freeCount, freeSlots, slots, usedSlots.
        "order.OpenOrders, cancelsPending freeCount freeSlots ids instrumentIds prices quantities sides slots " +
            "usedSlots",
        // Parameters: account, definitions, firstId, gate, outbox, sourceId. Of the gate: openOrders.
        // In a call: batch, order.
        "order.OwnOrders, account batch cause definitions firstId gate lastCounter openOrders order outbox sourceId",
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
